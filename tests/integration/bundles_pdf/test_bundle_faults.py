"""Each planted fault is found by its rule, and by no rule that is not broken by it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name, Pdf

from bundles.pdf.build import build
from bundles.pdf.check import CheckReport, check
from bundles.pdf.profile import load
from bundles.pdf.spec import BundleSpec
from core.errors import InvalidInput, NotFound
from tests.bench.bundle_pdfs import A4, LANDSCAPE, Sheet, make_pdf, scan, spec_of

Fault = Callable[[Pdf], None]


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good bundle: index on page 1, claim 2-4, letter 5-6, scan 7, note 8, memo 9."""
    folder = tmp_path_factory.mktemp("faults")
    files = [
        make_pdf(folder / "claim.pdf", [Sheet()] * 3, name="claim"),
        make_pdf(folder / "letter.pdf", [Sheet(LANDSCAPE), Sheet(rotate=90)], name="letter"),
        make_pdf(folder / "scan.pdf", [Sheet(A4, image=scan(1))], name="scan"),
        make_pdf(folder / "note.pdf", [Sheet()], name="note"),
        make_pdf(folder / "memo.pdf", [Sheet()], name="memo"),
    ]
    out = folder / "IL-2026-000123 Aurelia v Baiyun Hearing bundle 2026-12-01.pdf"
    report = build(dated(files, [1, 2, 3, 4, 5]), out)
    assert report.check.passed
    return out


def dated(files: list[Path], days: list[int]) -> BundleSpec:
    """A bundle of the files in two sections, dated on these days of one month."""
    spec = spec_of(files, profile="ew-chancery")
    moments = iter(days)
    sections = tuple(
        replace(
            section,
            entries=tuple(replace(entry, date=date(2026, 9, next(moments))) for entry in section.entries),
        )
        for section in spec.sections
    )
    return replace(spec, sections=sections)


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


def moved_numbers(pdf: Pdf) -> None:
    for page in pdf.pages:
        *rest, stamp = page.obj.Contents
        aside = b"0 -400" if page.obj.get("/Rotate", 0) == 90 else b"-400 0"  # to the left as displayed
        moved = b"q 1 0 0 1 " + aside + b" cm\n" + stamp.read_bytes() + b"\nQ\n"
        page.obj.Contents = Array([*rest, pdf.make_stream(moved)])


def number_on_text(pdf: Pdf) -> None:
    page = pdf.pages[1].obj
    opening, own, *end = page.Contents
    under = b"\nBT /F1 11 Tf 530 20 Td (Signed by both of them) Tj ET\n"
    page.Contents = Array([opening, pdf.make_stream(own.read_bytes() + under), *end])


def reworded_bookmark(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root[1].children[0].title = "1. Something other (p. 2)"


def second_copy(pdf: Pdf) -> None:
    pdf.pages[8].obj.Contents[1] = pdf.pages[7].obj.Contents[1]


def small_and_fine(pdf: Pdf) -> None:
    page = pdf.pages[6].obj
    opening, own, *end = page.Contents
    shrunk = own.read_bytes().replace(b"q 595 0 0 842 0 0 cm", b"q 100 0 0 141 0 0 cm")
    page.Contents = Array([opening, pdf.make_stream(shrunk), *end])


def sheet_without_link(pdf: Pdf) -> None:
    page = pdf.pages[8].obj
    opening, _, *end = page.Contents
    words = b"BT /F1 11 Tf 100 600 Td (This letter is kept elsewhere: see page 4) Tj ET\n"
    page.Contents = Array([opening, pdf.make_stream(words), *end])


def called_core(pdf: Pdf) -> None:
    page = pdf.pages[1].obj
    opening, own, *end = page.Contents
    words = b"BT /F1 11 Tf 100 100 Td (Core bundle) Tj ET\n"
    page.Contents = Array([opening, pdf.make_stream(own.read_bytes() + words), *end])


FAULTS: list[tuple[Fault, str, tuple[int, ...]]] = [
    (wrong_number, "EW-02", (4,)),
    (no_number, "EW-02", (4,)),
    (labels_from_ten, "EW-02", tuple(range(1, 10))),
    (missing_link, "EW-04", (1,)),
    (link_elsewhere, "EW-04", (1,)),
    (flat_outline, "EW-05", ()),
    (bookmark_without_page, "EW-05", (2,)),
    (unsearchable, "EW-06", (7,)),
    (upside_down, "EW-07", (3,)),
    (fitted_view, "EW-08", (1,)),
    (no_view, "EW-08", ()),
    (zooming_bookmark, "EW-08", (1,)),
    (small_and_fine, "EW-11", (7,)),
    (moved_numbers, "CC-02", ()),
    (number_on_text, "CC-02", (2,)),
    (reworded_bookmark, "CC-03", (2,)),
    (second_copy, "CC-04", (9,)),
    (called_core, "CC-06", tuple(range(2, 10))),
    (sheet_without_link, "CC-07", (9,)),
]


def failing(report: CheckReport) -> list[tuple[str, tuple[int, ...]]]:
    return [(result.id, result.pages) for result in report.rules if result.status == "fail"]


@pytest.mark.parametrize(
    ("fault", "rule", "pages"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_only_the_broken_rule_fails(
    bundle: Path, tmp_path: Path, fault: Fault, rule: str, pages: tuple[int, ...]
) -> None:
    with Pdf.open(bundle) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert failing(check(tmp_path / "faulty.pdf", profile="ew-chancery")) == [(rule, pages)]


def test_a_bookmark_left_out_breaks_both_rules_about_bookmarks(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        bookmark_left_out(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    report = check(tmp_path / "faulty.pdf", profile="ew-chancery")
    assert failing(report) == [("EW-05", (5,)), ("CC-03", (5,))]


def test_the_good_bundle_needs_only_a_person_for_the_rest(bundle: Path) -> None:
    report = check(bundle, profile="ew-chancery")
    statuses = {rule.id: rule.status for rule in report.rules}
    assert {rule for rule, status in statuses.items() if status == "warn"} == set()
    for rule in ("EW-03", "EW-10", "EW-12", "PD-04"):  # what one file cannot show
        assert statuses[rule] == "unverified"
    for rule in ("EW-09", "PD-01", "CC-06", "CC-07", "CC-08"):
        assert statuses[rule] == "not applicable"
    assert statuses["CC-05"] == statuses["CC-04"] == statuses["EW-13"] == "pass"


def test_dates_that_go_back_are_found(tmp_path: Path) -> None:
    words = ("one", "two", "three", "four", "five")
    files = [make_pdf(tmp_path / f"{name}.pdf", [Sheet()], name=name) for name in words]
    spec = dated(files, [1, 2, 9, 4, 5])
    whole = replace(spec, sections=(replace(spec.sections[0], entries=spec.entries),))
    build(whole, tmp_path / "bundle.pdf")
    report = check(tmp_path / "bundle.pdf", profile="ew-chancery")
    assert failing(report) == [("CC-05", (5,))]
    assert "4 September 2026" in next(rule.detail for rule in report.rules if rule.id == "CC-05")


def test_a_short_section_in_another_order_is_for_a_person_to_judge(tmp_path: Path) -> None:
    files = [make_pdf(tmp_path / f"{name}.pdf", [Sheet()], name=name) for name in ("one", "two", "three")]
    build(dated(files, [9, 4, 1]), tmp_path / "bundle.pdf")
    report = check(tmp_path / "bundle.pdf", profile="ew-chancery")
    order = next(rule for rule in report.rules if rule.id == "CC-05")
    assert (order.status, order.pages) == ("warn", (3,))  # the third document begins another section


def test_a_sheet_that_names_another_bundle_is_for_a_person_to_judge(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        sheet_without_link(pdf)
        streams = pdf.pages[8].obj.Contents
        streams[1] = pdf.make_stream(streams[1].read_bytes().replace(b"see page", b"see Bundle B, page"))
        pdf.save(tmp_path / "away.pdf")
    found = next(
        rule for rule in check(tmp_path / "away.pdf", profile="ew-chancery").rules if rule.id == "CC-07"
    )
    assert (found.status, found.pages) == ("unverified", (9,))


def test_sizes_warn_for_each_way_of_delivery_and_fail_where_a_file_must_be_divided(bundle: Path) -> None:
    profile = load("ew-chancery")
    limits = replace(
        profile.limits,
        volume_mib=0.001,
        channels=tuple(replace(one, mib=0.001) for one in profile.limits.channels),
    )
    report = check(bundle, profile=replace(profile, limits=limits))
    statuses = {rule.id: rule.status for rule in report.rules}
    assert [statuses[rule] for rule in ("EW-14", "EW-15", "CC-01")] == ["warn", "warn", "fail"]
    assert statuses["CE-02"] == "not applicable"  # hearing bundles are not filed there


def test_a_name_that_says_nothing_and_authorities_among_evidence_are_warnings(
    bundle: Path, tmp_path: Path
) -> None:
    with Pdf.open(bundle) as pdf:
        with pdf.open_outline() as outline:
            outline.root[2].title = "B. Authorities (p. 8)"
        pdf.save(tmp_path / "final final.pdf")
    report = check(tmp_path / "final final.pdf")
    statuses = {rule.id: rule.status for rule in report.rules}
    assert (statuses["EW-13"], statuses["EW-10"]) == ("warn", "warn")
    assert check(tmp_path / "final final.pdf", name=bundle.name).rules[12].status == "pass"


def test_a_core_bundle_is_held_to_the_same_rules(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        called_core(pdf)
        no_view(pdf)
        pdf.save(tmp_path / "core.pdf")
    assert [rule for rule, _ in failing(check(tmp_path / "core.pdf"))] == ["EW-08", "EW-09"]


def test_the_supreme_court_asks_for_all_of_it_at_once(bundle: Path, tmp_path: Path) -> None:
    with Pdf.open(bundle) as pdf:
        no_view(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert [rule for rule, _ in failing(check(tmp_path / "faulty.pdf", profile="uksc"))] == ["EW-08", "SC-01"]
    coarse = {rule.id: rule for rule in check(bundle, profile="uksc").rules}["SC-01"]
    assert (coarse.status, coarse.pages) == ("warn", (7,))  # the scan has 75 dots per inch


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
