"""OpenDocument texts as a reading copy, where LibreOffice is not installed."""

from collections.abc import Iterator
from html import escape
from typing import Any

from lxml import etree

from core.errors import NotConverted
from evidence.files import sniff
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.locked import check_unlocked
from evidence.files.convert.package import open_package
from evidence.files.convert.pages import print_pages
from evidence.files.convert.text import check_length

READING = (
    "Reading copy of an OpenDocument text: its words, headings, lists and tables, without layout, "
    "numbering, pictures, notes or page headers. For page references ask the sender for a PDF."
)
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_BODY = f"{_OASIS}office:1.0}}body/{_OASIS}office:1.0}}text"
_BLOCKS = {
    "list": "ul",
    "list-item": "li",
    "table": "table",
    "table-row": "tr",
    "table-cell": "td",
}
_UNREAD = frozenset({"tracked-changes", "note", "annotation", "frame", "sequence-decls", "forms"})
_DEEPEST = 200


def convert(job: Job) -> Conversion:
    """The document's words stand as A4 pages."""
    check_unlocked(job, sniff.ODT)
    with open_package(job) as archive:
        content = archive.read("content.xml")
    try:
        body = etree.fromstring(content, _SAFE).find(_BODY)
    except etree.XMLSyntaxError as error:
        raise _broken() from error
    if body is None:
        raise _broken()
    page = "".join(_blocks(body, 0))
    check_length(page, job.limits.text_characters * 2)
    print_pages(f'<div class="document">{page}</div>', job.pdf, title=escape(job.name))
    return made_by(job, "lxml", "weasyprint", notes=(READING,))


def _blocks(parent: Any, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise _broken()
    for part in parent.iterchildren(tag=etree.Element):
        name = etree.QName(part).localname
        if name in _UNREAD:
            continue
        if name == "h":
            level = min(6, int(part.get(f"{_OASIS}text:1.0}}outline-level", "1")))
            yield f"<h{level}>{_words(part)}</h{level}>"
        elif name == "p":
            yield f"<p>{_words(part)}</p>"
        elif name in _BLOCKS:
            yield f"<{_BLOCKS[name]}>{''.join(_blocks(part, depth + 1))}</{_BLOCKS[name]}>"
        else:
            yield from _blocks(part, depth + 1)


def _words(part: Any) -> str:
    """The text of a paragraph: its spaces, tabs and line breaks are elements of their own."""
    words = [escape(part.text or "")]
    for child in part.iterchildren(tag=etree.Element):
        match etree.QName(child).localname:
            case "s":
                words.append(" " * min(100, int(child.get(f"{_OASIS}text:1.0}}c", "1"))))
            case "tab":
                words.append("\t")
            case "line-break":
                words.append("<br>")
            case name if name not in _UNREAD:
                words.append(_words(child))
        words.append(escape(child.tail or ""))
    return "".join(words)


def _broken() -> NotConverted:
    return NotConverted(
        "The OpenDocument text is broken: its parts do not fit together.",
        reason="broken",
        remedy="Open it in the program that made it, save it again and send that, or send a PDF.",
    )
