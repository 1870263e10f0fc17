"""Each planted fault is found by its rule, and by no rule that is not broken by it."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name, Pdf

from bundles.pdf.build import build
from bundles.pdf.check import check
from core.errors import InvalidInput, NotFound
from tests.bench.bundle_pdfs import A4, LANDSCAPE, Sheet, make_pdf, scan, spec_of

Fault = Callable[[Pdf], None]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("faults")
    files = [
        make_pdf(folder / "claim.pdf", [Sheet()] * 3),
        make_pdf(folder / "letter.pdf", [Sheet(LANDSCAPE), Sheet(rotate=90)]),
        make_pdf(folder / "scan.pdf", [Sheet(A4, image=scan(1))]),
    ]
    report = build(spec_of(files), folder / "bundle.pdf")
    assert report.check.passed
    return folder / "bundle.pdf"


def wrong_number(pdf: Pdf) -> None:
    page = pdf.pages[3].obj
    *rest, stamp = page.Contents
    page.Contents = Array([*rest, pdf.make_stream(stamp.read_bytes().replace(b"(4)", b"(5)"))])


def no_number(pdf: Pdf) -> None:
    page = pdf.pages[3].obj
    page.Contents = Array(list(page.Contents)[:-1])


def labels_from_ten(pdf: Pdf) -> None:
    pdf.Root.PageLabels.Nums[1].St = 10


def missing_link(pdf: Pdf) -> None:
    del pdf.pages[0].obj.Annots[1]


def link_elsewhere(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots[1].Dest[0] = pdf.pages[3].obj


def flat_outline(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[:] = [item for top in outline.root for item in (top.children or [top])]


def bookmark_without_page(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].children[0].title = "1. Document claim"


def bookmark_left_out(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        del outline.root[1].children[1]


def unsearchable(pdf: Pdf) -> None:
    page = pdf.pages[6].obj
    opening, own, *end = page.Contents
    drawn = own.read_bytes().split(b"BT")[0] + b"Q\n"
    page.Contents = Array([opening, pdf.make_stream(drawn), *end])


def upside_down(pdf: Pdf) -> None:
    page = pdf.pages[2].obj
    opening, own, *end = page.Contents
    turned = b"q -1 0 0 -1 595 842 cm\n" + own.read_bytes() + b"\nQ\n"
    page.Contents = Array([opening, pdf.make_stream(turned), *end])


def fitted_view(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Array([pdf.pages[0].obj, Name.Fit])


def no_view(pdf: Pdf) -> None:
    del pdf.Root.OpenAction


def zooming_bookmark(pdf: Pdf) -> None:
    pdf.Root.Outlines.First.Dest[4] = 2


FAULTS: list[tuple[Fault, str, tuple[int, ...]]] = [
    (wrong_number, "EW-02", (4,)),
    (no_number, "EW-02", (4,)),
    (labels_from_ten, "EW-02", (1, 2, 3, 4, 5, 6, 7)),
    (missing_link, "EW-04", (1,)),
    (link_elsewhere, "EW-04", (1,)),
    (flat_outline, "EW-05", ()),
    (bookmark_without_page, "EW-05", (2,)),
    (bookmark_left_out, "EW-05", (5,)),
    (unsearchable, "EW-06", (7,)),
    (upside_down, "EW-07", (3,)),
    (fitted_view, "EW-08", (1,)),
    (no_view, "EW-08", ()),
    (zooming_bookmark, "EW-08", (1,)),
]


@pytest.mark.parametrize(
    ("fault", "rule", "pages"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_only_the_broken_rule_fails(
    bundle: Path, tmp_path: Path, fault: Fault, rule: str, pages: tuple[int, ...]
) -> None:
    with Pdf.open(bundle) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    report = check(tmp_path / "faulty.pdf")
    assert [(result.id, result.pages) for result in report.rules if result.status == "fail"] == [
        (rule, pages)
    ]
    assert not report.passed


def test_a_turned_page_breaks_its_orientation_and_its_number(bundle: Path, tmp_path: Path) -> None:
    """Turning a finished page takes its number with it, so both rules are really broken."""
    with Pdf.open(bundle) as pdf:
        pdf.pages[2].rotate(180, relative=True)
        pdf.save(tmp_path / "faulty.pdf")
    failed = {
        result.id: result.pages for result in check(tmp_path / "faulty.pdf").rules if result.status == "fail"
    }
    assert failed == {"EW-02": (3,), "EW-07": (3,)}


def test_a_password_fails_the_first_rule_and_leaves_the_rest_unverified(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="secret", owner="owner"))
    statuses = [result.status for result in check(tmp_path / "locked.pdf").rules]
    assert statuses == ["fail"] + ["unverified"] * (len(statuses) - 1)


def test_restrictions_without_a_password_are_a_warning(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        pdf.save(tmp_path / "restricted.pdf", encryption=pikepdf.Encryption(user="", owner="owner"))
    report = check(tmp_path / "restricted.pdf")
    assert report.rules[0].status == "warn"
    assert report.passed


def test_named_destinations_are_followed(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        links = pdf.pages[0].obj.Annots
        names = pikepdf.NameTree.new(pdf)
        for number, link in enumerate(links):
            names[f"tab{number}"] = link.Dest
            link.Dest = pikepdf.String(f"tab{number}")
        pdf.Root.Names = pikepdf.Dictionary(Dests=names.obj)
        pdf.save(tmp_path / "named.pdf")
    assert check(tmp_path / "named.pdf").passed


def test_what_a_program_cannot_see_is_never_passed(bundle: Path) -> None:
    rules = {result.id: result for result in check(bundle).rules}
    assert rules["EW-03"].status == "unverified"
    assert all(rule.source for rule in rules.values())


def test_unknown_profiles_and_files_are_refused_with_a_remedy(bundle: Path, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Choose one of: ew-2021"):
        check(bundle, profile="moon")
    with pytest.raises(NotFound, match="Check the path"):
        check(tmp_path / "none.pdf")
    (tmp_path / "text.pdf").write_text("not a PDF")
    assert check(tmp_path / "text.pdf").rules[0].status == "fail"
