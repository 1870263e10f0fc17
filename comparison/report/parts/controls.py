"""What the methods gave for models of known relation: before anything is said of the suspect."""

from collections import defaultdict

from comparison.drawing.tippett import tippett
from comparison.report import words
from comparison.report.document import Block, Figure, Heading, Paragraph, Section, Table
from comparison.report.figures import NONE, among, number, span
from comparison.report.source import Source
from comparison.statistics.calibration.population import STRATA

HALF, TALL = 228.0, 150.0
"""Points of a plot of which two stand side by side."""


def controls(source: Source) -> Section:
    """The population's composition, the known positives and negatives, and the ratios left out in turn."""
    rows = source.record.population.rows
    if not rows:
        return Section("Controls", "controls", [Paragraph(words.NO_CONTROLS)])
    blocks: list[Block] = [
        Paragraph(words.POPULATION.format(models=len({row.identity for row in rows}))),
        Paragraph(
            words.STRATUM.format(stratum=source.record.stratum) if source.record.stratum else words.NO_STRATUM
        ),
        _composition(source),
        Heading("Known positives and negatives"),
        Paragraph(words.CONTROL_TABLE),
        _table(source),
        Paragraph(words.TOLD_APART, points=[_in_words(source, found["method"]) for found in source.findings]),
        Heading("Ratios of models left out in turn"),
        *_left_out(source),
    ]
    return Section("Controls", "controls", blocks)


def _composition(source: Source) -> Table:
    models: dict[tuple[str, bool], set[tuple[str, str]]] = defaultdict(set)
    for row in source.record.population.rows:
        models[row.member.stratum, row.member.derived_from is not None].add(row.identity)
    rows = []
    for stratum in STRATA:
        here = (len(source.lineages(stratum)), len(models[stratum, False]))
        there = (len(source.lineages(stratum, derived=True)), len(models[stratum, True]))
        mark = " (the suspect's)" if stratum == source.record.stratum else ""
        rows.append((stratum + mark, *map(str, (*here, *there))))
    return Table(
        "Composition of the reference population",
        ("Stratum", "Independent lineages", "Their models", "Derived lineages", "Their models"),
        rows,
        ("name", "figure", "figure", "figure", "figure"),
        "null-table",
    )


def _table(source: Source) -> Table:
    rows = []
    for found in source.findings:
        method, known = found["method"], source.controls(found["method"])
        rows.append(
            (
                method,
                str(len(known.independent)),
                span(known.independent[0], known.independent[-1]) if known.independent else NONE,
                str(len(known.derived)),
                span(known.derived[0], known.derived[-1]) if known.derived else NONE,
                f"{known.above} of {len(known.derived)}" if known.derived and known.independent else NONE,
            )
        )
    return Table(
        "Controls: values of models of known relation, by lineage",
        (
            "Test",
            "Negatives",
            "least to greatest",
            "Positives",
            "least to greatest",
            "Positives above all negatives",
        ),
        rows,
        ("name", "figure", "figure", "figure", "figure", "figure"),
        "control-table",
        notes=(words.CONTROL_NOTE,),
    )


def _in_words(source: Source, method: str) -> str:
    known = source.controls(method)
    if not known.independent:
        return words.NO_NEGATIVES.format(method=method)
    if not known.derived:
        return words.NO_POSITIVES.format(method=method)
    facts = {"method": method, "derived": len(known.derived), "independent": len(known.independent)}
    if known.above == len(known.derived):
        return words.APART.format(**facts)
    return words.OVERLAP.format(**facts, above=known.above) if known.above else words.BLIND.format(**facts)


def _left_out(source: Source) -> list[Block]:
    """The ratios of each lineage from a calibration that did not see it: as a table, then drawn."""
    rows, figures = [], []
    for method, tested in source.calibration["left_out"].items():
        if not tested:
            continue
        bounds = next(found["lr_bound"] for found in source.findings if found["method"] == method)
        derived, independent = tested["derived_ratios"], tested["independent_ratios"]
        drawing = tippett(derived, independent, tuple(bounds), width=HALF, height=TALL)
        if drawing is None:
            continue
        rows.append(
            (
                method,
                number(tested["cllr"], 3),
                f"{sum(one < 1 for one in derived)} of {len(derived)}",
                among(tested["false_positives"], tested["independent"], tuple(tested["false_positive_rate"])),
            )
        )
        caption = words.TIPPETT_CAPTION.format(method=method)
        figures.append(Figure("tippett", drawing, caption, f"tippett-{method}", half=True))
    if not rows:
        return [Paragraph(words.NO_LEFT_OUT)]
    table = Table(
        "Ratios of lineages left out in turn",
        (
            "Test",
            "Cllr, bits",
            "Derived with a ratio below 1",
            "Independent with a ratio above 1 (95% interval)",
        ),
        rows,
        ("name", "figure", "figure", "figure"),
        "left-out-table",
    )
    return [Paragraph(words.LEFT_OUT), table, Paragraph(words.TIPPETTS), *figures]
