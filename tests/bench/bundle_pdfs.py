"""Small real PDFs to build bundles from, drawn with pikepdf so that every byte is known."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from bundles.pdf.geometry import view_of
from bundles.pdf.spec import BundleSpec, EntrySpec, SectionSpec

A4 = (0.0, 0.0, 595.0, 842.0)
LETTER = (0.0, 0.0, 612.0, 792.0)
LANDSCAPE = (0.0, 0.0, 842.0, 595.0)
LINES = ("In the matter of the claim", "the parties agree as follows,", "and the court is asked to note it.")


@dataclass(frozen=True)
class Sheet:
    """One page: its boxes in user space, its turn for display, and what is on it."""

    box: tuple[float, float, float, float] = A4
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    unit: float = 1.0
    image: bytes | None = None
    text: bool = True
    before: bytes = b""


def make_pdf(path: Path, sheets: Sequence[Sheet], *, name: str = "document") -> Path:
    """A PDF at ``path`` with one page a sheet, whose text reads upright as displayed."""
    with drawn(sheets, name=name) as pdf:
        pdf.save(path, deterministic_id=True, compress_streams=False)
    return path


def drawn(sheets: Sequence[Sheet], *, name: str = "document") -> Pdf:
    """The same as an open Pdf, for tests that add something to it."""
    pdf = Pdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for number, sheet in enumerate(sheets, 1):
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array(list(sheet.box)),
            Rotate=sheet.rotate,
            Resources=Dictionary(Font=Dictionary(F1=font)),
        )
        if sheet.crop:
            page.CropBox = Array(list(sheet.crop))
        if sheet.unit != 1:
            page.UserUnit = sheet.unit
        leaf = pdf.make_indirect(page)
        content = sheet.before
        if sheet.image:
            leaf.Resources.XObject = Dictionary(Im0=_image(pdf, sheet.image))
            content += b"q %g 0 0 %g %g %g cm /Im0 Do Q\n" % (
                sheet.box[2] - sheet.box[0],
                sheet.box[3] - sheet.box[1],
                *sheet.box[:2],
            )
        if sheet.text:
            content += _text(leaf, f"{name}, sheet {number}", hidden=bool(sheet.image))
        leaf.Contents = pdf.make_stream(content)
        pdf.pages.append(pikepdf.Page(leaf))
    return pdf


def scan(seed: int, width: int = 620, height: int = 877) -> bytes:
    """A noisy grey JPEG, the same for the same seed."""
    noise = random.Random(seed).randbytes(width * height)  # noqa: S311 - a picture, not a secret
    buffer = io.BytesIO()
    Image.frombytes("L", (width, height), noise).save(buffer, "JPEG", quality=75)
    return buffer.getvalue()


def spec_of(files: Sequence[Path], **settings: object) -> BundleSpec:
    """A bundle of the files in two sections, with fixed words around them."""
    entries = tuple(EntrySpec(f"Document {file.stem}", None, file, file.name) for file in files)
    half = (len(entries) + 1) // 2
    sections = (
        SectionSpec("A. Statements of case", entries[:half]),
        SectionSpec("B. Evidence", entries[half:]),
    )
    values = {
        "title": "Hearing bundle",
        "case": "Aurelia Laboratories v Baiyun Cloud",
        "claim_number": "IL-2026-000123",
        "court": "In the High Court of Justice",
        "hearing_date": None,
        "sections": tuple(section for section in sections if section.entries),
    }
    return BundleSpec(**{**values, **settings})  # type: ignore[arg-type]


def _image(pdf: Pdf, jpeg: bytes) -> pikepdf.Stream:
    with Image.open(io.BytesIO(jpeg)) as picture:
        width, height = picture.size
    return pikepdf.Stream(
        pdf,
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _text(leaf: pikepdf.Object, heading: str, *, hidden: bool) -> bytes:
    view = view_of(leaf)
    a, b, c, d, _, _ = view.matrix
    e, f = view.to_user(view.width * 0.1, view.height * 0.85)
    lines = b" ".join(b"(%s) Tj 0 -16 Td" % line.encode() for line in (heading, *LINES * 8))
    return b"q %g %g %g %g %g %g cm BT %d Tr /F1 11 Tf %s ET Q\n" % (
        a,
        b,
        c,
        d,
        e,
        f,
        3 if hidden else 0,
        lines,
    )
