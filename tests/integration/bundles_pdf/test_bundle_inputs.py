"""What offices really send: each document is shown as it was, or is named with the reason and the remedy."""

from dataclasses import replace
from pathlib import Path
from typing import cast

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageChops, ImageDraw

from bundles.pdf.build import build
from bundles.pdf.contents import SectionSpec
from bundles.pdf.geometry import view_of
from bundles.pdf.report import BuildReport, EntryReport
from bundles.pdf.spec import EntrySpec
from bundles.pdf.stamp import MARK
from tests.bench.bundle_pdfs import A4, LETTER, Sheet, drawn, make_pdf, spec_of

INTAKE = Path(__file__).parents[4] / "shared" / "corpus" / "intake"
SCALE = 0.6


def rendered(path: Path, numbers: range | None = None, password: str | None = None) -> list[Image.Image]:
    with pypdfium2.PdfDocument(path, password=password) as document:
        document.init_forms()
        wanted = numbers or range(1, len(document) + 1)
        return [document[n - 1].render(scale=SCALE).to_pil().convert("L") for n in wanted]


def without_marks(picture: Image.Image, leaf: pikepdf.Object, width: float) -> Image.Image:
    """The picture with the bundle's own marks painted white."""
    (boxes,) = [part[MARK] for part in leaf.Contents if MARK in part]
    edges = [float(edge) for edge in boxes]
    scale = picture.width / width
    white = ImageDraw.Draw(picture)
    for at in range(0, len(edges), 4):
        x, y, wide, high = (edge * scale for edge in edges[at : at + 4])
        white.rectangle(
            (x - 2, picture.height - y - high - 2, x + wide + 2, picture.height - y + 2), fill=255
        )
    return picture


def same_outside_marks(
    source: Path, report: BuildReport, entry: EntryReport, password: str | None = None
) -> None:
    """Each page of the source looks the same in the bundle, apart from the bundle's own marks."""
    assert entry.first_page
    assert entry.last_page
    run = range(entry.first_page, entry.last_page + 1)
    with Pdf.open(report.file) as pdf:
        before, after = rendered(source, password=password), rendered(Path(report.file), run)
        for number, one, other in zip(run, before, after, strict=True):
            assert one.size == other.size, f"page {number}"
            leaf = pdf.pages[number - 1].obj
            width = view_of(leaf).width
            difference = ImageChops.difference(
                *(without_marks(picture, leaf, width) for picture in (one, other))
            )
            assert max(cast("tuple[int, int]", difference.getextrema())) < 40, (
                f"page {number} of the bundle looks different"
            )


@pytest.mark.skipif(not INTAKE.is_dir(), reason="the shared material is absent")
def test_every_page_of_real_files_looks_as_it_did(tmp_path: Path) -> None:
    files = sorted(INTAKE.glob("*.pdf"))
    spec = spec_of(files, on_failure="placeholder")
    locked = [replace(entry, password="hunter2") for entry in spec.entries]
    report = build(replace(spec, sections=(SectionSpec("A", tuple(locked)),)), tmp_path / "out.pdf")
    refused = {entry.source: entry.reason for entry in report.entries if entry.status == "placeholder"}
    assert refused.keys() == {"empty.pdf", "invalid.pdf", "livecycle.pdf"}
    for path, entry in zip(files, report.entries, strict=True):
        if entry.status == "included":
            same_outside_marks(path, report, entry, "hunter2" if "password" in path.name else None)


def test_a_locked_document_is_included_with_its_password_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    with drawn([Sheet()]) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="Überweisung", owner="x"))
    spec = spec_of([path], on_failure="placeholder")
    (entry,) = spec.entries
    tries = [replace(entry, password=word) for word in ("Überweisung", "wrong")] + [entry]
    report = build(replace(spec, sections=(SectionSpec("A", tuple(tries)),)), tmp_path / "out.pdf")
    assert [found.status for found in report.entries] == ["included", "placeholder", "placeholder"]
    assert "locked with a password; the copy opens without it" in str(report.entries[0].reason)
    assert "the one that was given does not open it" in str(report.entries[1].reason)
    same_outside_marks(path, report, report.entries[0], "Überweisung")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        assert not pdf.is_encrypted


def test_hidden_layers_stay_hidden(tmp_path: Path) -> None:
    path = tmp_path / "layers.pdf"
    with drawn([Sheet(text=False)] * 2) as pdf:
        groups = [
            pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name))) for name in ("shown", "hidden")
        ]
        pdf.Root.OCProperties = Dictionary(OCGs=Array(groups), D=Dictionary(OFF=Array([groups[1]])))
        for page in pdf.pages:
            page.obj.Resources.Properties = Dictionary(A=groups[0], B=groups[1])
            page.obj.Contents = pdf.make_stream(
                b"/OC /A BDC 60 600 200 40 re f EMC /OC /B BDC 60 300 400 200 re f EMC"
            )
        pdf.save(path)
    report = build(spec_of([path]), tmp_path / "out.pdf")
    assert "layers" in str(report.entries[0].reason)
    same_outside_marks(path, report, report.entries[0])


def test_a_portfolio_names_the_files_inside_it(tmp_path: Path) -> None:
    path = tmp_path / "portfolio.pdf"
    with drawn([Sheet()]) as pdf:
        pdf.attachments["Lease.pdf"] = b"%PDF-1.4"
        pdf.Root.Collection = Dictionary(Type=Name.Collection)
        pdf.save(path)
    report = build(spec_of([path], on_failure="placeholder"), tmp_path / "out.pdf")
    assert "portfolio, whose documents are files inside it: Lease.pdf" in str(report.entries[0].reason)


def test_signatures_and_attachments_are_spoken_of(tmp_path: Path) -> None:
    path = tmp_path / "signed.pdf"
    with drawn([Sheet()]) as pdf:
        signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String("00")))
        field = Dictionary(FT=Name.Sig, T=String("s"), V=signature, Subtype=Name.Widget, Rect=[0, 0, 0, 0])
        pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]), SigFlags=3)
        pdf.attachments["ledger.xlsx"] = b"PK"
        pdf.save(path)
    reason = str(build(spec_of([path]), tmp_path / "out.pdf").entries[0].reason)
    assert "signature does not hold for this copy" in reason
    assert "Files attached to it are not in the copy: ledger.xlsx" in reason


def test_a_selection_of_pages_in_its_own_order(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    with drawn([Sheet(), Sheet(LETTER), Sheet(rotate=90)]) as pdf:
        for to, page in enumerate(reversed(pdf.pages)):
            link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
            link.Dest = Array([pdf.pages[to].obj, Name.Fit])
            page.obj.Annots = Array([pdf.make_indirect(link)])
        pdf.save(path)
    spec = spec_of([path], on_failure="placeholder")
    (entry,) = spec.entries
    beyond = replace(entry, pages=(2, 9))
    chosen = SectionSpec("A", (replace(entry, pages=(3, 1)), beyond))
    report = build(replace(spec, sections=(chosen,)), tmp_path / "out.pdf")
    first, second = report.entries
    assert (first.first_page, first.last_page) == (2, 3)
    assert "it has no page 9 (its last page is 3)" in str(second.reason)
    shown = rendered(tmp_path / "out.pdf", range(2, 4))
    wanted = rendered(path)
    assert [page.size for page in shown] == [wanted[2].size, wanted[0].size]
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        targets = [[link.Dest[0].objgen for link in page.obj.Annots] for page in list(pdf.pages)[1:3]]
        assert targets == [[pdf.pages[2].obj.objgen], [pdf.pages[1].obj.objgen]]


ODD = {
    "tiny": Sheet((0, 0, 90, 60)),
    "huge": Sheet((0, 0, 3370, 4768)),
    "unit": Sheet((0, 0, 300, 400), unit=2.5),
    "offset": Sheet((-300, 500, 295, 1342)),
    "cropped and turned": Sheet((-50, 20, 545, 862), rotate=270, crop=(0, 100, 400, 700)),
    "upside down": Sheet(A4, rotate=180),
}


def test_pages_of_any_shape_look_as_they_did(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "odd.pdf", list(ODD.values()))
    report = build(spec_of([path]), tmp_path / "out.pdf")
    same_outside_marks(path, report, report.entries[0])


def test_a_document_kept_elsewhere_has_a_page_that_leads_there(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "deed.pdf", [Sheet()])
    entries = (
        EntrySpec("Deed", None, path, path.name),
        EntrySpec("Deed", None, Path(), "", signpost="tab 1 of this bundle", signpost_to=1),
        EntrySpec("Expert report", None, Path(), "", signpost="bundle B, page 12"),
    )
    report = build(spec_of([], sections=(SectionSpec("A", entries),)), tmp_path / "out.pdf")
    assert [entry.status for entry in report.entries] == ["included", "placeholder", "placeholder"]
    assert report.entries[2].reason == "Kept elsewhere: bundle B, page 12"
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        (link,) = pdf.pages[2].obj.Annots
        assert link.Dest[0].objgen == pdf.pages[1].obj.objgen
        assert "/Annots" not in pdf.pages[3].obj
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        words = " ".join(document[2].get_textpage().get_text_bounded().split())
    assert "tab 1 of this bundle, page 2" in words
