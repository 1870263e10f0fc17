"""The explanations that are weighed, and the two models."""

from comparison.evaluation import words as findings_words
from comparison.report import words
from comparison.report.document import Block, Paragraph, Section, Table
from comparison.report.figures import NONE
from comparison.report.source import Source, plain

SIDES = ("reference", "suspect")


def propositions(source: Source) -> Section:
    """The four explanations, and what each would leave."""
    points = [f"{key}. {text}" for key, text in findings_words.PROPOSITIONS.items()]
    return Section(
        "The explanations that are weighed",
        "propositions",
        [
            Paragraph(words.EXPLANATIONS, points=points),
            Table(
                "What each explanation would leave, and what to ask",
                ("Explanation", "What it would leave"),
                list(findings_words.RIVALS.items()),
                ("name", "words"),
                "leaves-table",
            ),
        ],
    )


def models(source: Source) -> Section:
    """What the two models are, what was reached of them, and where they have been."""
    blocks: list[Block] = [Paragraph(words.THE_PAIR), _identities(source)]
    if source.matter is not None:
        access = {side: source.held(side).access or words.NOT_RECORDED for side in SIDES}
        blocks.append(Paragraph(words.ACCESS.format(**access)))
    blocks.append(Paragraph(words.FOLDERS))
    if source.matter is None:
        blocks.append(Paragraph(words.NO_CUSTODY))
    elif source.matter.custody:
        rows = [list(row) for row in source.matter.custody]
        styles = ("name", "name", "words")
        blocks += [
            Paragraph(words.CUSTODY),
            Table(
                "Entries of the ledger about the models and the comparison",
                ("When", "Who", "What"),
                rows,
                styles,
                "custody-table",
            ),
        ]
    return Section("The two models", "models", blocks)


def _identities(source: Source) -> Table:
    held = {side: source.held(side) for side in SIDES}
    known = {side: source.identity(side) for side in SIDES}
    rows = [
        ("Model", *(held[side].label for side in SIDES)),
        ("SHA-256 of its manifest", source.record.reference, source.record.suspect),
        (
            "SHA-256 of its configuration",
            *(plain(known[side].get("config_sha256")) or NONE for side in SIDES),
        ),
        ("Parameters", *(_count(known[side].get("parameters")) for side in SIDES)),
        ("Tensors", *(_count(known[side].get("tensors")) for side in SIDES)),
        ("Folder on the machine of the run", *(plain(known[side].get("folder")) or NONE for side in SIDES)),
    ]
    if source.matter is not None:
        rows += [
            (label, *(getattr(held[side], name) or words.NOT_RECORDED for side in SIDES))
            for label, name in (
                ("What can be reached", "access"), ("Obtained", "obtained"), ("Licence", "licence"),
                ("Released", "released"), ("Exhibit", "exhibit"),
            )
        ]  # fmt: skip
    return Table(
        "The reference and the suspect",
        ("", "Reference", "Suspect"),
        rows,
        ("name", "value", "value"),
        "models-table",
    )


def _count(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else NONE
