"""Correction for many tests, tests without a value, and methods that did not run."""

from comparison.report import words
from comparison.report.document import Block, Heading, Paragraph, Section, Table
from comparison.report.figures import NONE, p_value
from comparison.report.source import METHODS, Source


def ran(source: Source) -> Section:
    """What ran, what gave nothing and why, and what did not run and why."""
    blocks: list[Block] = [
        *_corrected(source),
        Heading("Tests that gave no value"),
        *_silent(source),
        Heading("Methods that did not run"),
        *_not_run(source),
    ]
    return Section("All that ran, and what did not", "ran", blocks)


def _corrected(source: Source) -> list[Block]:
    tested = [found for found in source.findings if found["p"] is not None]
    if not tested:
        return [Paragraph(words.NO_P)]
    rows = [
        (found["method"], p_value(found["p"]), p_value(found["holm"]))
        for found in sorted(tested, key=lambda found: (found["p"], found["log10_p"] or 0.0))
    ]
    return [
        Paragraph(words.MULTIPLE.format(tested=len(tested), ran=len(source.findings))),
        Table(
            "P-values, the smallest first, corrected for all tests that ran",
            ("Test", "p", "p, corrected (Holm)"),
            rows,
            ("name", "figure", "figure"),
            "holm-table",
        ),
    ]


def _silent(source: Source) -> list[Block]:
    if not source.silent:
        return [Paragraph(words.ALL_VALUED, key="silent")]
    rows = [(found["method"], " ".join(found["caveats"]) or NONE) for found in source.silent]
    return [
        Paragraph(words.SOME_SILENT, key="silent"),
        Table("Tests without a value", ("Test", "Why"), rows, ("name", "words"), "silent-table"),
    ]


def _not_run(source: Source) -> list[Block]:
    there = {found["method"] for found in source.findings}
    missing = [method for name, method in METHODS.items() if name not in there]
    if not missing:
        return [Paragraph(words.ALL_RAN, key="not-run")]
    rows = [
        (
            method.name,
            method.title,
            ", ".join(method.needs),
            words.NOT_ASKED,
        )
        for method in missing
    ]
    return [
        Paragraph(words.NOT_RUN, key="not-run"),
        Table(
            "Methods that did not run",
            ("Method", "What it looks at", "Needs", "Why not"),
            rows,
            ("name", "words", "words", "words"),
            "not-run-table",
        ),
    ]
