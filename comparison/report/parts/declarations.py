"""What FRE 702 and Part 35 ask for, and the declarations that only the expert can make."""

from comparison.report import rules
from comparison.report.document import Blank, Heading, Paragraph, Section, Table
from comparison.report.figures import among
from comparison.report.source import Source


def reliability(source: Source) -> Section:
    """The questions that courts ask of a method, and what the record holds on each."""
    facts = {"rates": _rates(source), "data": _data(source)}
    rows = [(question, answer.format(**facts), where) for question, answer, where in rules.QUESTIONS]
    return Section(
        "Reliability (Federal Rule of Evidence 702)",
        "reliability",
        [
            Paragraph(rules.RELIABILITY),
            Table(
                "Questions that courts ask of a method",
                ("Question", "What the record holds", "Where"),
                rows,
                ("name", "words", "words"),
                "reliability-table",
            ),
            Paragraph(rules.CIVIL_26),
            Blank(rules.CIVIL_26_BLANK),
        ],
    )


def declarations(_: Source) -> Section:
    """The duty to the court and the statement of truth, unsigned."""
    return Section(
        "Declarations (Part 35)",
        "declarations",
        [
            Paragraph(rules.UNVERIFIED),
            Heading("Duty to the court"),
            Paragraph(rules.DUTY, key="duty"),
            Heading("Statement of truth"),
            Paragraph(rules.TRUTH, key="truth"),
            Blank("Signature, full name and date", lines=3, key="signature"),
        ],
    )


def _rates(source: Source) -> str:
    rates = []
    for method, tested in source.calibration["left_out"].items():
        if tested:
            interval = tuple(tested["false_positive_rate"])
            rates.append(f"{method} {among(tested['false_positives'], tested['independent'], interval)}")
    return rules.RATES.format(rates="; ".join(rates)) if rates else rules.NO_RATES


def _data(source: Source) -> str:
    if not source.record.population.rows:
        return rules.NO_DATA
    stratum = source.record.stratum
    return rules.DATA.format(
        independent=len(source.lineages()),
        derived=len(source.lineages(derived=True)),
        stratum=len(source.lineages(stratum)) if stratum else 0,
    )
