"""Volumes and sizes: split between documents, numbers run on, images no finer than they need to be."""

import io
from dataclasses import replace
from pathlib import Path
from typing import cast

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, PdfImage, Stream
from PIL import Image, ImageChops, ImageDraw, ImageStat

from bundles.pdf import prepare
from bundles.pdf import profile as profiles
from bundles.pdf.build import build
from bundles.pdf.contents import BundleSpec, EntrySpec, SectionSpec
from bundles.pdf.profile import Limits
from bundles.pdf.report import BuildReport
from tests.bench.bundle_pdfs import Sheet, drawn, make_pdf, spec_of


def limited(monkeypatch: pytest.MonkeyPatch, **limits: object) -> None:
    usual = profiles.load("ew-2021")
    changed = replace(usual, limits=Limits(**limits))  # type: ignore[arg-type]
    monkeypatch.setattr(profiles, "load", lambda name: changed)


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def photograph(width: int, height: int, mode: str = "L") -> Image.Image:
    """Writing on paper with some grain, as a scanner sees it."""
    picture = Image.effect_noise((width, height), 18).point(lambda grey: min(255, grey + 100))
    pen = ImageDraw.Draw(picture)
    for line in range(height // 10, height * 9 // 10, height // 40):
        pen.rectangle((width // 8, line, width * 7 // 8, line + height // 120), fill=30)
    return picture.convert(mode)


def placed(path: Path, pictures: list[Image.Image], encoding: str) -> Path:
    """A page for each picture, which covers all of it."""
    with drawn([Sheet()] * len(pictures)) as pdf:
        for page, picture in zip(pdf.pages, pictures, strict=True):
            buffer = io.BytesIO()
            image = Dictionary(Type=Name.XObject, Subtype=Name.Image)
            image.Width, image.Height = picture.size
            image.BitsPerComponent = 1 if picture.mode == "1" else 8
            image.ColorSpace = Name.DeviceRGB if picture.mode == "RGB" else Name.DeviceGray
            stream = pdf.make_stream(b"", image)
            if encoding == "jpeg":
                picture.save(buffer, "JPEG", quality=90)
                stream.write(buffer.getvalue(), filter=Name.DCTDecode)
            else:
                stream.write(picture.tobytes())
            page.obj.Resources.XObject = Dictionary(Im0=stream)
            text = page.obj.Contents.read_bytes()
            page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q\n" + text)
        pdf.save(path)
    return path


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> BundleSpec:
    folder = tmp_path_factory.mktemp("volumes")
    files = [make_pdf(folder / f"{nth}.pdf", [Sheet()] * 4, name=f"deed {nth}") for nth in range(7)]
    with Pdf.open(files[0], allow_overwriting_input=True) as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
        link.Dest = Array([pdf.pages[3].obj, Name.Fit])
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pdf.save()
    return spec_of(files)


def test_volumes_split_between_documents_and_number_on(
    documents: BundleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, volume_pages=14)
    report = build(documents, tmp_path / "out.pdf")
    assert report.check.passed
    runs = [(file.first_page, file.last_page, file.pages) for file in report.files]
    assert runs == [(1, 13, 13), (14, 26, 13), (27, 31, 5)]
    assert [entry.first_page for entry in report.entries] == [2, 6, 10, 15, 19, 23, 28]
    whole = texts(tmp_path / "out.pdf")
    assert "Document 3 2 15" in whole[0], "a row of the whole index names volume and page"
    for number, file in enumerate(report.files, 1):
        assert texts(Path(file.file)) == whole[file.first_page - 1 : file.last_page]
        with Pdf.open(file.file) as pdf:
            assert [str(page.label) for page in pdf.pages] == [
                str(page) for page in range(file.first_page, file.last_page + 1)
            ]
            assert pdf.Root.OpenAction[4] == 1
            own = {page.obj.objgen for page in pdf.pages}
            links = [link for page in pdf.pages for link in page.obj.get("/Annots", [])]
            assert all(link.Dest[0].objgen in own for link in links)
            assert len(links) == {1: 3 + 1, 2: 3, 3: 1}[number]
            with pdf.open_outline() as outline:
                assert outline.root[0].title == (
                    "Index (p. 1)" if number == 1 else f"Contents (p. {file.first_page})"
                )
                assert len(outline.root) > 1
    assert "Volume 2: pages 14 to 26" in whole[13]


def test_an_index_volume_stands_apart(
    documents: BundleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, volume_pages=20, index_volume=True)
    report = build(documents, tmp_path / "out.pdf")
    assert [(file.first_page, file.last_page) for file in report.files] == [(1, 1), (2, 18), (19, 31)]


def test_volumes_of_an_earlier_build_are_named(
    documents: BundleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paralegal who sends every file of the folder must not send one that is no longer part of it."""
    limited(monkeypatch, volume_pages=14)
    assert build(documents, tmp_path / "out.pdf").warnings == ()
    limited(monkeypatch, volume_pages=20)
    report = build(documents, tmp_path / "out.pdf")
    assert len(report.files) == 2
    assert "no part of this bundle: out - volume 3.pdf. Take it away" in report.warnings[-1]


def test_the_ninth_circuit_has_its_index_in_a_volume_of_its_own(
    documents: BundleSpec, tmp_path: Path
) -> None:
    report = build(replace(documents, profile="us-9th-excerpts"), tmp_path / "out.pdf")
    assert [(file.first_page, file.last_page) for file in report.files] == [(1, 1), (2, 30)]
    (rule,) = [rule for rule in report.check.rules if rule.id == "9C-01"]
    assert (rule.status, rule.detail[:23]) == ("pass", "Delivered in 2 volumes ")


def test_a_document_above_the_limit_is_never_cut_but_spoken_of(
    documents: BundleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, volume_mib=0.004)
    report = build(documents, tmp_path / "out.pdf")
    assert len(report.files) == 7
    assert "holds a single document that large" in report.warnings[0]


@pytest.fixture(scope="module")
def scans(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("scans")
    small = photograph(620, 877)
    fine = photograph(2480, 3508)
    return {
        "fine": placed(folder / "fine.pdf", [photograph(3300, 4668)], "jpeg"),
        "colour": placed(folder / "colour.pdf", [fine.convert("RGB")], "jpeg"),
        "fax": placed(
            folder / "fax.pdf", [photograph(3300, 4668).point(lambda g: 255 * (g > 90)).convert("1")], "raw"
        ),
        "coarse": placed(folder / "coarse.pdf", [small], "jpeg"),
    }


def pictures_of(report: BuildReport) -> list[tuple[int, int]]:
    with Pdf.open(report.file) as pdf:
        return [
            (int(image.Width), int(image.Height))
            for page in pdf.pages
            for image in page.get_images().values()
        ]


def test_images_finer_than_the_limit_are_made_coarser_and_look_the_same(
    scans: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, dpi=300)
    files = [scans["fine"], scans["fax"], scans["coarse"]]
    report = build(spec_of(files), tmp_path / "out.pdf")
    sizes = pictures_of(report)
    assert report.size
    assert (report.size.images, report.size.dpi) == (2, 300)
    assert report.size.after < report.size.before * 0.8
    assert "1 image was made coarser" in str(report.entries[0].reason)
    assert sizes[2] == (620, 877)
    assert all(2400 < width <= 2480 for width, _ in sizes[:2])
    with Pdf.open(scans["coarse"]) as before, Pdf.open(report.file) as after:
        one, other = (
            next(iter(page.get_images().values())).read_raw_bytes()
            for page in (before.pages[0], after.pages[-1])
        )
        assert one == other, "what is coarse enough keeps its own bytes"
        (picture,) = after.pages[2].get_images().values()
        assert PdfImage(cast(Stream, picture)).as_pil_image().mode == "1"
    with pypdfium2.PdfDocument(report.file) as bundle:
        for nth, file in enumerate(files):
            with pypdfium2.PdfDocument(file) as source:
                one, other = (
                    page.render(scale=0.5).to_pil().convert("L").crop((0, 0, 260, 380))
                    for page in (source[0], bundle[nth + 1])
                )
            assert ImageStat.Stat(ImageChops.difference(one, other)).mean[0] < 6, file.name


def test_a_bundle_becomes_as_small_as_asked_or_says_that_it_cannot(
    scans: dict[str, Path], tmp_path: Path
) -> None:
    spec = spec_of([scans["colour"], scans["coarse"]])
    free = build(spec, tmp_path / "free.pdf")
    assert free.size
    wanted = free.size.after / 3
    report = build(replace(spec, largest_mib=wanted), tmp_path / "small.pdf")
    assert report.size
    assert report.size.fits is True
    assert report.size.after <= wanted
    assert report.size.dpi in (200, 150, 120, 96)
    never = build(replace(spec, largest_mib=0.01), tmp_path / "never.pdf")
    assert never.size
    assert never.size.fits is False
    assert "making them coarser would not do" in never.warnings[0]


def test_what_was_found_of_a_document_is_kept_and_changes_nothing(
    scans: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limited(monkeypatch, dpi=300)
    kept = tmp_path / "kept"
    kept.mkdir()
    spec = spec_of([scans["fine"], scans["coarse"]])
    for name in ("first", "again"):
        build(spec, tmp_path / f"{name}.pdf", kept=kept)
    first, again = ((tmp_path / f"{name}.pdf").read_bytes() for name in ("first", "again"))
    assert first == again
    assert sorted(path.suffix for path in kept.iterdir()) == [".json"] * 4 + [".pdf"]
    for broken in kept.glob("*.json"):
        broken.write_text("{")
    build(spec, tmp_path / "mended.pdf", kept=kept)
    assert (tmp_path / "mended.pdf").read_bytes() == first


def test_a_long_index_is_laid_out_in_parts_that_look_alike(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "one.pdf", [Sheet()])
    titles = (
        "Letter",
        "A longer title of a letter that surely needs a second line in the index of the bundle",
    )
    entries = [EntrySpec(f"{titles[nth % 9 == 0]} {nth}", None, file, file.name) for nth in range(450)]
    sections = (SectionSpec("A. Letters", tuple(entries[:200])), SectionSpec("B. More", tuple(entries[200:])))
    report = build(spec_of([], sections=sections), tmp_path / "out.pdf")
    assert report.check.passed, report.check
    assert report.entries[-1].last_page == report.pages
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        rows = [len(page.obj.Annots) for page in list(pdf.pages)[: report.index_pages]]
    assert sum(rows) == 450
    assert min(rows[1:-1]) > 20, f"no page of the index is left half empty: {rows}"


def test_a_program_that_hangs_is_stopped_and_the_pages_are_numbered_all_the_same(
    documents: BundleSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare, "SECONDS", 0.0)
    monkeypatch.setattr(prepare, "PAGE_SECONDS", 0.0)
    report = build(documents, tmp_path / "out.pdf")
    assert report.check.passed
    assert report.pages == 29
    assert all("could not be found out" in str(entry.reason) for entry in report.entries)
