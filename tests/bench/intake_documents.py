"""A mixed post of one matter, the same bytes every time, in which no page needs OCR."""

import io
import random
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from tempfile import TemporaryDirectory

import docx

from demo.fixed_bytes import write_zip_dated
from tests.bench.bundle_pdfs import A4, LETTER, Sheet, make_pdf

_WRITTEN = datetime(2026, 3, 16, 9, 12, tzinfo=UTC)
_SENTENCES = (
    "The Claimant’s model was trained between 4 May 2025 and 30 September 2025 at a cost of £41,200,000.",
    "Dr Helena Marsh saw the logs on 16 March 2026 and wrote to Baiyun Cloud Limited the same day.",
    "The correlation of the attention-head distributions is 98.7%, which the Defendant puts down to chance.",
    "Aurelia Laboratories Limited relies on section 16 of the Copyright, Designs and Patents Act 1988.",
    "The endpoint in Singapore answered 1,284,907 calls from thirty-seven accounts in six weeks.",
    "Mr Justice Ashcombe gave directions on 12 June 2026 in the High Court of Justice in London.",
)


def mixed(count: int, first: int = 0) -> list[tuple[str, bytes]]:
    """Name and content of each document from that number on: of ten, four are PDFs of several pages."""
    shapes: tuple[tuple[str, Callable[[int], bytes]], ...] = (
        ("report.pdf", _pdf),
        ("note.txt", _text),
        ("order.pdf", _pdf),
        ("message.eml", _message),
        ("article.html", _page),
        ("statement.docx", _word),
        ("letter.pdf", _pdf),
        ("transcript.txt", _text),
        ("schedule.pdf", _pdf),
        ("enclosed.eml", _enclosing),
    )
    made = []
    for number in range(first, first + count):
        name, make = shapes[number % len(shapes)]
        made.append((f"{number:03}-{name}", make(number)))
    return made


def _prose(number: int, paragraphs: int) -> list[str]:
    order = random.Random(number)  # noqa: S311 - a fixed order, not a secret
    return [" ".join(order.choices(_SENTENCES, k=4)) for _ in range(paragraphs)]


def _pdf(number: int) -> bytes:
    sheets = [Sheet(A4 if number % 3 else LETTER)] * (3 + number % 8)
    with TemporaryDirectory() as folder:
        return make_pdf(Path(folder) / "made.pdf", sheets, name=f"Document {number}").read_bytes()


def _text(number: int) -> bytes:
    return "\n\n".join(_prose(number, 20)).encode()


def _page(number: int) -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in _prose(number, 20))
    return f"<!doctype html><title>Article {number}</title><h1>What was taken</h1>{body}".encode()


def _word(number: int) -> bytes:
    document = docx.Document()
    document.add_heading(f"Witness statement {number}", 0)
    for paragraph in _prose(number, 25):
        document.add_paragraph(paragraph)
    with TemporaryDirectory() as folder:
        dated = Path(folder) / "dated.docx"
        saved = io.BytesIO()
        document.save(saved)
        write_zip_dated(saved.getvalue(), _WRITTEN, dated)
        return dated.read_bytes()


def _letter(number: int) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"] = "Helena Marsh <hm@aurelia.example>", "clerk@chambers.example"
    message["Subject"] = f"Accounts suspended, part {number}"
    message["Date"] = "Mon, 16 Mar 2026 09:12:00 +0000"
    message.set_content("\n\n".join(_prose(number, 6)))
    return message


def _message(number: int) -> bytes:
    return _letter(number).as_bytes()


def _enclosing(number: int) -> bytes:
    message = _letter(number)
    message.add_attachment(_pdf(number), maintype="application", subtype="pdf", filename="schedule.pdf")
    message.set_boundary(f"part-{number}")
    return message.as_bytes()
