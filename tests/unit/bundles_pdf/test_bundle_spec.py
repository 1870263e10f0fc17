"""Specifications are read, and each mistake is answered with its place and its remedy."""

import json
from datetime import date
from pathlib import Path

import pytest

from bundles.pdf.contents import Added, Bates, Standing
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


RICH = """[bundle]
title = "Core bundle"
case = "Aurelia Laboratories v Baiyun Cloud"
letter = "C"
largest_mib = 36
[bundle.bates]
prefix = "AUR"
start = 7
[bundle.front]
marks = ["Claimant", "H. Price", "First", "HP1", "1 October 2026"]
mark = "HP1"
[bundle.standing]
report = "v1.json"
delivered = 2026-11-03
[[section]]
title = "A. Statements of case"
[[section.entry]]
file = "particulars.pdf"
title = "Particulars of Claim"
password = "hunter2"
pages = "1-3, 7"
references = ["A/4", "A/5", "A/6", "A/10"]
sticker = "PX 1"
marking = "CONFIDENTIAL"
late = true
[[section.entry]]
title = "Letter before action"
signpost = "tab 1"
signpost_to = 1
"""


def test_all_that_a_user_may_write_is_read(folder: Path) -> None:
    (folder / "v1.json").write_text(
        json.dumps(
            {
                "index_pages": 2,
                "entries": [{}] * 3,
                "pages": 40,
                "added": [{"index_pages": 1, "entries": 1, "after": "2026-10-01"}],
            }
        )
    )
    spec = read_spec(written(folder, RICH))
    first, second = spec.entries
    assert (spec.letter, spec.largest_mib, spec.bates) == ("C", 36, Bates("AUR", 7, 6))
    assert spec.standing == Standing(2, 3, 40, date(2026, 11, 3), (Added(1, 1, date(2026, 10, 1)),))
    assert spec.front is not None
    assert spec.front.marks[1] == "H. Price"
    assert (first.password, first.pages, first.references[3]) == ("hunter2", (1, 2, 3, 7), "A/10")
    assert (first.sticker, first.marking, first.late) == ("PX 1", "CONFIDENTIAL", True)
    assert (second.signpost, second.signpost_to, second.source) == ("tab 1", 1, "tab 1")


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('pages = "1-3, 7"', 'pages = "3-1"', 'pages = "1-3, 7"'),
        ('pages = "1-3, 7"', "pages = [1]", 'pages = "1-3, 7"'),
        ("late = true", 'late = "yes"', "late = true"),
        ("largest_mib = 36", "largest_mib = 0", "largest_mib = 36"),
        ("start = 7", "start = -1", "start = 1"),
        (
            'marks = ["Claimant", "H. Price", "First", "HP1", "1 October 2026"]',
            'marks = "Claimant"',
            "marks =",
        ),
        ('report = "v1.json"', 'report = "lost.json"', "build_bundle --json"),
        ('signpost = "tab 1"', 'file = "particulars.pdf"\nsignpost = "tab 1"', "only one of them"),
    ],
)
def test_each_wrong_value_says_what_to_write(folder: Path, old: str, new: str, remedy: str) -> None:
    (folder / "v1.json").write_text(json.dumps({"index_pages": 2, "entries": [], "pages": 40}))
    with pytest.raises(SpecInvalid) as caught:
        read_spec(written(folder, RICH.replace(old, new)))
    assert remedy in str(caught.value)


def test_characters_that_turn_words_round_are_left_out_of_titles(folder: Path) -> None:
    turned = GOOD.replace("Particulars of Claim", "\\u202EParticulars\\u202C of \\u2067Claim\\u2069")
    assert read_spec(written(folder, turned)).entries[0].title == "Particulars of Claim"
    with pytest.raises(SpecInvalid, match="title is missing"):
        read_spec(written(folder, GOOD.replace("Particulars of Claim", "\\u202E \\u202C")))
