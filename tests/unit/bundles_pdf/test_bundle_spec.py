"""Specifications are read, and each mistake is answered with its place and its remedy."""

from datetime import date
from pathlib import Path

import pytest

from bundles.pdf.errors import SpecInvalid
from bundles.pdf.spec import ExhibitFile, read_spec
from tests.bench.bundle_pdfs import Sheet, make_pdf

GOOD = """[bundle]
title = "Hearing bundle"
case = "Aurelia Laboratories v Baiyun Cloud"
claim_number = "IL-2026-000123"
hearing_date = 2026-12-01
on_failure = "placeholder"
[[section]]
title = "A. Statements of case"
[[section.entry]]
file = "particulars.pdf"
title = "Particulars of Claim"
date = 2026-09-01
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_pdf(tmp_path / "particulars.pdf", [Sheet()])
    return tmp_path


def written(folder: Path, text: str) -> Path:
    path = folder / "spec.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_file_becomes_a_specification(folder: Path) -> None:
    spec = read_spec(written(folder, GOOD))
    (entry,) = spec.entries
    assert (spec.title, spec.hearing_date, spec.on_failure) == (
        "Hearing bundle",
        date(2026, 12, 1),
        "placeholder",
    )
    assert spec.profile == "ew-2021"
    assert (entry.title, entry.date, entry.source) == (
        "Particulars of Claim",
        date(2026, 9, 1),
        "particulars.pdf",
    )
    assert entry.file == folder / "particulars.pdf"


@pytest.mark.parametrize(
    ("old", "new", "where", "remedy"),
    [
        (
            'file = "particulars.pdf"',
            'file = "lost.pdf"',
            "line 9, section 1 (A. Statements",
            "correct the name",
        ),
        ("date = 2026-09-01", 'date = "1 Sept"', "entry 1: date is not a date", "unquoted"),
        ("date = 2026-09-01", "dated = 2026-09-01", "unknown key dated", "Known here: file, exhibit"),
        ('"placeholder"', '"ignore"', "on_failure is 'ignore'", '"stop" or "placeholder"'),
        ('title = "Particulars of Claim"', "title = 7", "title is missing or not text", "title ="),
        (
            'file = "particulars.pdf"',
            'file = "particulars.pdf"\nexhibit = "HP1"',
            "either a file or",
            "only one",
        ),
        ('file = "particulars.pdf"', 'exhibit = "HP1"', "names exhibit HP1", "Give the case"),
        ("[bundle]", "[bundel]", "unknown key bundel", "bundle, section"),
        ("hearing_date = 2026-12-01", "hearing_date = ", "line 5", "Correct that line"),
    ],
)
def test_each_mistake_names_its_place_and_remedy(
    folder: Path, old: str, new: str, where: str, remedy: str
) -> None:
    with pytest.raises(SpecInvalid) as caught:
        read_spec(written(folder, GOOD.replace(old, new)))
    assert where in str(caught.value)
    assert remedy in str(caught.value)


def test_a_bundle_without_sections_is_refused(folder: Path) -> None:
    with pytest.raises(SpecInvalid, match="has no sections"):
        read_spec(written(folder, GOOD.split("[[section]]")[0]))


def test_exhibits_come_from_the_caller(folder: Path) -> None:
    text = GOOD.replace('file = "particulars.pdf"', 'exhibit = "HP1"').replace(
        'title = "Particulars of Claim"\n', ""
    )
    found = ExhibitFile(
        folder / "particulars.pdf", "letter.docx", "Letter before action", failure="not converted"
    )
    (entry,) = read_spec(written(folder, text), exhibit=lambda mark: {"HP1": found}[mark]).entries
    assert (entry.title, entry.source, entry.exhibit_mark, entry.failure) == (
        "Letter before action",
        "letter.docx",
        "HP1",
        "not converted",
    )
