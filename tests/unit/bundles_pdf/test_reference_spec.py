"""A specification from files says what refers to the bundle, against which version, and exhibits' marks."""

import json
from pathlib import Path

import pytest

from bundles.pdf.errors import SpecInvalid
from bundles.pdf.references.pagemap import PageMap, Placed
from bundles.pdf.spec import read_spec
from tests.bench.bundle_pdfs import Sheet, make_pdf

EARLIER = PageMap("A", "Hearing bundle", 4, (Placed("1", "Letters", "aa", "HP1", "A", 2, 4),))
SPEC = """[bundle]
title = "Hearing bundle"
case = "Aurelia Laboratories v Baiyun Cloud"
letter = "A"
[[section]]
title = "A. All"
[[section.entry]]
file = "paper.pdf"
title = "Letters"
mark = "HP1"
[[section.entry]]
file = "paper.pdf"
title = "Skeleton argument"
written_against = "v1.json"
[[section.entry]]
file = "paper.pdf"
title = "Chronology"
refers = true
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    make_pdf(tmp_path / "paper.pdf", [Sheet()])
    report = {"references": {"page_map": EARLIER.as_json()}}
    (tmp_path / "v1.json").write_text(json.dumps(report), encoding="utf-8")
    path = tmp_path / "spec.toml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def test_marks_and_what_refers_are_read(spec: Path) -> None:
    letters, skeleton, chronology = read_spec(spec).entries
    assert (letters.exhibit_mark, letters.refers) == ("HP1", False)
    assert (skeleton.refers, skeleton.written_against) == (True, EARLIER)
    assert (chronology.refers, chronology.written_against) == (True, None)


@pytest.mark.parametrize("content", ["{}", "no JSON", '{"references": null}'])
def test_what_is_no_report_of_a_version_is_refused(spec: Path, content: str) -> None:
    (spec.parent / "v1.json").write_text(content, encoding="utf-8")
    with pytest.raises(SpecInvalid, match=r"v1\.json is not the report of an earlier version"):
        read_spec(spec)
