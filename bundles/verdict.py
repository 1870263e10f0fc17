"""The checker's verdict in words that a paralegal understands; needs no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WORDS = {
    "pass": ("Met", "done"),
    "fail": ("Not met", "due"),
    "warn": ("Look at this", "doubtful"),
    "not applicable": ("Does not apply", "neutral"),
    "unverified": ("Not decided by the machine", "doubtful"),
}
"""Each status of a rule with its words and the mark they stand beside."""

FIRST = ("fail", "warn", "unverified", "pass", "not applicable")
"""The order in which rules are shown: what somebody must do something about comes first."""

SHOWN_PAGES = 12


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One rule as it is shown; ``pages`` (from 1) are where it fails or could not be decided.

    ``verified`` is false where nobody has read the rule in its source.
    """

    id: str
    word: str
    kind: str
    text: str
    source: str
    detail: str
    pages: tuple[int, ...]
    more: int
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Verdict:
    """What all the rules come to: a mark, a line and what it means for the reader."""

    kind: str
    title: str
    text: str


def rows(check: Mapping[str, Any], rules: Sequence[Mapping[str, Any]]) -> list[RuleRow]:
    """Each rule with its words, those first that somebody must do something about.

    Args:
        check: ``{"passed", "rules": [{"id", "status", "pages", "detail"}]}``.
        rules: ``{"id", "text", "source", "verified"}`` of each rule of the profile; older versions of a
            bundle kept no ``verified``.
    """
    known = {rule["id"]: rule for rule in rules}
    found = []
    for rule in sorted(check["rules"], key=lambda rule: FIRST.index(rule["status"])):
        word, kind = WORDS[rule["status"]]
        text = known.get(rule["id"], {})
        pages = tuple(rule["pages"])
        found.append(
            RuleRow(
                id=rule["id"],
                word=word,
                kind=kind,
                text=text.get("text", ""),
                source=text.get("source", ""),
                detail=rule["detail"],
                pages=pages[:SHOWN_PAGES],
                more=max(0, len(pages) - SHOWN_PAGES),
                verified=text.get("verified", True),
            )
        )
    return found


def summary(check: Mapping[str, Any]) -> Verdict:
    """The verdict as one line, honest about what no machine decided."""
    held = [rule["status"] for rule in check["rules"]]
    failed, open_ = held.count("fail"), held.count("unverified") + held.count("warn")
    if failed:
        return Verdict(
            "due",
            f"{_rules(failed).capitalize()} not met",
            "Put that right before the court gets the bundle: each rule below says what is wrong and where.",
        )
    if open_:
        return Verdict(
            "doubtful",
            f"No rule is broken; {_rules(open_)} left for a person to decide",
            "The machine could not decide those; the table says what to look at and on which pages.",
        )
    return Verdict(
        "done", "Every rule that was checked is met", "The checker reopened the finished file for this."
    )


def in_a_word(passed: bool, check: Mapping[str, Any]) -> tuple[str, str]:
    """The verdict for a table's cell: its words and its mark."""
    if not passed:
        return "Rules not met", "due"
    return ("Look at it", "doubtful") if summary(check).kind == "doubtful" else ("Rules met", "done")


def _rules(count: int) -> str:
    return "one rule is" if count == 1 else f"{count} rules are"
