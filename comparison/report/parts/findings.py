"""What each test gave for the suspect, drawn among the values of independent models."""

from collections.abc import Mapping
from typing import Any

from comparison.drawing.blocks import drawn_map
from comparison.drawing.histogram import histogram
from comparison.evaluation import words as findings_words
from comparison.report import words
from comparison.report.document import Block, Figure, Heading, Paragraph, Section, Table
from comparison.report.figures import NONE, number, p_value, power_of_ten, ratio, span, typographic
from comparison.report.source import METHODS, Source

WIDE, TALL = 430.0, 60.0
ACROSS = 320.0
"""Drawing units that a map of layers fills at most."""
LARGEST_CELL = 26.0
MOST_CELLS = 65_536


def findings(source: Source) -> Section:
    """The table of all findings, then each test by itself."""
    blocks: list[Block] = [Paragraph(words.FINDINGS), _table(source)]
    common = _common(source)
    if common:
        points = [f"{typographic(text)} ({', '.join(methods)})" for text, methods in common.items()]
        blocks.append(Paragraph(words.READ_WITH_ALL, points=points, key="common"))
    for found in source.findings:
        blocks += _of_method(source, found, common)
    return Section("Findings", "findings", blocks)


def _common(source: Source) -> dict[str, list[str]]:
    """What is to be read with several tests, and with which."""
    by_text: dict[str, list[str]] = {}
    for found in source.valued:
        for text in found["caveats"]:
            by_text.setdefault(text, []).append(found["method"])
    return {text: methods for text, methods in by_text.items() if len(methods) > 1}


def _table(source: Source) -> Table:
    rows = []
    for found in source.findings:
        null, bound = found["null"], found["lr_bound"]
        weighed = f"{ratio(found['lr'])} ({ratio(bound[0])} to {ratio(bound[1])})" if bound else NONE
        rows.append(
            (
                found["method"],
                number(found["value"]),
                span(null["min"], null["max"]) if null else NONE,
                p_value(found["p"]),
                p_value(found["holm"]),
                weighed,
                found["verbal"] or NONE,
            )
        )
    return Table(
        "Findings",
        ("Test", "Value", "Independent lineages", "p", "p, corrected", "Ratio (bounds)", "Ratio in words"),
        rows,
        ("name", *("figure",) * 5, "words"),
        "findings-table",
        notes=(words.FINDINGS_NOTE,),
    )


def _of_method(source: Source, found: Mapping[str, Any], common: Mapping[str, object]) -> list[Block]:
    method = found["method"]
    about = METHODS[method]
    facts = {"method": method, "title": about.title, "needs": ", ".join(about.needs)}
    said = (
        words.LOOKS_AT.format(**facts, survives=about.survives, defeated=about.defeated_by)
        if about.survives
        else words.LOOKS_AT_ONLY.format(**facts)
    )
    blocks: list[Block] = [
        Heading(f"{method}: {about.title}"),
        Paragraph(said, key=f"about-{method}"),
        Paragraph(typographic(findings_words.outcome(dict(found))), key=f"outcome-{method}"),
    ]
    null = source.nulls.get(method)
    if null and found["value"] is not None:
        known = source.controls(method)
        drawing = histogram(found["value"], null, known.derived, width=WIDE, floor=TALL)
        caption = words.HISTOGRAM.format(
            method=method,
            independent=len(null),
            stratum=source.record.stratum,
            derived=len(known.derived),
        )
        blocks.append(Figure("histogram", drawing, caption, f"null-{method}"))
    blocks += _map(source, method)
    if points := [typographic(caveat) for caveat in found["caveats"] if caveat not in common]:
        blocks.append(Paragraph(words.READ_WITH.format(method=method), points=points))
    return blocks


def _map(source: Source, method: str) -> list[Block]:
    detail = source.record.measured[method].detail
    if "log10_p" not in detail or not detail["reference"] or not detail["suspect"]:
        return []
    cells = [
        (p, row, column)
        for row, ps in enumerate(detail["log10_p"])
        for column, p in enumerate(ps)
        if p is not None
    ]
    if not cells:
        return []
    p, row, column = min(cells)
    least = power_of_ten(p)
    cell = min(LARGEST_CELL, ACROSS / max(len(detail["suspect"]), len(detail["reference"])))
    drawing = drawn_map(method, detail, cell=cell, most=MOST_CELLS)
    if drawing is None:
        size = len(detail["reference"]) * len(detail["suspect"])
        return [Paragraph(words.MAP_TOO_LARGE.format(method=method, cells=f"{size:,}", least=least))]
    said = words.MAP.format(
        method=method, least=least, block=detail["reference"][row], other=detail["suspect"][column]
    )
    caption = words.MAP_CAPTION.format(method=method)
    return [Paragraph(said), Figure("map", drawing, caption, f"map-{method}")]
