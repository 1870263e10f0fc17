"""What an analysis of logs says in words. It says what stands out and beside what; a person concludes.

Every sentence is one of those below, with figures put in.
"""

from collections.abc import Mapping
from typing import Any

from comparison.logs.reading import REASONS
from comparison.statistics.calibration.pvalues import wilson

MADE_LOGS, MADE_SUGGESTED = 44, 0
"""Made logs of ordinary use that were analysed, and how many had a group that bears every mark."""

TOLD = 5
"""Groups that the plain report speaks of."""

MARKS = {
    "many": "Many exchanges with templates that it worked: {least:,.0f} or more.",
    "varied": "The prompts of its templates differ from one another: {least:.0%} of them or more.",
    "templated": "Most prompts of its accounts follow such templates: {least:.0%} or more.",
    "round-the-clock": "Use around the clock: the quietest six hours of the day hold {least:.0%} or more "
    "of the "
    "exchanges, where a quarter would be no difference at all.",
    "steady": "Steady use: the exchanges of its days differ by {least:.0%} of their mean or less.",
    "shared": "A template is worked by {least:.0f} accounts or more.",
}
"""What each mark takes."""

SUGGESTED = (
    "{accounts} share {templates} and bear all {marks} marks that a labelling campaign would leave: {uses:,} "
    "exchanges with these templates, {distinct} of them with a prompt that differs from the others."
)
IN_PART = (
    "{accounts} share {templates} and bear {borne} of the {marks} marks: {uses:,} exchanges with these "
    "templates."
)
ALONE = (
    "One account works {templates} that no other works, and bears {borne} of the {marks} marks: {uses:,} "
    "exchanges with these templates."
)
NOTHING = (
    "No group of accounts bears all {marks} marks that a labelling campaign would leave. That excludes "
    "nothing: a campaign "
    "that is smaller, keeps office hours or shares no template does not bear them."
)
SEVERAL = "{count:,} groups of accounts bear all {marks} marks that a labelling campaign would leave."
ONE = "One group of accounts bears all {marks} marks that a labelling campaign would leave."
BASELINE = (
    "The middle account of the group stands at {value}. Of {others:,} other accounts, {beyond:,} stand "
    "there or "
    "further out; their median is {median}."
)
NO_FIGURE = "Too little is known of the group's accounts to say."
ERROR_RATE = (
    "Of {logs} made logs of ordinary use, {suggested} had a group that bears every mark: between {low:.1%} "
    "and "
    "{high:.1%} of such logs, with 95% confidence. Real use may differ from made logs."
)
RIVALS = (
    "A firm that spreads one application over several keys and serves users in every time zone would bear "
    "the "
    "same marks. Ask who holds the accounts, how they were paid for and what the outputs were used for.",
    "An integration that is sold to several customers brings the same template to accounts that have nothing "
    "to do with one another. Ask whether the template is published.",
    "Times are those of the log, in UTC. A gateway that batches requests makes use look steadier than it "
    "was.",
)
TEMPLATES = (
    "A template is what many prompts have in common; everything that varies between them is masked. Runs of "
    "words count as fixed from {least:,} uses, so that rarer templates are not seen."
)
DUPLICATES = (
    "{samples:,} of {compared:,} different published samples have a near-duplicate among the served "
    "outputs: {similarity:.0%} "
    "or more of their runs of five words are the same."
)
NO_DUPLICATES = (
    "None of {compared:,} different published samples has a near-duplicate among the served outputs. "
    "Samples that were "
    "rewritten are not found by this."
)
DUPLICATES_GROUP = (
    "{outputs:,} of its {exchanges:,} served outputs have a near-duplicate among the samples; of the "
    "{others:,} "
    "exchanges of all other accounts, {outside:,} have."
)
DUPLICATES_MEAN = (
    "Texts that many models give, quotations and texts from a common source are near-duplicates, too. What "
    "the "
    "outputs of all other accounts give is the baseline."
)
LEFT_OUT = "{lines} of {file} left out: {reason}."
NONE_LEFT_OUT = "Every line was used."


def error_rate() -> str:
    """How often ordinary use bears every mark."""
    low, high = wilson(MADE_SUGGESTED, MADE_LOGS)
    return ERROR_RATE.format(logs=MADE_LOGS, suggested=MADE_SUGGESTED, low=low, high=high)


def headline(record: Mapping[str, Any]) -> str:
    """What stands out, in one sentence."""
    marks = len(MARKS)
    count = sum(len(group["marks"]) == marks for group in record["groups"])
    if not count:
        return NOTHING.format(marks=marks)
    return ONE.format(marks=marks) if count == 1 else SEVERAL.format(count=count, marks=marks)


def group(found: Mapping[str, Any]) -> str:
    """One group in a sentence."""
    figures = {
        "accounts": counted(found["size"], "account"),
        "templates": counted(len(found["templates"]), "template"),
        "uses": found["uses"],
        "distinct": share(found["distinct"]),
        "borne": len(found["marks"]),
        "marks": len(MARKS),
    }
    if len(found["marks"]) == len(MARKS):
        return SUGGESTED.format(**figures)
    return (IN_PART if found["size"] > 1 else ALONE).format(**figures)


def beside(figures: Mapping[str, Any]) -> str:
    """A group's figure beside those of all other accounts."""
    if figures["value"] is None or figures["median"] is None:
        return NO_FIGURE
    return BASELINE.format(
        value=number(figures["value"]),
        others=figures["others"],
        beyond=figures["beyond"],
        median=number(figures["median"]),
    )


def duplicates(found: Mapping[str, Any]) -> str:
    """What the comparison with the published samples gave."""
    if not found["samples"]:
        return NO_DUPLICATES.format(compared=found["compared"]["samples"])
    return DUPLICATES.format(
        samples=found["samples"],
        compared=found["compared"]["samples"],
        similarity=found["least_similarity"],
    )


def duplicates_of(found: Mapping[str, Any], of_group: Mapping[str, Any]) -> str:
    """A group's near-duplicates beside those of all other accounts."""
    return DUPLICATES_GROUP.format(
        outputs=of_group["outputs"],
        exchanges=of_group["exchanges"],
        others=found["exchanges"] - of_group["exchanges"],
        outside=found["outputs"] - of_group["outputs"],
    )


def counted(count: int, noun: str) -> str:
    """So many of something."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def share(value: float) -> str:
    """A share (0 to 1) per cent, to one decimal; all and none only where it is exactly so."""
    return f"{value:.0%}" if value in (0, 1) else f"{min(max(value, 0.001), 0.999):.1%}"


def number(value: float) -> str:
    """A figure with three digits, whole ones in full."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def report(record: Mapping[str, Any]) -> str:
    """The whole analysis for a reader of plain text."""
    lines = [headline(record), error_rate(), ""]
    for place, found in enumerate(record["groups"][:TOLD]):
        lines += [f"{place + 1}. {group(found)}"]
        if record["duplicates"]:
            lines.append(f"   {duplicates_of(record['duplicates'], record['duplicates']['groups'][place])}")
    if record["duplicates"]:
        lines += ["", duplicates(record["duplicates"]), DUPLICATES_MEAN]
    lines += ["", *RIVALS, "", *left_out(record)]
    return "\n".join(lines)


def left_out(record: Mapping[str, Any]) -> list[str]:
    """What was not used, and why."""
    rows = [
        LEFT_OUT.format(lines=counted(row["count"], "line"), file=row["file"], reason=REASONS[row["reason"]])
        for row in record["left_out"]
    ]
    return rows or [NONE_LEFT_OUT]
