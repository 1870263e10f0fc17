"""The files that a PDF carries: those attached to the document, and those pinned to its pages."""

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Name


def enclosed_in(pdf: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """The name and content of each, once: the document's own by name, then the pages' in order."""
    seen: set[tuple[int, int]] = set()
    for key in sorted(pdf.attachments):
        specification = pdf.attachments[key]
        seen.add(specification.obj.objgen)
        yield specification.filename or key, _content(specification.get_file().obj)
    for page in pdf.pages:
        for note in _pinned(page):
            if note.FS.objgen == (0, 0) or note.FS.objgen not in seen:
                seen.add(note.FS.objgen)
                yield _name(note.FS), _content(note.FS.EF.F)


def _pinned(page: pikepdf.Page) -> Iterator[Any]:
    for note in page.obj.get("/Annots", ()):
        if not isinstance(note, pikepdf.Dictionary) or note.get("/Subtype") != Name.FileAttachment:
            continue
        specification = note.get("/FS")
        if isinstance(specification, pikepdf.Dictionary) and isinstance(
            specification.get("/EF", pikepdf.Dictionary()).get("/F"), pikepdf.Stream
        ):
            yield note


def _content(stream: Any) -> bytes:
    """The file; where its packing is damaged, the bytes as they lie there."""
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _name(specification: Any) -> str:
    return str(specification.get("/UF", specification.get("/F", "")))
