"""Word documents as a reading rendition."""

import zipfile
from html import escape

import mammoth

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.package import open_package
from evidence.files.convert.pages import print_pages, refusals
from evidence.files.convert.sanitise import sanitised
from evidence.files.convert.wordnumbers import with_numbers

READING = (
    "Reading rendition of a Word document: the words, numbering, tables and pictures are shown, but "
    "layout and page breaks may differ from Word. For page references ask the sender for a PDF."
)
_STYLES = "u => u\nstrike => s\np[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => h2:fresh"
_PARTS = (
    ("word/header", "Its page headers and footers are not shown."),
    ("word/comments.xml", "Its margin comments are not shown."),
    ("word/charts/", "Its charts are not shown."),
)


def convert(job: Job) -> Conversion:
    """The document's text, numbered as in Word, stands as A4 pages."""
    with open_package(job) as archive:
        notes = _notes(archive)
        numbered = job.workdir / "numbered.docx"
        with_numbers(archive, numbered)
    try:
        with numbered.open("rb") as file:
            result = mammoth.convert_to_html(file, style_map=_STYLES)
    except (KeyError, ValueError, zipfile.BadZipFile, AttributeError) as error:
        raise NotConverted(
            "The Word document is broken: its parts do not fit together.",
            reason="broken",
            remedy="Open it in Word, save it again and send that, or send a PDF.",
        ) from error
    if any("image of type" in message.message for message in result.messages):
        notes.append("Some of its pictures are of a kind that cannot be shown here.")
    page = f'<div class="document">{sanitised(result.value)}</div>'
    refused = print_pages(page, job.pdf, title=escape(job.name))
    numbered.unlink()
    return made_by(job, "mammoth", "weasyprint", notes=(READING, *notes, *refusals(refused)))


def _notes(archive: zipfile.ZipFile) -> list[str]:
    names = archive.namelist()
    notes = [note for prefix, note in _PARTS if any(name.startswith(prefix) for name in names)]
    document = archive.read("word/document.xml")
    if b"<w:ins " in document or b"<w:del " in document:
        notes.append("It has tracked changes, which are shown as if accepted.")
    if b"<w:vanish/>" in document:
        notes.append("It has text that Word hides.")
    return notes
