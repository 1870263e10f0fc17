"""What is unusual about a document: forms nobody else can show, files within it, signatures, layers."""

from contextlib import suppress

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from bundles.pdf.errors import SourceRefused

SHOWN_NAMES = 5


def refuse_unshowable(pdf: Pdf) -> None:
    """The pages of the document are what its reader is meant to see.

    Raises:
        SourceRefused: they only say that another program, or another file in it, shows the real content.
    """
    form = pdf.Root.get("/AcroForm")
    # Where the form's fields are only in XFA, the pages hold nothing but "please wait".
    hollow = isinstance(form, Dictionary) and "/XFA" in form and not _listed(form, "/Fields")
    if pdf.Root.get("/NeedsRendering", False) or hollow:
        raise SourceRefused(
            "a dynamic form (XFA) whose content only Adobe Acrobat can show",
            remedy="Open it in Adobe Acrobat, print it to a new PDF and use that.",
        )
    if "/Collection" in pdf.Root:
        names = attached_names(pdf)
        inside = f": {', '.join(names)}" if names else ""
        raise SourceRefused(
            f"a PDF portfolio, whose documents are files inside it{inside}",
            remedy="Open it in Adobe Acrobat, take the files out and add each of them as a document.",
        )


def attached_names(pdf: Pdf) -> tuple[str, ...]:
    """The names of the files attached to the document, the first few and how many more."""
    names: list[str] = []
    with suppress(pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError):
        names = list(pdf.attachments)
    more = len(names) - SHOWN_NAMES
    return (*names[:SHOWN_NAMES], f"{more} more") if more > 0 else tuple(names)


def is_signed(pdf: Pdf) -> bool:
    """Whether the document holds an electronic signature."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return False
    fields = _listed(form, "/Fields")
    for _ in range(10_000):
        if not fields:
            break
        field = fields.pop()
        if not isinstance(field, Dictionary):
            continue
        if field.get("/FT") == Name.Sig and "/V" in field:
            return True
        fields += _listed(field, "/Kids")
    return False


def keep_layers(bundle: Pdf, pdf: Pdf) -> None:
    """Layers that the document hides stay hidden in the bundle, into which its pages were copied."""
    layers = pdf.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    default = layers.get("/D")
    if not isinstance(default, Dictionary):
        default = Dictionary()
    groups = _dictionaries(layers, "/OCGs")
    hidden = {group.objgen for group in _dictionaries(default, "/OFF")}
    if default.get("/BaseState") == Name.OFF:
        hidden = {group.objgen for group in groups} - {
            group.objgen for group in _dictionaries(default, "/ON")
        }
    if "/OCProperties" not in bundle.Root:
        bundle.Root.OCProperties = Dictionary(OCGs=Array(), D=Dictionary(OFF=Array(), Order=Array()))
    kept = bundle.Root.OCProperties
    for group in groups:
        if not group.is_indirect:
            continue
        copied = bundle.copy_foreign(group)
        kept.OCGs.append(copied)
        kept.D.Order.append(copied)
        if group.objgen in hidden:
            kept.D.OFF.append(copied)


def _dictionaries(holder: Object, key: str) -> list[Object]:
    return [one for one in _listed(holder, key) if isinstance(one, Dictionary)]


def _listed(holder: Object, key: str) -> list[Object]:
    found = holder.get(key)
    return list(found) if isinstance(found, Array) else []
