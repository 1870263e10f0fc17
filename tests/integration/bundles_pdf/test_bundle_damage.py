"""Damage inside files that open well: no page goes into a bundle blank or without its picture in silence."""

import random
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Pdf, Stream
from PIL import Image, ImageDraw, ImageFile
from PIL.TiffImagePlugin import TiffImageFile

from bundles.pdf import prepare
from bundles.pdf.build import build
from bundles.pdf.errors import SourceRefused
from bundles.pdf.prepare import Prepared, Preparing
from bundles.pdf.sources import open_source
from tests.bench.bundle_pdfs import Sheet, drawn, make_pdf, scan, spec_of

PACKED = zlib.compress(random.Random(1).randbytes(5000).hex().encode())  # noqa: S311 - content, not a secret


def with_content(path: Path, content: Callable[[Pdf], object]) -> Path:
    """Three pages, the second with this content."""
    with drawn([Sheet()] * 3) as pdf:
        pdf.pages[1].obj.Contents = content(pdf)
        pdf.save(path)
    return path


def flate(packed: bytes) -> Callable[[Pdf], object]:
    return lambda pdf: Stream(pdf, packed, Filter=Name.FlateDecode)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(flate(PACKED[: len(PACKED) // 3]), id="cut off"),
        pytest.param(flate(PACKED[:900] + b"\0\xff\0" + PACKED[903:]), id="bytes changed"),
        pytest.param(lambda pdf: Array([pdf.pages[1].obj.Contents, None]), id="a part is missing"),
        pytest.param(lambda pdf: Stream(pdf, b"9jq\xff\xfe9jq~>", Filter=Name.ASCII85Decode), id="no text"),
    ],
)
def test_content_that_cannot_be_read_names_its_page(content: Callable[[Pdf], object], tmp_path: Path) -> None:
    path = with_content(tmp_path / "damaged.pdf", content)
    with pytest.raises(SourceRefused, match="the content of page 2 cannot be read to its end") as refused:
        open_source(path)
    assert "Ask the sender" in refused.value.remedy
    open_source(path, pages=(1, 3)).pdf.close()


def test_content_without_its_checksum_is_whole(tmp_path: Path) -> None:
    open_source(with_content(tmp_path / "whole.pdf", flate(PACKED[:-4]))).pdf.close()


def test_a_page_that_is_missing_in_the_tree_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gap.pdf"
    with drawn([Sheet()] * 3) as pdf:
        pdf.save(path, object_stream_mode=ObjectStreamMode.disable)
    before, kids = path.read_bytes().split(b"/Kids [ ", 1)
    first, second, rest = kids.split(b" R ", 2)
    gap = b"null".ljust(len(second) + 2)
    path.write_bytes(before + b"/Kids [ " + first + b" R " + gap + b" " + rest)
    spec = spec_of([path], on_failure="placeholder")
    (entry,) = build(spec, tmp_path / "out.pdf").entries
    assert (entry.status, entry.reason) == ("placeholder", "damaged: page 2 is missing")


@pytest.mark.parametrize("lenient", [False, True], ids=["strict", "after WeasyPrint was loaded"])
def test_a_picture_that_breaks_off_is_named_with_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lenient: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    whole = scan(3, 300, 400)
    sheets = [Sheet(image=whole), Sheet(image=whole[: len(whole) // 3], text=False), Sheet()]
    sheets.append(Sheet(image=scan(4, 90, 60)[:1500]))
    path = make_pdf(tmp_path / "pictures.pdf", sheets)
    padded = make_pdf(tmp_path / "padded.pdf", [Sheet(image=whole + b"\0" * 9000)])
    spec = spec_of([path, padded])
    broken, sound = build(spec, tmp_path / "out.pdf", kept=tmp_path).entries
    assert (broken.status, sound.reason) == ("included", None)
    assert broken.reason == "The picture on pages 2, 4 is damaged in the original"
    section = replace(spec.sections[0], entries=(replace(spec.entries[0], pages=(1, 3)),))
    (part,) = build(replace(spec, sections=(section,)), tmp_path / "out.pdf", kept=tmp_path).entries
    assert part.reason is None


def picture(*, cut: float) -> tuple[Dictionary, bytes]:
    """Some noise as a deflated picture, of which this part is there."""
    noise = zlib.compress(random.Random(2).randbytes(300 * 400))  # noqa: S311 - content, not a secret
    entries = Dictionary(
        Type=Name.XObject, Subtype=Name.Image, Width=300, Height=400, ColorSpace=Name.DeviceGray,
        BitsPerComponent=8, Filter=Name.FlateDecode,
    )  # fmt: skip
    return entries, noise[: round(cut * len(noise))]


@pytest.mark.parametrize("password", [None, "secret"])
@pytest.mark.parametrize("keep", [False, True], ids=["looked at", "kept from the first look"])
def test_a_deflated_picture_that_breaks_off_is_named_with_its_page(
    tmp_path: Path, keep: bool, password: str | None
) -> None:
    path = tmp_path / "deflated.pdf"
    with drawn([Sheet()] * 4) as pdf:
        for page, cut in ((1, 1.0), (2, 0.4), (3, 0.9)):
            entries, packed = picture(cut=cut)
            leaf = pdf.pages[page].obj
            leaf.Resources.XObject = Dictionary(Im0=pdf.make_stream(packed, entries))
            leaf.Contents = Array([leaf.Contents, pdf.make_stream(b" q 300 0 0 400 90 90 cm /Im0 Do Q")])
        locked = Encryption(owner=password, user=password) if password else False
        pdf.save(path, encryption=locked)
    spec = spec_of([path])
    (entry,) = spec.sections[0].entries
    section = replace(spec.sections[0], entries=(replace(entry, password=password),))
    spec = replace(spec, sections=(section,))
    for _ in range(1 + keep):
        (broken,) = build(spec, tmp_path / "out.pdf", kept=tmp_path if keep else None).entries
        assert "The picture on pages 3, 4 is damaged in the original" in (broken.reason or "")
    section = replace(section, entries=(replace(section.entries[0], pages=(1, 2)),))
    (part,) = build(replace(spec, sections=(section,)), tmp_path / "out.pdf").entries
    assert "damaged" not in (part.reason or "")


WIDE, HIGH = 620, 877


def typed() -> bytes:
    """Some typed lines as facsimile data of T.6, as a scanner of offices packs a page."""
    page = Image.new("1", (WIDE, HIGH), 0)  # ink is 1 to a facsimile
    for place in range(60, 840, 30):
        ImageDraw.Draw(page).text((60, place), f"Paragraph {place}: notice was given.", fill=1)
    tiff = BytesIO()
    page.save(tiff, "TIFF", compression="group4", strip_size=2**30)
    tiff.seek(0)
    tags = TiffImageFile(tiff).tag_v2
    (start,), (length,) = tags[273], tags[279]
    return tiff.getvalue()[start : start + length]


def facsimile(*, cut: float) -> tuple[Dictionary, bytes]:
    packed = typed()
    settings = Dictionary(K=-1, Columns=WIDE, Rows=HIGH)
    return Dictionary(Filter=Array([Name.CCITTFaxDecode]), DecodeParms=Array([settings])), part(packed, cut)


def jbig2(*, cut: float) -> tuple[Dictionary, bytes]:
    """A page's head and one region of facsimile data, whose segment says how long it is."""
    size = WIDE.to_bytes(4, "big") + HIGH.to_bytes(4, "big")
    region = size + bytes(8) + b"\0" + b"\x01" + typed()
    head = b"\0\0\0\0\x30\0\x01" + (19).to_bytes(4, "big") + size + bytes(11)
    packed = head + b"\0\0\0\x01\x26\0\x01" + len(region).to_bytes(4, "big") + region
    return Dictionary(Filter=Name.JBIG2Decode), part(packed, cut)


def part(packed: bytes, cut: float) -> bytes:
    return packed[: round(cut * len(packed))]


@pytest.mark.parametrize("password", [None, "secret"])
@pytest.mark.parametrize("packed", [facsimile, jbig2])
def test_a_scan_in_black_and_white_that_breaks_off_is_named_with_its_page(
    tmp_path: Path, packed: Callable[..., tuple[Dictionary, bytes]], password: str | None
) -> None:
    path = tmp_path / "scan.pdf"
    with drawn([Sheet()] * 3) as pdf:
        for page, cut in enumerate((1.0, 0.5, 1.0)):
            entries, content = packed(cut=cut)
            entries.Type, entries.Subtype = Name.XObject, Name.Image
            entries.Width, entries.Height = WIDE, HIGH
            entries.ColorSpace, entries.BitsPerComponent = Name.DeviceGray, 1
            leaf = pdf.pages[page].obj
            leaf.Resources.XObject = Dictionary(Im0=pdf.make_stream(content, entries))
            leaf.Contents = pdf.make_stream(b"q 500 0 0 700 40 60 cm /Im0 Do Q")
        pdf.save(path, encryption=Encryption(owner=password, user=password) if password else False)
    with pypdfium2.PdfDocument(path, password=password) as document:
        shown = [document[page].render(scale=0.5).to_pil().convert("L") for page in (0, 1)]
    whole, broken = (one.crop((0, 220, 297, 421)) for one in shown)
    assert 500 < sum(whole.histogram()[:200]) < 20_000, "there is writing on the lower half, on white"
    assert whole.tobytes() != broken.tobytes()
    source = open_source(path, password)
    source.pdf.close()
    assert [note for note in source.notes if "damaged" in note] == [
        "The picture on page 2 is damaged in the original"
    ]


def test_a_document_that_takes_for_ever_is_stopped_and_the_next_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "SECONDS", 2.0)
    with drawn([Sheet()]) as pdf:
        box = Array([0, 0, 600, 600])
        inner, words = Dictionary(), b"0 0 9 9 re f"
        for _ in range(9):
            tile = Dictionary(Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, BBox=box)
            tile.XStep, tile.YStep, tile.Resources = 1, 1, inner
            pattern = pdf.make_stream(words, tile)
            inner = Dictionary(Pattern=Dictionary(P=pattern))
            words = b"/Pattern cs /P scn 0 0 600 600 re f"
        pdf.pages[0].obj.Resources, pdf.pages[0].obj.Contents = inner, pdf.make_stream(words)
        pdf.save(tmp_path / "bomb.pdf")
    good = make_pdf(tmp_path / "good.pdf", [Sheet()])
    kept = tmp_path / "kept"
    kept.mkdir()
    with Preparing(kept, keep=True, processes=1) as preparing:
        started = time.perf_counter()
        assert preparing.prepare(tmp_path / "bomb.pdf", None, None, 1).result() == Prepared()
        assert 2 <= time.perf_counter() - started < 30
        assert not list(kept.iterdir()), "what was stopped is looked at again"
        monkeypatch.undo()
        assert len(preparing.prepare(good, None, None, 1).result().pages) == 1
