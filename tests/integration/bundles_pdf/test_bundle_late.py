"""Documents that come after delivery: no page that the court has already changes or moves."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Pdf, String
from PIL import Image, ImageChops

from bundles.pdf.build import build
from bundles.pdf.check import check
from bundles.pdf.contents import BundleSpec, SectionSpec, Standing
from bundles.pdf.report import BuildReport, standing_after
from bundles.pdf.spec import EntrySpec
from core.errors import InvalidInput
from tests.bench.bundle_pdfs import LANDSCAPE, Sheet, make_pdf, spec_of

DELIVERED = date(2026, 11, 3)


def rendered(path: Path) -> list[Image.Image]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=0.7).to_pil().convert("L") for page in document]


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def alike(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and ImageChops.difference(one, other).getbbox() is None


def standing_of(report: BuildReport) -> Standing:
    return standing_after(json.loads(json.dumps(report.as_json())), DELIVERED)


def with_more(spec: BundleSpec, title: str, files: list[Path]) -> BundleSpec:
    late = tuple(
        EntrySpec(f"Late {file.stem} {nth}", None, file, file.name) for nth, file in enumerate(files)
    )
    return replace(spec, sections=(*spec.sections, SectionSpec(title, late)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("late")


@pytest.fixture(scope="module")
def late(folder: Path) -> Path:
    return make_pdf(folder / "late.pdf", [Sheet()] * 2, name="late")


@pytest.fixture(scope="module")
def spec(folder: Path) -> BundleSpec:
    first = make_pdf(folder / "first.pdf", [Sheet(), Sheet(LANDSCAPE)], name="first")
    return spec_of([first, make_pdf(folder / "second.pdf", [Sheet()], name="second")])


@pytest.fixture(scope="module")
def delivered(folder: Path, spec: BundleSpec) -> BuildReport:
    return build(spec, folder / "v1.pdf")


def test_late_documents_come_at_the_end_and_nothing_moves(
    folder: Path, spec: BundleSpec, delivered: BuildReport, late: Path
) -> None:
    more = replace(with_more(spec, "C. Late documents", [late]), standing=standing_of(delivered))
    report = build(more, folder / "v2.pdf")
    before, after = rendered(folder / "v1.pdf"), rendered(folder / "v2.pdf")
    assert report.index_pages == delivered.index_pages
    assert [alike(*pair) for pair in zip(before[1:], after[1:], strict=False)] == [True] * 3
    assert not alike(before[0], after[0])
    assert "Late late 0" in texts(folder / "v2.pdf")[0]
    (delta,) = report.files
    assert (delta.kind, delta.first_page, delta.last_page, delta.pages) == ("delta", 5, 6, 3)
    new = rendered(Path(delta.file))
    assert alike(new[0], after[0])
    assert [alike(*pair) for pair in zip(new[1:], after[4:], strict=True)] == [True] * 2
    with Pdf.open(delta.file) as pdf:
        assert [str(page.label) for page in pdf.pages] == ["1", "5", "6"]
        assert len(pdf.pages[0].obj.Annots) == 1, "only rows whose document is in the file are links"


def test_a_longer_index_stands_before_the_added_documents_and_again_stays_put(
    folder: Path, spec: BundleSpec, delivered: BuildReport, late: Path
) -> None:
    """Two rounds: the second leaves the first's pages, its index included, where they are."""
    many = replace(with_more(spec, "C. Late documents", [late] * 40), standing=standing_of(delivered))
    report = build(many, folder / "v2-long.pdf")
    assert report.index_pages == 1
    assert report.added[0].entries == 40
    assert report.added[0].index_pages >= 1
    assert report.entries[2].first_page == 5 + report.added[0].index_pages
    words = texts(folder / "v2-long.pdf")
    assert "Documents added after 3 November 2026: index 5" in words[0]
    assert "Documents added after 3 November 2026" in words[4]
    with Pdf.open(folder / "v2-long.pdf") as pdf:
        leads = [link for link in pdf.pages[0].obj.Annots if link.Dest[0].objgen == pdf.pages[4].obj.objgen]
        assert len(leads) == 1
    again = replace(with_more(many, "D. Later still", [late]), standing=standing_of(report))
    third = build(again, folder / "v3.pdf")
    before, after = rendered(folder / "v2-long.pdf"), rendered(folder / "v3.pdf")
    same = [alike(*pair) for pair in zip(before, after, strict=False)]
    assert all(same[1:]), [nth + 1 for nth, equal in enumerate(same) if not equal]
    assert [part.entries for part in third.added] == [40, 1]
    assert third.check.passed


def test_a_delivered_document_that_changed_its_length_is_refused(
    folder: Path, spec: BundleSpec, delivered: BuildReport, late: Path
) -> None:
    entry = replace(spec.sections[0].entries[0], file=late, sha256=None)
    changed = replace(spec.sections[0], entries=(entry,))
    three = make_pdf(folder / "three.pdf", [Sheet()] * 3)
    longer = replace(changed, entries=(replace(entry, file=three),))
    with pytest.raises(InvalidInput, match="had 4 pages, but its documents now come to 5"):
        build(
            replace(spec, sections=(longer, spec.sections[1]), standing=standing_of(delivered)),
            folder / "no.pdf",
        )
    assert not (folder / "no.pdf").exists()


def test_a_withdrawn_document_leaves_its_pages_behind(
    folder: Path, spec: BundleSpec, delivered: BuildReport
) -> None:
    gone = replace(spec.sections[0].entries[0], failure="Withdrawn on 9 November 2026.", keeps=2)
    sections = (replace(spec.sections[0], entries=(gone,)), spec.sections[1])
    left = replace(
        spec, sections=sections, standing=standing_of(delivered), on_failure="placeholder", title="Left"
    )
    report = build(left, folder / "left.pdf")
    assert (report.entries[0].first_page, report.entries[0].last_page) == (2, 3)
    assert [("Withdrawn on 9 November" in words) for words in texts(folder / "left.pdf")[1:]] == [
        True,
        True,
        False,
    ]
    assert alike(rendered(folder / "v1.pdf")[3], rendered(folder / "left.pdf")[3])


def test_insertion_is_only_for_profiles_that_allow_it(
    folder: Path, spec: BundleSpec, delivered: BuildReport, late: Path
) -> None:
    entry = EntrySpec("Late letter", None, late, late.name, late=True)
    first = replace(spec.sections[0], entries=(*spec.sections[0].entries, entry))
    inserted = replace(spec, sections=(first, spec.sections[1]), standing=standing_of(delivered))
    with pytest.raises(InvalidInput, match="does not allow late documents in their place"):
        build(inserted, folder / "no.pdf")
    report = build(replace(inserted, profile="ew-2021-inserts"), folder / "inserted.pdf")
    found = {rule.id: rule for rule in report.check.rules}
    assert (found["EW-02A"].status, found["EW-02"].status) == ("pass", "not applicable")
    assert "pages 4, 5" in found["EW-02A"].detail
    assert report.check.passed
    assert report.numbers == ("1", "2", "3", "3A", "3B", "4")
    before, after = rendered(folder / "v1.pdf"), rendered(folder / "inserted.pdf")
    assert all(alike(before[old], after[new]) for old, new in ((1, 1), (2, 2), (3, 5)))
    assert "Late letter 3A" in texts(folder / "inserted.pdf")[0]
    with Pdf.open(folder / "inserted.pdf") as pdf:
        assert [str(page.label) for page in pdf.pages] == list(report.numbers)
    assert [(file.kind, file.pages) for file in report.files] == [("delta", 3)]
    for label, of in (("3B", 4), ("7", 4)):
        _relabel(folder / "inserted.pdf", folder / "wrong.pdf", page=of, label=label)
        wrong = check(folder / "wrong.pdf", profile="ew-2021-inserts")
        assert "EW-02A" in [rule.id for rule in wrong.rules if rule.status == "fail"]


def _relabel(source: Path, target: Path, *, page: int, label: str) -> None:
    """A copy in which the label of one page is another than what the page shows."""
    with Pdf.open(source) as pdf:
        labels = [str(one.label) for one in pdf.pages]
        labels[page - 1] = label
        pairs = [part for n, one in enumerate(labels) for part in (n, Dictionary(P=String(one)))]
        pdf.Root.PageLabels = Dictionary(Nums=Array(pairs))
        pdf.save(target)
