"""The summary, and what only the expert can say at the start."""

from comparison.evaluation.pairwise import Against, pairwise
from comparison.report import words
from comparison.report.document import Blank, Block, Heading, Paragraph, Section
from comparison.report.figures import number
from comparison.report.matter import EXPERT_PARTS
from comparison.report.source import Source

KEYS = {"literature": "more-literature"}
"""Where the name of a part is that of a section, too."""


def summary(source: Source) -> Section:
    """What was asked, what the controls allow to be said, and how the tests fell."""
    asked = words.ASKED.format(suspect=source.held("suspect").label, reference=source.held("reference").label)
    blocks: list[Block] = [
        Paragraph(asked),
        Paragraph(_controls(source)),
        Paragraph(
            words.RAN.format(
                ran=len(source.findings),
                valued=len(source.valued),
                silent=len(source.silent),
                spoke=len(source.spoke),
            )
        ),
        Paragraph(
            words.PAIRS_FOLLOW, points=[in_words(pair, source) for pair in pairwise(source.propositions)]
        ),
        Paragraph(words.PAIR_CAVEAT),
        Paragraph(words.NOT_THE_ANSWER),
        Heading("The expert's own summary"),
        blank(source, "conclusions", lines=6),
    ]
    return Section("Summary", "summary", blocks)


def expert(source: Source) -> Section:
    """Who the expert is, what was asked of the expert, and what of it the expert knows."""
    blocks: list[Block] = [
        blank(source, "name", lines=2),
        blank(source, "qualifications", lines=6),
        blank(source, "instructions", lines=6),
        blank(source, "own_knowledge"),
        blank(source, "tested_by"),
    ]
    return Section("The expert and the instructions", "expert", blocks)


def blank(source: Source, part: str, *, lines: int = 4) -> Blank:
    """A part that only the expert can supply, with what the expert wrote so far."""
    written = source.matter.expert.get(part, "") if source.matter else ""
    return Blank(EXPERT_PARTS[part], written.strip(), lines, key=KEYS.get(part, part.replace("_", "-")))


def in_words(pair: Against, source: Source) -> str:
    """How the tests fell between two explanations."""
    facts = {"first": pair.first, "second": pair.second, "ran": len(source.findings)}
    if pair.for_first and pair.for_second:
        return words.PAIR_BOTH.format(
            **facts,
            one=len(pair.for_first),
            names=", ".join(pair.for_first),
            other=len(pair.for_second),
            others=", ".join(pair.for_second),
        )
    speaking = pair.for_first or pair.for_second
    if not speaking:
        return words.PAIR_SILENT.format(**facts)
    return words.PAIR_ONE.format(
        **facts,
        count=len(speaking),
        winner=pair.first if pair.for_first else pair.second,
        names=", ".join(speaking),
        silent=len(pair.silent),
    )


def _controls(source: Source) -> str:
    independent, derived = source.lineages(), source.lineages(derived=True)
    if not independent and not derived:
        return words.NO_CONTROLS
    return words.CONTROLS_FIRST.format(independent=number(len(independent)), derived=number(len(derived)))
