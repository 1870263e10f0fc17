"""Form fields: what was typed into them stays on the page after they stop being fields."""

from pikepdf import Array, Dictionary, Name, Object, Pdf


def flatten_fields(pdf: Pdf) -> None:
    """Every form field's visible value is part of its page; comments and links stay as they are."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return
    others: dict[int, list[Object]] = {}
    for number, page in enumerate(pdf.pages):
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        fields = [note for note in notes if _is_field(note)]
        if any(_lacks_appearance(field) for field in fields):
            form.NeedAppearances = True
        others[number] = [note for note in notes if not _is_field(note)]
        page.obj.Annots = Array(fields)
    if form.get("/NeedAppearances", False):
        pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    for number, kept in others.items():
        pdf.pages[number].obj.Annots = Array(kept)
    if "/AcroForm" in pdf.Root:
        del pdf.Root.AcroForm


def _is_field(note: Object) -> bool:
    return isinstance(note, Dictionary) and note.get("/Subtype") == Name.Widget


def _lacks_appearance(field: Object) -> bool:
    return "/AP" not in field and ("/V" in field or "/V" in field.get("/Parent", Dictionary()))
