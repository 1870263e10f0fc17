"""Rules that only a second file decides: EW-12 beside what was delivered, US-09 beside the redacted copy."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from pikepdf import Pdf

from bundles.pdf.build import build
from bundles.pdf.check import Beside, RuleResult, check
from bundles.pdf.check.beside import late_pages, redacted_pair
from bundles.pdf.check.reading import Bundle, open_bundle
from bundles.pdf.contents import BundleSpec, SectionSpec
from bundles.pdf.report import standing_after
from bundles.pdf.spec import EntrySpec
from core.errors import CheckFailed
from tests.bench.bundle_pdfs import LANDSCAPE, LETTER, Sheet, make_pdf, spec_of

DELIVERED = date(2026, 11, 3)
BOX = b"0 0 0 rg 100 400 200 60 re f\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("beside")


@pytest.fixture(scope="module")
def spec(folder: Path) -> BundleSpec:
    first = make_pdf(folder / "first.pdf", [Sheet(), Sheet(LANDSCAPE)], name="first")
    return spec_of([first, make_pdf(folder / "second.pdf", [Sheet()] * 2, name="second")])


@pytest.fixture(scope="module")
def late(folder: Path) -> EntrySpec:
    file = make_pdf(folder / "late.pdf", [Sheet()] * 2, name="late")
    return EntrySpec("Late letter", None, file, file.name)


@pytest.fixture(scope="module")
def delivered(folder: Path, spec: BundleSpec) -> Path:
    report = build(spec, folder / "v1.pdf")
    (folder / "v1.json").write_text(json.dumps(report.as_json()))
    return folder / "v1.pdf"


def rule(found: tuple[RuleResult, ...], name: str) -> RuleResult:
    return next(one for one in found if one.id == name)


def beside(file: Path, delivered: Path) -> RuleResult:
    return rule(check(file, beside=Beside(delivered=delivered)).rules, "EW-12")


def test_late_documents_at_the_end_keep_the_rule(
    folder: Path, spec: BundleSpec, late: EntrySpec, delivered: Path
) -> None:
    held = standing_after(json.loads((folder / "v1.json").read_text()), DELIVERED, delivered)
    more = replace(spec, sections=(*spec.sections, SectionSpec("C. Late", (late,))), standing=held)
    found = rule(build(more, folder / "v2.pdf").check.rules, "EW-12")
    assert (found.status, found.pages) == ("pass", ())
    assert "4 pages of the delivered version look the same" in found.detail
    assert "2 pages came after them" in found.detail


def test_a_page_that_says_why_its_document_is_gone_is_no_fault(
    folder: Path, spec: BundleSpec, delivered: Path
) -> None:
    held = standing_after(json.loads((folder / "v1.json").read_text()), DELIVERED, delivered)
    gone = replace(spec.sections[0].entries[0], failure="Withdrawn on 9 November 2026.", keeps=2)
    sections = (replace(spec.sections[0], entries=(gone,)), spec.sections[1])
    left = replace(spec, sections=sections, standing=held, on_failure="placeholder")
    found = rule(build(left, folder / "left.pdf").check.rules, "EW-12")
    assert found.status == "pass"
    assert "Pages 2, 3 say why the document there is gone." in found.detail
    assert beside(folder / "left.pdf", delivered).pages == (2, 3), "from outside nobody knows that"


def test_documents_put_in_between_move_pages(
    folder: Path, spec: BundleSpec, late: EntrySpec, delivered: Path
) -> None:
    first, second = spec.sections
    build(
        replace(spec, sections=(replace(first, entries=(*first.entries, late)), second)), folder / "moved.pdf"
    )
    found = beside(folder / "moved.pdf", delivered)
    assert (found.status, found.pages) == ("fail", (4, 5))
    assert found.detail == "Pages 4, 5 of the delivered version now show something else."


def test_pages_that_are_gone_or_an_index_that_grew_are_named(
    folder: Path, spec: BundleSpec, delivered: Path
) -> None:
    with Pdf.open(delivered) as pdf:
        del pdf.pages[-1]
        pdf.save(folder / "shorter.pdf")
    assert (
        beside(folder / "shorter.pdf", delivered).detail == "The delivered version had 5 pages, this one 4."
    )
    many = replace(spec, sections=tuple(replace(one, entries=one.entries * 30) for one in spec.sections))
    longer = build(many, folder / "many.pdf").index_pages
    assert longer > 1
    assert (
        f"began on page 2 of the delivered version, and now on {longer + 1}"
        in beside(folder / "many.pdf", delivered).detail
    )
    alone = rule(check(delivered).rules, "EW-12")
    assert alone.status == "unverified"


def test_what_there_was_no_time_to_compare_is_not_said_to_be_kept(delivered: Path) -> None:
    late = open_bundle(delivered, seconds=0.0, beside=Beside(delivered=delivered))
    sealed = open_bundle(delivered, seconds=0.0, beside=Beside(redacted=delivered))
    assert isinstance(late, Bundle)
    assert isinstance(sealed, Bundle)
    with late, sealed:
        found = [late_pages(late), redacted_pair(sealed)]
    assert [(one.status, one.pages) for one in found] == [
        ("unverified", (2, 3, 4, 5)),
        ("unverified", (1, 2, 3, 4, 5)),
    ]


@pytest.mark.parametrize(
    ("sheets", "status", "said"),
    [
        ([Sheet(LETTER), Sheet(LETTER, before=BOX)], "pass", "the same 3 pages"),
        ([Sheet(LETTER)], "fail", "The redacted copy has 2 pages, this 3 pages."),
        ([Sheet(LETTER), Sheet(LANDSCAPE)], "fail", "page 3 of the redacted copy have another size"),
        ([Sheet(LETTER), Sheet(LETTER)], "fail", "shows the same as this bundle on every page"),
    ],
    ids=["pair", "fewer pages", "another size", "nothing redacted"],
)
def test_a_redacted_copy_has_the_same_pages(
    tmp_path: Path, sheets: list[Sheet], status: str, said: str
) -> None:
    whole = spec_of([make_pdf(tmp_path / "deed.pdf", [Sheet(LETTER)] * 2)], profile="us-district")
    build(whole, tmp_path / "sealed.pdf")
    (tmp_path / "deed.pdf").unlink()
    build(
        replace(spec_of([make_pdf(tmp_path / "deed.pdf", sheets)]), profile="us-district"),
        tmp_path / "public.pdf",
    )
    found = rule(
        check(
            tmp_path / "sealed.pdf",
            profile="us-district",
            beside=Beside(redacted=tmp_path / "public.pdf"),
        ).rules,
        "US-09",
    )
    assert (found.status, said.lower() in found.detail.lower()) == (status, True), found.detail


def test_the_command_takes_the_second_file(
    folder: Path, spec: BundleSpec, late: EntrySpec, delivered: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = spec.sections
    moved = replace(spec, sections=(replace(first, entries=(*first.entries, late)), second))
    build(moved, folder / "moved again.pdf")
    with pytest.raises(CheckFailed):
        call_command("check_bundle", folder / "moved again.pdf", "--delivered", delivered, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert next(one for one in answer["rules"] if one["id"] == "EW-12")["status"] == "fail"
    shutil.copy(delivered, folder / "same.pdf")
    call_command("check_bundle", folder / "same.pdf", "--delivered", delivered, "--json")
    answer = json.loads(capsys.readouterr().out)
    assert next(one for one in answer["rules"] if one["id"] == "EW-12")["status"] == "pass"
