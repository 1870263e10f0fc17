"""Every test, every model, every file, the run itself, the literature and the words."""

from collections.abc import Iterator, Mapping
from typing import Any

from comparison.report import closing, glossary, literature, rules, words
from comparison.report.document import Block, Heading, Paragraph, Section, Table
from comparison.report.figures import NONE, number, p_value, ratio
from comparison.report.parts.opening import blank
from comparison.report.source import Source, plain

RUN_KEYS = {
    "code": "Code",
    "environment": "Environment",
    "seeds": "Seeds",
    "device": "Device",
    "dtypes": "Number format",
    "determinism": "Determinism",
    "probe_sha256": "SHA-256 of the probe set",
    "job": "Job fixed before the run",
}
"""What a report must say of the run, whether or not the record does."""
ELSEWHERE = ("models", "calibration")


def every_test(source: Source) -> Section:
    """All that ran, in its order."""
    rows = []
    for found in source.findings:
        own = source.record.measured[found["method"]].log10_p
        given = "a value" if found["value"] is not None else "no value"
        rows.append(
            (
                found["method"],
                given,
                number(found["value"]),
                number(own),
                p_value(found["p"]),
                p_value(found["holm"]),
                ratio(found["lr"]),
            )
        )
    table = Table(
        "Every test that ran",
        ("Test", "Gave", "Value", "log10 of its own p", "p", "p, corrected", "Ratio"),
        rows,
        ("name", "words", *("figure",) * 5),
        "every-table",
    )
    return Section("Every test that ran", "every-test", [Paragraph(closing.EVERY_TEST), table])


def members(source: Source) -> Section:
    """The population, model by model."""
    rows = source.record.population.rows
    if not rows:
        return Section("The reference population", "members", [Paragraph(closing.NO_MEMBERS)])
    models: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        parent = row.member.derived_from
        models.setdefault(
            row.identity,
            (row.member.lineage, row.member.stratum, NONE if parent is None else parent.name),
        )
    blocks: list[Block] = [
        Paragraph(closing.MEMBERS),
        Table(
            "Models of the population",
            ("Model", "Lineage", "Stratum", "Made from", "SHA-256 of its content"),
            [(name, *facts, sha256) for (name, sha256), facts in models.items()],
            ("name", "name", "words", "words", "hash"),
            "members-table",
        ),
        *_values(source),
    ]
    return Section("The reference population", "members", blocks)


ACROSS = 6
"""Tests that stand side by side in a table of values."""


def _values(source: Source) -> Iterator[Block]:
    methods = [found["method"] for found in source.findings]
    by_model: dict[tuple[str, str], dict[str, float | None]] = {}
    for row in source.record.population.rows:
        by_model.setdefault(row.identity, {})[row.method] = row.value
    for start in range(0, len(methods), ACROSS):
        chosen = methods[start : start + ACROSS]
        yield Table(
            f"What each model gave: {', '.join(chosen)}",
            ("Model", *chosen),
            [(name, *(number(values.get(one)) for one in chosen)) for (name, _), values in by_model.items()],
            ("name", *("figure",) * len(chosen)),
        )


def files(source: Source) -> Section:
    """The hash of every file of both models."""
    blocks: list[Block] = [Paragraph(closing.FILES)]
    for side in ("reference", "suspect"):
        held = source.identity(side).get("files")
        rows = sorted(held.items()) if isinstance(held, Mapping) else []
        blocks.append(
            Table(
                f"Files of the {side}",
                ("File", "SHA-256"),
                [(plain(name), plain(sha256)) for name, sha256 in rows],
                ("name", "hash"),
            )
        )
    return Section("Hashes of the files", "files", blocks)


def environment(source: Source) -> Section:
    """Code, libraries, machine, device and seeds, and how to repeat the run."""
    rows: list[tuple[str, str]] = []
    keys = [*RUN_KEYS, *(key for key in source.manifest if key not in RUN_KEYS and key not in ELSEWHERE)]
    for key in keys:
        label = RUN_KEYS.get(key) or plain(key).replace("_", " ").capitalize()
        rows += list(_lines(label, source.manifest.get(key)))
    again = closing.AGAIN.format(
        seed=plain(source.manifest.get("seeds")) or words.NOT_RECORDED.lower(),
        stratum=source.record.stratum or words.NOT_RECORDED.lower(),
    )
    table = Table(
        "The run, as the record states it", ("What", "Value"), rows, ("name", "value"), "environment-table"
    )
    said = closing.ENVIRONMENT.format(missing=words.NOT_RECORDED)
    return Section(
        "The run", "environment", [Paragraph(said), table, Heading("To run it again"), Paragraph(again)]
    )


def _lines(label: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield f"{label}: {plain(name)}", plain(one) or words.NOT_RECORDED
    else:
        yield label, plain(value) or words.NOT_RECORDED


def sources_read(source: Source) -> Section:
    """The papers, and what the expert adds."""
    rows = literature.papers(found["method"] for found in source.findings)
    return Section(
        "Literature",
        "literature",
        [
            Paragraph(closing.LITERATURE),
            Table("Literature", ("Work", "For"), rows, ("words", "name"), "literature-table"),
            blank(source, "literature"),
        ],
    )


def words_used(_: Source) -> Section:
    """The glossary."""
    table = Table("Glossary", ("Word", "What it means"), list(glossary.WORDS), ("name", "words"))
    return Section("Glossary", "glossary", [Paragraph(closing.GLOSSARY), table])


def places(_: Source) -> Section:
    """Where each part that the rules ask for stands."""
    rows = [
        (rule, asked, f"[[{key}]]", words.FOR_EXPERT if by_expert else "Filled in from the record")
        for rule, asked, key, by_expert in rules.PLACES
    ]
    table = Table(
        "Where each requirement is met",
        ("Rule", "What it asks for", "Where", "By whom"),
        rows,
        ("name", "words", "words", "words"),
    )
    said = closing.PLACES.format(expert=words.FOR_EXPERT)
    return Section("Where each requirement stands", "places", [Paragraph(said), table])
