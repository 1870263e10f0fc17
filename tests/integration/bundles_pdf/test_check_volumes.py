"""Volumes of one bundle: numbers run on from the volume before, and page labels say so."""

from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.check import check
from tests.integration.bundles_pdf.drawn_pages import Words, body, bookmark, drawn, saved

BEFORE = 40
"""Pages of the volume before."""


def second_volume() -> Pdf:
    """A contents page and three pages, numbered from 41, with labels, links and bookmarks."""
    first = BEFORE + 1
    contents = [Words(100, 700, "INDEX"), Words(100, 660, "Letter"), Words(540, 660, str(first + 1))]
    contents += [Words(100, 640, "Answer"), Words(540, 640, str(first + 3))]
    pages = [[*contents, Words(540, 20, str(first))]]
    pages += [[*body(), Words(540, 20, str(first + nth))] for nth in (1, 2, 3)]
    pdf = drawn(pages)
    links = [
        pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=[90, low, 560, low + 16],
                Dest=Array([pdf.pages[page].obj, Name.XYZ, 0, 842, None]),
            )
        )
        for low, page in ((655, 1), (635, 3))
    ]
    pdf.pages[0].obj.Annots = Array(links)
    bookmark(pdf, (f"Letter (p. {first + 1})", 2), (f"Answer (p. {first + 3})", 4))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=first)]))
    return pdf


def test_a_later_volume_is_known_by_its_labels(tmp_path: Path) -> None:
    results = {rule.id: rule for rule in check(saved(second_volume(), tmp_path / "two.pdf")).rules}
    assert results["EW-02"].status == "warn"
    assert "run on from 41" in results["EW-02"].detail
    assert results["EW-04"].status == results["EW-05"].status == "pass"


@pytest.mark.parametrize("labels", [None, 7])
def test_numbers_that_no_label_confirms_are_wrong(tmp_path: Path, labels: int | None) -> None:
    pdf = second_volume()
    if labels:
        pdf.Root.PageLabels.Nums[1].St = labels
    else:
        del pdf.Root.PageLabels
    results = {rule.id: rule for rule in check(saved(pdf, tmp_path / "two.pdf")).rules}
    assert (results["EW-02"].status, results["EW-02"].pages) == ("fail", (1, 2, 3, 4))


def test_an_inserted_letter_breaks_the_run(tmp_path: Path) -> None:
    pdf = second_volume()
    words = pdf.pages[2].obj.Contents.read_bytes().replace(b"(43)", b"(42A)")
    pdf.pages[2].obj.Contents = pdf.make_stream(words)
    results = {rule.id: rule for rule in check(saved(pdf, tmp_path / "two.pdf")).rules}
    assert results["EW-02"].status == "fail"
    assert 3 in results["EW-02"].pages
