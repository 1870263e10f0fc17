"""References in a real skeleton argument become links, and still land after the bundle is renumbered."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw
from weasyprint import HTML

from bundles.pdf.build import build
from bundles.pdf.references.cited import Found
from bundles.pdf.references.finding import find
from bundles.pdf.references.links import add_links
from bundles.pdf.references.mapping import page_map
from bundles.pdf.references.pagemap import PageMap
from bundles.pdf.references.resolving import resolve
from tests.bench.bundle_pdfs import Sheet, make_pdf, spec_of

SKELETON = """<style>@page { size: A4 } p { width: 55mm; font: 11pt/1.5 'Noto Serif' }</style>
<p>The letter before action is at {A/5}, and the logs were sent under exhibit HP1 at p. 2. The order is at
[A/2/1]. Much is made of bundle page 4, wrongly. The claimant relies on page 7 of HP9, and on {A/1/4}.</p>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("references")
    HTML(string=SKELETON).write_pdf(folder / "skeleton.pdf")
    for name, pages in {"letter": 5, "order": 1, "logs": 3, "late": 2}.items():
        make_pdf(folder / f"{name}.pdf", [Sheet() for _ in range(pages)], name=name)
    return folder


def built(folder: Path, *names: str) -> tuple[Path, PageMap]:
    out = folder / f"{'-'.join(names)}-bundle.pdf"
    report = build(spec_of([folder / f"{name}.pdf" for name in names]), out)
    marks = ["HP1" if name == "logs" else None for name in names]
    return out, page_map(report.entries, letter="A", title="Hearing bundle", marks=marks)


@pytest.fixture(scope="module")
def first(folder: Path) -> PageMap:
    return built(folder, "letter", "order", "logs", "skeleton")[1]


@pytest.fixture(scope="module")
def found(folder: Path) -> list[Found]:
    return find(folder / "skeleton.pdf")


def test_references_are_found_over_line_ends_with_the_places_of_their_words(
    folder: Path, found: list[Found]
) -> None:
    assert [each.words for each in found] == [
        "{A/5}",
        "exhibit HP1 at p. 2",
        "[A/2/1]",
        "bundle page 4",
        "page 7 of HP9",
        "{A/1/4}",
    ]
    assert max(len(each.boxes) for each in found) == 2
    for each in found:
        assert " ".join(under(folder / "skeleton.pdf", each)).replace("/ ", "/") == each.words


def under(pdf: Path, found: Found) -> Iterator[str]:
    """What can be read in the boxes of the reference."""
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[found.page - 1].get_textpage()
        for left, bottom, right, top in found.boxes:
            yield text.get_text_bounded(left + 1, bottom, right - 1, top).strip()


def test_a_kept_reference_is_the_same(found: list[Found]) -> None:
    assert [Found.from_json(each.as_json()) for each in found] == found


def test_links_lead_to_the_pages_meant_and_still_do_after_renumbering(
    folder: Path, found: list[Found], first: PageMap
) -> None:
    """The skeleton was written against the first version; the second has a document before, and no order."""
    out, second = built(folder, "late", "letter", "skeleton", "logs")
    place = second.documents[2]
    references = resolve(found, second, first, stands_at=place)
    assert [(each.found.words, each.status) for each in references if each.status != "resolved"] == [
        ("[A/2/1]", "dangling"),
        ("page 7 of HP9", "dangling"),
        ("{A/1/4}", "ambiguous"),
    ]
    linked = folder / "linked.pdf"
    with pikepdf.open(out) as bundle:
        assert add_links(bundle, references) == 3
        bundle.save(linked)
    assert {words: on_page.splitlines()[0] for words, on_page in followed(linked, place.first)} == {
        "{A/5}": "letter, sheet 4",
        "exhibit HP1 at p. 2": "logs, sheet 2",
        "bundle page 4": "letter, sheet 3",
    }


def followed(pdf: Path, page: int) -> Iterator[tuple[str, str]]:
    """As a reader's program sees it: the words under each link of the page, and the text where it leads."""
    with pypdfium2.PdfDocument(pdf) as document:
        opened = document[page - 1]
        text = opened.get_textpage()
        words: dict[int, list[str]] = {}
        for index in range(raw.FPDFPage_GetAnnotCount(opened.raw)):
            note = raw.FPDFPage_GetAnnot(opened.raw, index)
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(note, box)
            target = raw.FPDFLink_GetDest(document.raw, raw.FPDFAnnot_GetLink(note))
            leads_to = raw.FPDFDest_GetDestPageIndex(document.raw, target)
            inside = box.left + 2, box.bottom, box.right - 2, box.top
            written = text.get_text_bounded(*inside).strip()
            words.setdefault(leads_to, []).append(written)
            raw.FPDFPage_CloseAnnot(note)
        for leads_to, parts in words.items():
            yield " ".join(parts), document[leads_to].get_textpage().get_text_range()


def test_links_open_the_page_s_top_left_at_the_reader_s_zoom_and_draw_nothing(
    folder: Path, found: list[Found], first: PageMap
) -> None:
    out, second = built(folder, "letter", "order", "logs", "skeleton")
    references = resolve(found, second, stands_at=second.documents[3])
    with pikepdf.open(out) as bundle:
        add_links(bundle, references)
        add_links(bundle, references)
        (on_page,) = {each.on_page for each in references}
        notes = list(bundle.pages[on_page - 1].obj.Annots)
        boxes = sum(len(each.boxes) for each, meant in zip(found, references, strict=True) if meant.page)
        assert len(notes) == boxes, "links made twice must not lie on one another"
        for note in notes:
            assert list(note.Border) == [0, 0, 0]
            place: list[Any] = list(note.Dest.as_list())
            _, kind, x, y, zoom = place
            assert (str(kind), float(x)) == ("/XYZ", 0)
            assert zoom is None
            assert float(y) == pytest.approx(842, abs=1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_boxes_lie_on_the_words_of_a_page_that_is_turned_to_stand_upright(folder: Path, turn: int) -> None:
    turned = folder / f"turned-{turn}.pdf"
    with pikepdf.open(folder / "skeleton.pdf") as pdf:
        pdf.pages[0].rotate(turn, relative=True)
        pdf.pages[0].flatten_rotation()
        pdf.pages[0].rotate(-turn, relative=True)
        pdf.save(turned)
    references = find(turned)
    assert len(references) == 6
    for each in references:
        assert "".join("".join(under(turned, each)).split()) == "".join(each.words.split())


def test_a_build_links_what_refers_and_reports_what_needs_a_person(folder: Path, first: PageMap) -> None:
    """The skeleton refers; the letter, which is evidence, is not read although it might say "tab 2"."""
    spec = spec_of([folder / f"{name}.pdf" for name in ("late", "letter", "skeleton", "logs")], letter="A")
    sections = tuple(
        replace(
            section,
            entries=tuple(
                replace(
                    entry,
                    exhibit_mark="HP1" if entry.source == "logs.pdf" else None,
                    refers=entry.source == "skeleton.pdf",
                    written_against=first if entry.source == "skeleton.pdf" else None,
                )
                for entry in section.entries
            ),
        )
        for section in spec.sections
    )
    report = build(replace(spec, sections=sections), folder / "followed.pdf")
    assert report.check.passed, report.check
    assert report.references
    told = report.references.as_json()
    assert told["resolved"] == 3
    assert [(one["words"], one["status"], one["on_page"]) for one in told["open"]] == [
        ("[A/2/1]", "dangling", 9),
        ("page 7 of HP9", "dangling", 9),
        ("{A/1/4}", "ambiguous", 9),
    ]
    assert [place["page"] for place in told["open"][2]["candidates"]] == [7, 6]
    assert PageMap.from_json(told["page_map"]) == report.references.page_map
    landed = {words: on_page.splitlines()[0] for words, on_page in followed(folder / "followed.pdf", 9)}
    assert landed["{A/5}"] == "letter, sheet 4"
    assert landed["exhibit HP1 at p. 2"] == "logs, sheet 2"


def test_links_lie_on_their_words_where_pages_are_set_on_another_size(folder: Path) -> None:
    names = ("letter", "order", "logs", "skeleton")
    spec = spec_of([folder / f"{name}.pdf" for name in names], letter="A", profile="us-district")
    *others, last = spec.sections[1].entries
    refers = replace(spec.sections[1], entries=(*others, replace(last, refers=True)))
    report = build(replace(spec, sections=(spec.sections[0], refers)), folder / "letter-size.pdf")
    page = report.entries[3].first_page or 0
    with pikepdf.open(folder / "letter-size.pdf") as pdf:
        assert [float(edge) for edge in pdf.pages[page - 1].mediabox] == [0, 0, 612, 792]
    words = {words: on_page.splitlines()[0] for words, on_page in followed(folder / "letter-size.pdf", page)}
    assert words["{A/5}"] == "letter, sheet 4"
    assert words["bundle page 4"] == "letter, sheet 3"
