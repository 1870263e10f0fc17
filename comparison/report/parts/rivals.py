"""The rival explanations, tested: what control speaks to each, and how they stand in pairs."""

from comparison.evaluation.pairwise import pairwise
from comparison.report import words
from comparison.report.document import Block, Heading, Paragraph, Section, Table
from comparison.report.figures import NONE, number
from comparison.report.source import Source

NEAREST, SEED = "same-data", "same-seed"


def rivals(source: Source) -> Section:
    """Each rival explanation with its control, then every two explanations against each other."""
    blocks: list[Block] = [
        Paragraph(_common_data(source), key="rival-h3"),
        Paragraph(_common_seed(source), key="rival-seed"),
    ]
    if source.record.population.rows:
        blocks.append(_beside(source))
    blocks += [Heading("Every two explanations against each other"), Paragraph(words.PAIRS), _pairs(source)]
    return Section("Rival explanations", "rivals", blocks)


def _common_data(source: Source) -> str:
    if lineages := source.lineages(NEAREST):
        return words.RIVAL_H3.format(lineages=len(lineages))
    stratum = source.record.stratum
    if stratum and stratum != SEED and source.lineages(stratum):
        return words.RIVAL_H3_ELSEWHERE.format(stratum=stratum)
    return words.RIVAL_H3_OPEN


def _common_seed(source: Source) -> str:
    lineages = source.lineages(SEED)
    return words.RIVAL_SEED.format(lineages=len(lineages)) if lineages else words.RIVAL_SEED_OPEN


def _beside(source: Source) -> Table:
    rows = []
    for found in source.findings:
        method, value = found["method"], found["value"]
        data, seed = source.greatest(method, NEAREST), source.greatest(method, SEED)
        rows.append((method, _compared(source, method, value), number(data), number(seed)))
    return Table(
        "The suspect's value beside what each rival explanation gave at most",
        ("Test", "Suspect", "Same data (H3), greatest", "Same seed or ancestor (H3'), greatest"),
        rows,
        ("name", "figure", "figure", "figure"),
        "rival-table",
        notes=(words.RIVAL_NOTE,),
    )


def _compared(source: Source, method: str, value: float | None) -> str:
    """The suspect's value on the scale of the population's: for tests of their own, minus log10 p."""
    own = source.record.measured[method].log10_p
    return number(value if own is None else -own)


def _pairs(source: Source) -> Table:
    rows = [
        (
            f"{pair.first} against {pair.second}",
            ", ".join(pair.for_first) or NONE,
            ", ".join(pair.for_second) or NONE,
            ", ".join(pair.silent) or NONE,
        )
        for pair in pairwise(source.propositions)
    ]
    return Table(
        "Explanations in pairs",
        ("Pair", "Speak for the first", "Speak for the second", "Do not tell them apart"),
        rows,
        ("name", "words", "words", "words"),
        "pair-table",
    )
