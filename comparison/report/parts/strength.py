"""How strong the evidence can be at most, in figures and words, and what that presumes."""

from collections.abc import Mapping
from math import isclose
from typing import Any

from comparison.report import closing, words
from comparison.report.document import Block, Heading, Paragraph, Section, Table
from comparison.report.figures import among, number, p_value, ratio
from comparison.report.parts.opening import blank
from comparison.report.source import METHODS, Source


def strength(source: Source) -> Section:
    """Where the bounds of a ratio come from, the words for it, and the thresholds."""
    weighed = [found for found in source.findings if found["lr"] is not None]
    blocks: list[Block] = [Paragraph(words.BOUNDS)]
    if weighed:
        blocks.append(_bounds(source))
        at_bound = [
            found["method"]
            for found in weighed
            if any(isclose(found["lr"], bound, rel_tol=1e-6) for bound in found["lr_bound"])
        ]
        if at_bound:
            blocks.append(Paragraph(words.BOUND_REACHED.format(methods=", ".join(at_bound))))
    else:
        blocks.append(Paragraph(words.NO_BOUNDS))
    if fused := source.calibration["fused"]:
        blocks.append(Paragraph(_together(fused), key="fused"))
    thresholds = words.THRESHOLDS.format(
        ratio=number(source.calibration["speaking_ratio"]), alpha=p_value(source.calibration["alpha"])
    )
    blocks += [Paragraph(words.SCALE), _scale(source), Paragraph(thresholds, key="thresholds")]
    return Section("How strong the evidence can be", "strength", blocks)


def _together(fused: Mapping[str, Any]) -> str:
    """The ratio of several tests by one regression."""
    low, high = fused["lr_bound"]
    rate = among(fused["false_positives"], fused["independent"], tuple(fused["false_positive_rate"]))
    return words.FUSED.format(
        methods=", ".join(fused["methods"]), lr=ratio(fused["lr"]), low=ratio(low), high=ratio(high),
        verbal=fused["verbal"], derived=fused["derived"], independent=fused["independent"],
        cost=number(fused["cllr"], 3), rate=rate,
    )  # fmt: skip


def _bounds(source: Source) -> Table:
    rows = []
    for found in source.findings:
        tested = source.calibration["left_out"].get(found["method"])
        if tested and found["lr_bound"]:
            low, high = found["lr_bound"]
            counts = (str(tested["derived"]), str(tested["independent"]))
            rows.append((found["method"], ratio(found["lr"]), ratio(low), ratio(high), *counts))
    return Table(
        "Ratios, and the bounds of what the population supports",
        (
            "Test",
            "Ratio",
            "Least supported",
            "Greatest supported",
            "Derived lineages",
            "Independent lineages",
        ),
        rows,
        ("name", *("figure",) * 5),
        "bound-table",
    )


def _scale(source: Source) -> Table:
    bands = source.calibration["verbal_scale"]
    ends = [*(band["from"] for band in bands[1:]), None]
    rows = [
        (
            f"{band['from']:,.0f} to below {end:,.0f}" if end else f"{band['from']:,.0f} and more",
            band["words"],
        )
        for band, end in zip(bands, ends, strict=True)
    ]
    return Table(
        "The verbal scale used",
        ("Ratio", "In words"),
        rows,
        ("name", "words"),
        "scale-table",
        notes=(words.SCALE_NOTE,),
    )


def assumptions(source: Source) -> Section:
    """What each method presumes, and what nobody is recorded to have checked."""
    rows = [
        (name, ", ".join(METHODS[name].needs), METHODS[name].survives, METHODS[name].defeated_by)
        for name in (found["method"] for found in source.findings)
    ]
    return Section(
        "What this rests on",
        "assumptions",
        [
            Paragraph(words.ASSUMED),
            Table(
                "Assumptions by method",
                ("Method", "Needs", "Survives", "Is defeated by"),
                rows,
                ("name", "words", "words", "words"),
                "assumed-table",
            ),
            Heading("Checked and unchecked"),
            Paragraph(closing.CHECKED_AGAIN),
            Paragraph(closing.NOBODY_CHECKED, key="unchecked", points=closing.UNCHECKED_POINTS),
        ],
    )


def opinion(source: Source) -> Section:
    """Where opinions differ, and the expert's own."""
    return Section(
        "Range of opinion",
        "opinion",
        [
            Paragraph(closing.DIFFER, points=closing.DIFFER_POINTS),
            blank(source, "range_of_opinion", lines=8),
            blank(source, "limits", lines=5),
        ],
    )
