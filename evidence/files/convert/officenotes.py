"""What a reader of an Office document's pages must know of that the pages do not show."""

import re
import zipfile

from evidence.files import sniff
from evidence.files.convert.conversion import Job
from evidence.files.convert.package import open_package
from evidence.files.convert.pages import refusals

_COMMENT = re.compile(rb"<(?:w:comment |comment |p:cm |threadedComment )")
_COMMENTS = re.compile(r"(word|xl|ppt)/(comments/|threadedComments/|comments)[^/]*\.xml")
_TODAY = re.compile(
    rb'(?:instrText[^>]*>|w:instr=")\s*(?:DATE|TIME)\b|type="datetime'
    rb'|<text:(?:date|time)[ >](?![^>]*fixed="true")'
)
_LINKED = (
    (
        re.compile(r".*\.rels"),
        re.compile(
            rb'<Relationship (?=[^>]*/(?:image|frame|video|audio)")(?=[^>]*"External")'
            rb'[^>]*Target="([^"]*)"'
        ),
    ),
    (re.compile(r"content\.xml"), re.compile(rb'<draw:image [^>]*xlink:href="((?:\w{2,}:|\.\./)[^"]*)"')),
)
_PAGES = re.compile(r"(?:word/(?:document|header|footer)|ppt/slides/slide|content|styles).*\.xml$")
_FILLED = "It fills in the date by itself: the day of conversion may be shown, not the day it was sent."
_MAY_FILL = "Where it fills in a date by itself, the day of conversion may be shown."


def notes_of(job: Job, kind: sniff.FileType) -> list[str]:
    """A note for each: tracked changes, margin comments, hidden text or slides, macros, embedded files.

    Raises:
        NotConverted: the package is damaged, locked, or unpacks to more than the limit.
    """
    if kind not in {sniff.DOCX, sniff.XLSX, sniff.PPTX, sniff.XLSB, sniff.ODT, sniff.ODS, sniff.ODP}:
        return [_MAY_FILL] if kind in {sniff.DOC, sniff.PPT, sniff.RTF} else []
    with open_package(job) as archive:
        names = archive.namelist()
        notes = [
            *_comments(archive, names),
            *_enclosed(names),
            *(_word(archive) if kind == sniff.DOCX else ()),
            *(_slides(archive, names) if kind == sniff.PPTX else ()),
            *refusals(_linked(archive, names)),
            *(
                [_FILLED]
                if any(_TODAY.search(archive.read(name)) for name in names if _PAGES.match(name))
                else ()
            ),
        ]
    if any(name.endswith("vbaProject.bin") or name.startswith("Basic/") for name in names):
        notes.append("It has macros, which were not run.")
    return notes


def _comments(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    count = sum(len(_COMMENT.findall(archive.read(name))) for name in names if _COMMENTS.fullmatch(name))
    if not count:
        return []
    return [f"{count} margin comments are not shown." if count > 1 else "A margin comment is not shown."]


def _enclosed(names: list[str]) -> list[str]:
    count = sum("/embeddings/" in name for name in names)
    if not count:
        return []
    return [f"Files embedded in it are shown as pictures only ({count}). Open the original to see them."]


def _linked(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    """The addresses of pictures that lie outside the document and are therefore not shown."""
    return [
        address.decode("utf-8", "replace")
        for part, link in _LINKED
        for name in names
        if part.fullmatch(name)
        for address in link.findall(archive.read(name))
    ]


def _word(archive: zipfile.ZipFile) -> list[str]:
    document, notes = archive.read("word/document.xml"), []
    if b"<w:ins " in document or b"<w:del " in document:
        notes.append("It has tracked changes, which are shown as marked: what was deleted is struck through.")
    if b"<w:vanish/>" in document:
        notes.append("It has text that Word hides, which is not shown.")
    return notes


def _slides(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    notes = []
    slides = [name for name in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
    hidden = sum(b'show="0"' in archive.read(name)[:2000] for name in slides)
    if hidden:
        notes.append(f"{hidden} of its slides are hidden in the presentation; they are shown here.")
    if any(name.startswith("ppt/notesSlides/notesSlide") for name in names):
        notes.append("It has speaker notes, which are not shown.")
    return notes
