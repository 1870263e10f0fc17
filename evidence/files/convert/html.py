"""A saved web page as a reading rendition."""

import re
from html import escape

from evidence.files.convert.charset import decode
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.pages import print_pages, refusals
from evidence.files.convert.sanitise import outside_addresses, sanitised
from evidence.files.convert.text import check_length

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
READING = (
    "Reading rendition of a web page: text, tables and enclosed pictures are shown, "
    "but not the page's own layout, scripts or forms."
)


def convert(job: Job) -> Conversion:
    """The page's text and enclosed pictures stand as A4 pages; nothing was loaded from anywhere."""
    text, notes = _read(job.source.read_bytes())
    check_length(text, 4 * job.limits.text_characters)
    refused = outside_addresses(text)
    refused += print_pages(sanitised(text), job.pdf, title=escape(job.name))
    return made_by(job, "weasyprint", "nh3", notes=(READING, *notes, *refusals(refused)))


def _read(content: bytes) -> tuple[str, tuple[str, ...]]:
    stated = _CHARSET.search(content[:4096])
    if stated:
        try:
            return content.decode(stated[1].decode("ascii")), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(content)
