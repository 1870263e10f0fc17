"""The bookmarks that a document has of its own stand below its bookmark in the bundle."""

from dataclasses import replace
from pathlib import Path

from pikepdf import Array, Dictionary, Name, NameTree, OutlineItem, Pdf, String

from bundles.pdf.build import build
from bundles.pdf.contents import BundleSpec
from bundles.pdf.outlines import DEEPEST, MOST
from tests.bench.bundle_pdfs import Sheet, drawn, make_pdf, spec_of


def titles(path: Path) -> list[tuple[int, str]]:
    def rows(items: list[OutlineItem], depth: int) -> list[tuple[int, str]]:
        return [row for item in items for row in ((depth, item.title), *rows(list(item.children), depth + 1))]

    with Pdf.open(path) as pdf, pdf.open_outline() as outline:
        return rows(list(outline.root), 0)


def a_report(path: Path) -> Path:
    """Five pages with bookmarks: nested, by name, to nowhere, with an old bundle's page, and a circle."""
    with drawn([Sheet()] * 5) as pdf:
        names = NameTree.new(pdf)
        names["findings"] = Array([pdf.pages[2].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=names.obj)
        with pdf.open_outline() as outline:
            first = OutlineItem("1 Introduction", Array([pdf.pages[0].obj, Name.FitH, 700]))
            first.children.append(OutlineItem("1.1 Instructions (p. 417)", 1))
            outline.root.extend(
                [first, OutlineItem("2 Findings", String("findings")), OutlineItem("3\nNowhere", None)]
            )
        pdf.Root.Outlines.Last.Next = pdf.Root.Outlines.First
        pdf.save(path)
    return path


def built(spec: BundleSpec, out: Path) -> list[tuple[int, str]]:
    report = build(spec, out)
    assert report.check.passed
    assert {rule.id: rule.status for rule in report.check.rules}["EW-05"] == "pass"
    return titles(out)


def test_they_are_nested_below_the_document_and_name_the_bundles_pages(tmp_path: Path) -> None:
    letter = make_pdf(tmp_path / "letter.pdf", [Sheet()] * 2, name="letter")
    spec = spec_of([letter, a_report(tmp_path / "report.pdf")])
    assert built(spec, tmp_path / "out.pdf")[3:] == [
        (0, "B. Evidence (p. 4)"),
        (1, "2. Document report (p. 4)"),
        (2, "1 Introduction (p. 4)"),
        (3, "1.1 Instructions (p. 5)"),
        (2, "2 Findings (p. 6)"),
    ]


def test_only_those_of_the_pages_that_are_included_are_taken_over(tmp_path: Path) -> None:
    spec = spec_of([a_report(tmp_path / "report.pdf"), make_pdf(tmp_path / "letter.pdf", [Sheet()])])
    section = spec.sections[0]
    part = replace(section.entries[0], pages=(3, 2, 3))
    found = built(
        replace(spec, sections=(replace(section, entries=(part,)), *spec.sections[1:])), tmp_path / "o.pdf"
    )
    assert found[2:5] == [
        (1, "1. Document report (p. 2)"),
        (2, "1 Introduction (p. 3)"),
        (3, "1.1 Instructions (p. 3)"),
    ]
    assert (2, "2 Findings (p. 2)") in found


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    path = tmp_path / "many.pdf"
    with drawn([Sheet()]) as pdf:
        with pdf.open_outline() as outline:
            deep = outline.root
            for nth in range(MOST + 1):
                item = OutlineItem(f"Level {nth}", 0)
                deep.append(item)
                deep = item.children if nth < DEEPEST + 2 else deep
        pdf.save(path)
    report = build(spec_of([path]), tmp_path / "out.pdf")
    assert "Only the first 2,000 of its own bookmarks are in the copy" in (report.entries[0].reason or "")
    found = titles(tmp_path / "out.pdf")
    assert max(depth for depth, _ in found) == 1 + DEEPEST
    assert len(found) == MOST + 3
