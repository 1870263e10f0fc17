"""Reading order on real documents: nothing lost, offsets true, and each word found where it stands."""

from pathlib import Path

import pypdfium2
import pytest

from evidence.files.extract import PageText, find_box, read_page, read_pages

ROOT = Path(__file__).parents[3]
DEMONSTRATION = sorted((ROOT / "demo" / "documents").glob("*.pdf"))
CORPUS = [
    ROOT.parent / "shared" / "corpus" / "intake" / f"{name}.pdf"
    for name in ("acroform", "ccitt", "link", "negzero", "readme", "rotated_skew", "skew", "toc", "twopage")
]
LOCKED = {"26-singapore-data-centre-contract.pdf"}


def drawn_lines(pdf: Path, number: int) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[number - 1].get_textpage().get_text_bounded()
    return sorted("".join(line.split()) for line in text.split("\r\n") if line.strip())


@pytest.mark.parametrize(
    "pdf", [path for path in DEMONSTRATION if path.name not in LOCKED] + CORPUS, ids=lambda path: path.stem
)
def test_no_line_is_lost_and_offsets_are_true(pdf: Path) -> None:
    if not pdf.exists():
        pytest.skip("the shared corpus is not beside the project")
    for page in read_pages(pdf):
        assert page.text == "\n".join(line.text for line in page.lines)
        assert sorted(line.drawn for line in page.lines) == list(range(len(page.lines)))
        for number, line in enumerate(page.lines, start=1):
            assert line.number == number
            assert page.text[line.start : line.start + len(line.text)] == line.text
        moved = [line for line in page.lines if line.drawn != line.number - 1]
        for line in moved[:3]:
            assert find_box(page, line.start, line.start + len(line.text)) == [line.box]


def test_the_heading_of_a_court_document_is_read_before_its_parties() -> None:
    page = read_page(ROOT / "demo" / "documents" / "06-exhibit-HP1.pdf", 1)
    order = [page.text.index(words) for words in ("IN THE HIGH COURT", "Claim No.", "BETWEEN", "EXHIBIT HP1")]
    assert order == sorted(order)
    assert box_of(page, "BETWEEN")[1] > box_of(page, "IN THE HIGH COURT")[3]
    assert box_of(page, "Claim No.")[0] > box_of(page, "IN THE HIGH COURT")[2]


def box_of(page: PageText, words: str) -> tuple[float, float, float, float]:
    start = page.text.index(words)
    (box,) = find_box(page, start, start + len(words))
    return box
