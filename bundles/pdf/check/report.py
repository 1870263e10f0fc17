"""What the checker found, rule by rule."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from bundles.pdf.profile import Conflict

Status = Literal["pass", "fail", "warn", "not applicable", "unverified"]
SHOWN = 5  # pages named in a sentence


@dataclass(frozen=True)
class Finding:
    """One rule's verdict; ``pages`` (from 1) are where it fails or could not be decided."""

    status: Status
    detail: str
    pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class RuleResult:
    """A verdict with the id of its rule and where that rule is published."""

    id: str
    status: Status
    pages: tuple[int, ...]
    detail: str
    source: str = ""


@dataclass(frozen=True)
class CheckReport:
    """Every rule of the profile with its verdict, in the profile's order.

    ``conflicts`` are the rules that cannot all be kept, with the one that the profile follows.
    """

    rules: tuple[RuleResult, ...]
    profile: str = ""
    conflicts: tuple[Conflict, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether no rule fails; rules that nobody could decide do not count as failures."""
        return all(rule.status != "fail" for rule in self.rules)

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values, ready for ``json.dumps``."""
        return {
            "passed": self.passed,
            "profile": self.profile,
            "rules": [
                {"id": rule.id, "status": rule.status, "pages": list(rule.pages), "detail": rule.detail}
                for rule in self.rules
            ],
            "conflicts": [
                {"rules": list(found.rules), "followed": found.followed, "because": found.because}
                for found in self.conflicts
            ],
        }


def passed(detail: str) -> Finding:
    """The rule is kept."""
    return Finding("pass", detail)


def failed(detail: str, pages: Iterable[int] = ()) -> Finding:
    """The rule is broken, on these pages."""
    return Finding("fail", detail, tuple(sorted(set(pages))))


def warned(detail: str, pages: Iterable[int] = ()) -> Finding:
    """The rule may be broken, or is for some ways of delivery only."""
    return Finding("warn", detail, tuple(sorted(set(pages))))


def unverified(detail: str, pages: Iterable[int] = ()) -> Finding:
    """No program could decide; a person must look."""
    return Finding("unverified", detail, tuple(sorted(set(pages))))


def not_applicable(detail: str) -> Finding:
    """There is nothing in the file that the rule is about."""
    return Finding("not applicable", detail)


def faulted(faults: Iterable[str], pages: Iterable[int] = ()) -> Finding:
    """The rule is broken in each of these ways, joined to one sentence."""
    joined = "; ".join(faults)
    return failed(f"{joined[0].upper()}{joined[1:]}.", pages)


def named_pages(pages: Iterable[int]) -> str:
    """The first few page numbers in words, ``pages 3, 4, 9 and 12 more``."""
    known = list(pages)
    shown = ", ".join(map(str, known[:SHOWN]))
    more = f" and {len(known) - SHOWN} more" if len(known) > SHOWN else ""
    return f"page{'s' if len(known) > 1 else ''} {shown}{more}"


def counted(count: int, thing: str) -> str:
    """``1 bookmark``, ``3 bookmarks``."""
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
