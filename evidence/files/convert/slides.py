"""PowerPoint presentations as a reading copy, where LibreOffice is not installed."""

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PythonPptxError

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.package import open_package
from evidence.files.convert.pages import print_pages
from evidence.files.convert.text import check_length

READING = (
    "Reading copy of a presentation: the words of each slide, its tables and its speaker notes, "
    "without pictures, charts or layout. For the slides themselves ask the sender for a PDF."
)


def convert(job: Job) -> Conversion:
    """The words of each slide stand on a page of their own."""
    with open_package(job):
        pass
    try:
        with job.source.open("rb") as file:
            slides = [_slide(number, slide) for number, slide in enumerate(Presentation(file).slides, 1)]
    except (PythonPptxError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError) as error:
        raise NotConverted(
            "The presentation is broken: its parts do not fit together.",
            reason="broken",
            remedy="Open it in PowerPoint, save it again and send that, or send a PDF.",
        ) from error
    if not slides:
        raise NotConverted(
            "The presentation has no slides.", reason="empty", remedy="Ask the sender for the complete file."
        )
    page = "".join(slides)
    check_length(page, job.limits.text_characters * 2)
    print_pages(page, job.pdf, title=escape(job.name))
    return made_by(job, "python-pptx", "weasyprint", notes=(READING,))


def _slide(number: int, slide: Any) -> str:
    hidden = " (hidden slide)" if slide.element.get("show") == "0" else ""
    words = "".join(_shapes(slide.shapes))
    notes = slide.notes_slide.notes_text_frame if slide.has_notes_slide else None
    told = f"<h3>Speaker notes</h3>{_lines(notes.text)}" if notes is not None and notes.text.strip() else ""
    return (
        f'<section class="slide"><h2>Slide {number}{hidden}</h2>{words or "<p>No words.</p>"}{told}</section>'
    )


def _shapes(shapes: Any) -> Iterator[str]:
    for shape in shapes:
        if hasattr(shape, "shapes"):
            yield from _shapes(shape.shapes)
        elif getattr(shape, "has_table", False):
            rows = (
                "".join(f"<td>{escape(cell.text)}</td>" for cell in row.cells) for row in shape.table.rows
            )
            yield f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
        elif shape.has_text_frame and shape.text_frame.text.strip():
            yield _lines(shape.text_frame.text)


def _lines(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.replace("\v", "\n").splitlines() if line.strip())
