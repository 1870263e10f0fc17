"""Laying out the report with WeasyPrint, in a process of its own that takes its memory with it.

The process reads one JSON line (the PDF's identifier and day), then HTML, and writes the PDF.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from comparison.report import words
from comparison.report.columns import widths
from comparison.report.document import REFERENCE, Document, numbered
from core.errors import Unavailable

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
SHA256 = re.compile(r"[0-9a-f]{64}")
CODE = re.compile(r"`([^`]+)`")
VARIANT = "pdf/ua-1"


@dataclass(frozen=True, slots=True)
class Page:
    """HTML, and what the PDF's metadata take from the record so that they do not come from the clock."""

    html: str
    identifier: str
    created: str


def html(document: Document) -> Page:
    """The document as one HTML page that fetches nothing."""
    from markupsafe import Markup, escape

    numbers = numbered(document)

    def linked(text: str) -> Markup:
        said, before = Markup(""), ""
        for number, piece in enumerate(REFERENCE.split(text)):
            if number % 2 and piece in numbers.words:
                word = numbers.words[piece]
                begins = not before or before.endswith(". ")
                said += Markup('<a class="to" href="#{}">{}</a>').format(
                    piece, word[0].upper() + word[1:] if begins else word
                )
            else:
                said += escape(f"[[{piece}]]" if number % 2 else piece)
            before = piece
        return Markup(CODE.sub(r"<code>\1</code>", str(said)))  # noqa: S704 - escaped above

    template = _templates().get_template("report.html")
    laid = template.render(
        document=document,
        numbers=numbers,
        words=words,
        linked=linked,
        broken=broken,
        widths=widths,
        first_appendix=len(document.sections) - document.appendices,
    )
    return Page(laid, document.record_sha256, document.created)


def broken(text: str) -> Any:
    """A hash in pieces of sixteen, between which a line may end."""
    from markupsafe import Markup

    return Markup("<wbr>").join(text[start : start + 16] for start in range(0, len(text), 16))


def pdf(page: Page) -> bytes:
    """The page as tagged PDF with an outline; the same page gives the same bytes.

    Raises:
        Unavailable: WeasyPrint or a library below it cannot run here.
    """
    facts = json.dumps({"identifier": page.identifier, "created": page.created})
    done = subprocess.run(
        [sys.executable, "-m", "comparison.report.typeset"],
        cwd=PROJECT,
        input=f"{facts}\n{page.html}".encode(),
        capture_output=True,
        check=False,
    )
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        lines = done.stderr.decode(errors="replace").strip().splitlines()
        raise Unavailable(
            f"The report could not be laid out: {lines[-1] if lines else 'the program ended'}.",
            remedy="Check that WeasyPrint and Pango are installed.",
        )
    return done.stdout


def _lay_out(content: str, identifier: str) -> bytes:
    import weasyprint
    from weasyprint.urls import URLFetchingError

    def refuse(url: str, *_: object, **__: object) -> None:
        raise URLFetchingError(f"A report fetches nothing: {url}")

    laid = weasyprint.HTML(string=content, url_fetcher=refuse)
    made: bytes = laid.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier.encode())
    return made


@cache
def _templates() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _converse() -> None:
    facts = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read().decode()
    sys.stdout.buffer.write(_lay_out(content, facts["identifier"]))


if __name__ == "__main__":
    _converse()
