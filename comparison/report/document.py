"""The report before it is laid out: sections of numbered paragraphs, tables, figures and blanks.

A text may refer to a paragraph, table, figure or section by its key between double square brackets; laying
out puts the number there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

REFERENCE = re.compile(r"\[\[([a-z0-9'-]+)\]\]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A numbered paragraph in the program's own words; ``points`` stand below it as a list."""

    text: str
    key: str = ""
    points: Sequence[str] = ()
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Blank:
    """What only the expert can say; ``text`` is what the expert wrote, and empty leaves lines to write on."""

    label: str
    text: str = ""
    lines: int = 4
    key: str = ""
    block: Literal["blank"] = "blank"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section."""

    text: str
    key: str = ""
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; a row is one text for each column, of which ``styles`` says how it is set.

    Args:
        caption: what it shows.
        head: a word for each column.
        rows: of texts.
        styles: for each column ``words``, ``name``, ``figure`` or ``hash``.
        key: by which texts refer to it.
        notes: below the table.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    styles: Sequence[str]
    key: str = ""
    notes: Sequence[str] = ()
    block: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing and what it shows; ``kind`` names how it is drawn, and two of ``half`` stand side by side."""

    kind: Literal["histogram", "map", "tippett"]
    drawing: Any
    caption: str
    key: str = ""
    half: bool = False
    block: Literal["figure"] = "figure"


Block = Paragraph | Blank | Heading | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with a heading of its own."""

    title: str
    key: str
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report.

    Args:
        title: what the report is.
        subject: the two models in one line.
        court: whose matter it is, empty where there is none; likewise the next two.
        claim_number: as the court gave it.
        case: the matter's title.
        head: label and text of each line of the title page.
        standing: who has signed it, in words.
        record_sha256: of the file that it was made from.
        created: day and time as ISO 8601, empty where the record gives none.
        sections: in their order; appendices last.
        appendices: how many of them are appendices.
    """

    title: str
    subject: str
    court: str
    claim_number: str
    case: str
    head: Sequence[tuple[str, str]]
    standing: str
    record_sha256: str
    created: str
    sections: Sequence[Section]
    appendices: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    """The number of each block that has one, by place, and what a reference to each key says."""

    blocks: dict[tuple[int, int], str] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def numbered(document: Document) -> Numbers:
    """Paragraphs, tables and figures are numbered through, sections 1, 2, 3 and appendices A, B, C."""
    numbers, counts = Numbers(), {"paragraph": 0, "table": 0, "figure": 0}
    body = len(document.sections) - document.appendices
    for place, section in enumerate(document.sections):
        number = str(place + 1) if place < body else chr(ord("A") + place - body)
        numbers.sections[place] = number
        numbers.words[section.key] = f"{'section' if place < body else 'appendix'} {number}"
        for within, one in enumerate(section.blocks):
            if one.block == "heading":
                continue
            kind = "paragraph" if one.block == "blank" else one.block
            counts[kind] += 1
            numbers.blocks[place, within] = str(counts[kind])
            if one.key:
                numbers.words[one.key] = f"{kind} {counts[kind]}"
    return numbers


def texts(document: Document) -> Iterator[str]:
    """Every text of the program's own, as it stands before references are resolved."""
    yield document.standing
    for section in document.sections:
        yield section.title
        for one in section.blocks:
            match one:
                case Paragraph():
                    yield one.text
                    yield from one.points
                case Table():
                    yield one.caption
                    yield from one.notes
                    yield from (text for row in one.rows for text in row)
                case Figure():
                    yield one.caption
                case Heading():
                    yield one.text
                case Blank():
                    yield one.label
