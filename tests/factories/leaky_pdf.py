"""PDFs that hold a word wherever a careless redaction leaves it, and a search of every such place."""

import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

SECRET = "Wintergreen"
SIZE = (300.0, 200.0)
LINE = (0.1, 0.1, 0.9, 0.28)  # around the first line of ``plain_page``, in fractions of the page


def leaky(path: Path) -> Path:
    """Page 1 shows the secret; page 2 shows none, but it is all around: notes, tags, layers, spare parts."""
    with Pdf.new() as pdf:
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        font.Metadata = pdf.make_stream(SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML)
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(f"layer {SECRET}")))
        spare = pdf.make_stream(
            f"BT /F1 12 Tf 20 20 Td ({SECRET} spare) Tj ET".encode(),
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=Array([0, 0, 300, 200]),
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        shared = pdf.make_indirect(
            Dictionary(
                Font=Dictionary(F1=font),
                XObject=Dictionary(Spare=spare, Photo=_photo(pdf)),
                Properties=Dictionary(Layer=layer),
            )
        )
        first = f"BT /F1 18 Tf 40 160 Td (Dear {SECRET} Smith) Tj 0 -40 Td (the sum is due) Tj ET"
        second = (
            f"/Span <</ActualText ({SECRET}) /Alt ({SECRET})>> BDC "
            "BT /F1 18 Tf 40 160 Td (Yours truly) Tj ET EMC "
            f"q 60 0 0 40 40 60 cm /Photo Do Q % {SECRET}\n"
        )
        pages = [_page(pdf, shared, text) for text in (first, second)]
        pages[1].Annots = Array(
            [
                Dictionary(
                    Type=Name.Annot,
                    Subtype=Name.Text,
                    F=2,
                    Rect=Array([9, 9, 20, 20]),
                    Contents=String(SECRET),
                )
            ]
        )
        pages[1].PieceInfo = Dictionary(Editor=Dictionary(Private=String(SECRET)))
        pages[1].Thumb = pdf.make_stream(SECRET.encode(), Width=1, Height=1)
        pages[1].Metadata = pdf.make_stream(SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML)
        _surround(pdf, layer)
        pdf.save(path, compress_streams=False)
    return path


def plain_page(path: Path, *, before: str = "", pages: int = 1) -> Path:
    """Pages whose first line is ``Dear Wintergreen``, with drawing instructions of the caller's before it."""
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        resources = pdf.make_indirect(Dictionary(Font=Dictionary(F1=pdf.make_indirect(font))))
        for _ in range(pages):
            _page(
                pdf,
                resources,
                f"{before} BT /F1 18 Tf 40 160 Td (Dear {SECRET}) Tj 0 -40 Td (the sum is due) Tj ET",
            )
        pdf.save(path)
    return path


def everything_in(path: Path) -> str:
    """Every string, name and decoded stream of the file, in one text, lower case, without zero bytes."""
    parts: list[bytes] = []
    with Pdf.open(path) as pdf:
        for thing in [*pdf.objects, pdf.trailer]:
            parts.append(thing.unparse(resolved=True) if not isinstance(thing, pikepdf.Stream) else b"")
            parts += [bytes(value) for value in _strings(thing)]
            if isinstance(thing, pikepdf.Stream):
                parts.append(repr(dict(thing.items())).encode())
                parts.append(_decoded(thing))
    return b"\n".join(parts).replace(b"\0", b"").decode("latin-1").lower()


def _page(pdf: Pdf, resources: pikepdf.Object, content: str) -> pikepdf.Object:
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, *SIZE]),
        Resources=resources,
        Contents=pdf.make_stream(content.encode()),
    )
    leaf = pdf.make_indirect(page)
    pdf.pages.append(pikepdf.Page(leaf))
    return leaf


def _surround(pdf: Pdf, layer: pikepdf.Object) -> None:
    """The secret stands in the document's properties, metadata, bookmarks, tags, form, files and scripts."""
    pdf.docinfo[Name.Title] = SECRET
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = SECRET
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(SECRET, 0))
    pdf.attachments[f"{SECRET}.txt"] = SECRET.encode()
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.P, Alt=String(SECRET)))
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String(SECRET), V=String(SECRET)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=Array([layer])))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{SECRET}')"))


def _photo(pdf: Pdf) -> pikepdf.Stream:
    """A small picture whose JPEG carries a comment."""
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((32, 32)).save(buffer, "JPEG", comment=SECRET.encode())
    return pikepdf.Stream(
        pdf,
        buffer.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=32,
        Height=32,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _strings(thing: pikepdf.Object, depth: int = 0) -> list[pikepdf.String]:
    if isinstance(thing, pikepdf.String):
        return [thing]
    if depth > 20 or not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array):
        return []
    inside = thing.as_list() if isinstance(thing, pikepdf.Array) else [value for _, value in thing.items()]
    return [
        string
        for value in inside
        if isinstance(value, pikepdf.Object) and not value.is_indirect
        for string in _strings(value, depth + 1)
    ]


def _decoded(stream: pikepdf.Stream) -> bytes:
    """The stream with every compression undone that is not a picture's."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()
