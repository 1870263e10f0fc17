"""Form fields: what was typed into them stays on the page after they stop being fields."""

from io import BytesIO

import pypdfium2
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

DEPTH = 20  # fields above a field
WRITES = (b"Tj", b"TJ", b"'", b'"')
REDRAWN = (Name.Tx, Name.Ch)


def flatten_fields(pdf: Pdf) -> None:
    """Every form field's visible value is part of its page; comments and links stay as they are."""
    fields = [note for page in pdf.pages for note in _notes(page.obj) if _is_field(note)]
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        if not fields:
            return
        form = pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    asked = form.get("/NeedAppearances", False) is True
    if any(_lacks_appearance(field) or (asked and _is_stale(field)) for field in fields):
        _draw_values(pdf, [field for field in fields if asked and _is_stale(field)])
    form.NeedAppearances = False
    others: dict[int, list[Object]] = {}
    for number, page in enumerate(pdf.pages):
        notes = _notes(page.obj)
        if not notes:
            continue
        others[number] = [note for note in notes if not _is_field(note)]
        page.obj.Annots = Array([note for note in notes if _is_field(note)])
    pdf.flatten_annotations("all")
    for number, kept in others.items():
        pdf.pages[number].obj.Annots = Array(kept)
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


def _draw_values(pdf: Pdf, stale: list[Object]) -> None:
    """Fields without a look have the one that PDFium gives them: all lines, all scripts, ticks too.

    Args:
        pdf: changed in place.
        stale: fields that are drawn again; each keeps its old look where PDFium has no other.
    """
    old = [field.AP for field in stale]
    for field in stale:
        del field["/AP"]
    try:
        drawn = _drawn(pdf)
    except pypdfium2.PdfiumError:
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.generate_appearance_streams()
    else:
        with drawn:
            for page, seen in zip(pdf.pages, drawn.pages, strict=False):
                for note, shown in zip(_notes(page.obj), _notes(seen.obj), strict=False):
                    if _is_field(note) and "/AP" not in note and "/AP" in shown:
                        note.AP = pdf.copy_foreign(drawn.make_indirect(shown.AP))
                        if "/AS" not in note and "/AS" in shown:
                            note.AS = Name(str(shown.AS))
    for field, look in zip(stale, old, strict=True):
        if "/AP" not in field:
            field.AP = look


def _drawn(pdf: Pdf) -> Pdf:
    """A copy of the document in which PDFium has drawn the fields that had no look."""
    whole, made = BytesIO(), BytesIO()
    pdf.save(whole)
    document = pypdfium2.PdfDocument(whole.getvalue())
    try:
        document.init_forms()
        for number in range(len(document)):
            document[number].close()
        document.save(made)
    finally:
        document.close()
    return Pdf.open(made, suppress_warnings=True)


def _notes(leaf: Object) -> list[Object]:
    notes = leaf.get("/Annots")
    return list(notes) if isinstance(notes, Array) else []


def _is_field(note: Object) -> bool:
    return isinstance(note, Dictionary) and note.get("/Subtype") == Name.Widget


def _lacks_appearance(field: Object) -> bool:
    return "/AP" not in field and _inherited(field, "/V") is not None


def _is_stale(field: Object) -> bool:
    """Whether the field's look may not be that of its value; one that may need its own letters is kept."""
    value = _inherited(field, "/V")
    if "/AP" not in field or value is None or _inherited(field, "/FT") not in REDRAWN:
        return False
    look = field.AP.get("/N") if isinstance(field.AP, Dictionary) else None
    written = isinstance(look, Stream) and any(word in look.read_bytes() for word in WRITES)
    plain = not isinstance(value, String) or str(value).isascii()
    return plain or not written


def _inherited(field: Object, key: str) -> Object | None:
    """The field's value for ``key``, or that of the fields above it."""
    for _ in range(DEPTH):
        if key in field:
            return field[key]
        above = field.get("/Parent")
        if not isinstance(above, Dictionary):
            return None
        field = above
    return None
