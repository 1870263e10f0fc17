"""Pages with words wherever a test wants them, for exhibits, statements and American filings."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf

A4 = (595.0, 842.0)
LETTER = (612.0, 792.0)
BODY = "The parties met and agreed what follows, as the note of that day records in its own words."


@dataclass(frozen=True)
class Words:
    """A line of text: where it begins, in points from the bottom left, and its face."""

    left: float
    bottom: float
    text: str
    size: float = 10.0
    bold: bool = False


def drawn(pages: Sequence[Sequence[Words]], *, size: tuple[float, float] = A4) -> Pdf:
    """An open PDF with these lines on its pages."""
    pdf = Pdf.new()
    fonts = Dictionary(
        {
            f"/{key}": pdf.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type1,
                    BaseFont=Name(f"/{face}"),
                    Encoding=Name.WinAnsiEncoding,
                )
            )
            for key, face in (("Plain", "Helvetica"), ("Bold", "Helvetica-Bold"))
        }
    )
    for lines in pages:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *size]),
            Resources=Dictionary(Font=fonts),
            Contents=pdf.make_stream(content(lines)),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def content(lines: Sequence[Words]) -> bytes:
    """The operators that draw the lines."""
    parts = []
    for line in lines:
        text = line.text.encode("cp1252").replace(b"(", b"\\(").replace(b")", b"\\)")
        face = b"Bold" if line.bold else b"Plain"
        parts.append(b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (face, line.size, line.left, line.bottom, text))
    return b"".join(parts)


def redraw(pdf: Pdf, page: int, lines: Sequence[Words]) -> None:
    """Page ``page`` (from 1) shows these lines and nothing else."""
    pdf.pages[page - 1].obj.Contents = pdf.make_stream(content(lines))


def add_words(pdf: Pdf, page: int, *lines: Words) -> None:
    """Page ``page`` (from 1) shows these lines too, drawn before what it showed."""
    leaf = pdf.pages[page - 1].obj
    leaf.Contents = pdf.make_stream(content(lines) + leaf.Contents.read_bytes())


def bookmark(pdf: Pdf, *marks: tuple[str, int]) -> None:
    """Bookmarks with these words lead to these pages (from 1) and keep the zoom."""
    with pdf.open_outline() as outline:
        outline.root.extend(
            OutlineItem(title, Array([pdf.pages[page - 1].obj, Name.XYZ, None, None, None]))
            for title, page in marks
        )


def saved(pdf: Pdf, path: Path) -> Path:
    """The PDF stands at ``path``."""
    pdf.save(path, fix_metadata_version=False)
    return path


def body(text: str = BODY, *, left: float = 105.0, top: float = 700.0, lines: int = 6) -> list[Words]:
    """Some lines of a typed page."""
    return [Words(left, top - 16 * nth, f"{nth + 1}. {text}") for nth in range(lines)]
