"""Rich Text documents as a reading copy, where LibreOffice is not installed."""

from html import escape

from striprtf.striprtf import rtf_to_text

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.pages import print_pages
from evidence.files.convert.text import check_length, set_plain

READING = (
    "Reading copy of a Rich Text document: its words only, without layout, numbering or pictures. "
    "For page references ask the sender for a PDF."
)


def convert(job: Job) -> Conversion:
    """The document's words stand as pages."""
    content = job.source.read_bytes().decode("latin-1")
    check_length(content, job.limits.text_characters * 20)
    try:
        text: str = rtf_to_text(content, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, LookupError, RecursionError) as error:
        raise NotConverted(
            "The Rich Text document is broken and cannot be read.",
            reason="broken",
            remedy="Open it in the program that made it, save it again and send that, or send a PDF.",
        ) from error
    if not text.strip():
        raise NotConverted(
            "The Rich Text document has no words that can be shown here.",
            reason="empty",
            remedy="Open it in the program that made it, save it as PDF and send that.",
        )
    check_length(text, job.limits.text_characters)
    print_pages(set_plain(text), job.pdf, title=escape(job.name))
    return made_by(job, "striprtf", "weasyprint", notes=(READING,))
