"""What Assize makes of each kind keeps the rules that its own checker holds it to."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bundles.pdf.build import build
from bundles.pdf.contents import FrontSheet, SectionSpec
from bundles.pdf.report import BuildReport
from tests.bench.bundle_pdfs import Sheet, make_pdf, spec_of

MARKS = ("Claimants", "H Penhallow", "First", "Exhibit HP8", "9 October 2026")
SAID = "This is the exhibit marked “HP8” referred to in the first Witness Statement of Dr Harriet Penhallow."


def failing(report: BuildReport) -> list[str]:
    return [rule.id for rule in report.check.rules if rule.status == "fail"]


@pytest.mark.parametrize(
    "references", [("A/45", "A/46"), ("Main 45", "Main 46A")], ids=["letter", "no letter"]
)
def test_a_core_bundle_carries_references_that_the_checker_finds(
    tmp_path: Path, references: tuple[str, str]
) -> None:
    path = make_pdf(tmp_path / "deed.pdf", [Sheet()] * 2)
    spec = spec_of([path], title="Core bundle", profile="ew-chancery")
    section = SectionSpec("A", (replace(spec.entries[0], references=references),))
    assert "CC-06" not in failing(build(replace(spec, sections=(section,)), tmp_path / "out.pdf"))
    bare = build(spec, tmp_path / "bare.pdf")
    assert "CC-06" in failing(bare)


def test_an_exhibits_front_sheet_is_no_statement(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "accounts.pdf", [Sheet()] * 2)
    front = FrontSheet(MARKS, "HP8", SAID)
    spec = spec_of([path], title="Exhibit HP8", profile="exhibit", front=front)
    dated = SectionSpec("Documents", (replace(spec.entries[0], date=date(2026, 3, 31)),))
    assert failing(build(replace(spec, sections=(dated,)), tmp_path / "out.pdf")) == []
