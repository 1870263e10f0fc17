"""However documents are shuffled, inserted and left out, each page is found again where it now stands."""

from hypothesis import given
from hypothesis import strategies as st

from bundles.pdf.references.cited import Cited, Found
from bundles.pdf.references.concordance import concordance
from bundles.pdf.references.grammar import read
from bundles.pdf.references.pagemap import PageMap, Placed
from bundles.pdf.references.resolving import resolve

DOCUMENTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)), min_size=1, max_size=12, unique_by=lambda each: each[0]
)


def version(documents: list[tuple[int, int]], index_pages: int) -> PageMap:
    placed, page = [], index_pages + 1
    for nth, (name, pages) in enumerate(documents, 1):
        placed.append(Placed(str(nth), f"Document {name}", f"{name:064}", "", "", page, page + pages - 1))
        page += pages
    return PageMap("A", "Hearing bundle", page - 1, tuple(placed))


def leaves(bundle: PageMap) -> dict[int, tuple[str, int]]:
    return {page: (each.identity, nth) for each in bundle.documents for nth, page in enumerate(each.pages)}


@given(
    documents=DOCUMENTS, late=DOCUMENTS, pages=st.tuples(st.integers(1, 4), st.integers(1, 4)), draw=st.data()
)
def test_references_land_on_the_page_they_were_written_about(
    documents: list[tuple[int, int]],
    late: list[tuple[int, int]],
    pages: tuple[int, int],
    draw: st.DataObject,
) -> None:
    old = version(documents, pages[0])
    kept = draw.draw(st.lists(st.sampled_from(documents), unique=True))
    added = [each for each in late if each[0] not in dict(documents)]
    new = version(draw.draw(st.permutations([*kept, *added])), pages[1])
    before, after = leaves(old), leaves(new)
    rows = concordance(old, new)
    assert [row.old for row in rows] == list(range(1, old.pages + 1))
    for page, leaf in before.items():
        (row,) = rows[page - 1 : page]
        assert (row.new is not None) == (leaf in after.values())
        if row.new:
            assert after[row.new] == leaf
        (reference,) = resolve([Found("", 1, (), Cited("any", "A", None, str(page), str(page)))], new, old)
        assert reference.page == row.new
        assert reference.status == ("resolved" if row.new else "dangling")


@given(documents=DOCUMENTS, copies=st.integers(1, 3))
def test_a_copy_left_out_is_found_where_it_was_kept(documents: list[tuple[int, int]], copies: int) -> None:
    old, new = version(documents * (copies + 1), 1), version(documents, 2)
    before, after = leaves(old), leaves(new)
    assert all(row.new and after[row.new] == before[row.old] for row in concordance(old, new)[1:])


NAMES = st.from_regex(r"[A-Z]{1,2}", fullmatch=True)
NUMBERS = st.integers(1, 99999)


@given(
    name=NAMES, tab=st.none() | st.integers(1, 9999), first=NUMBERS, more=st.integers(0, 9), words=st.text()
)
def test_a_bracketed_reference_is_read_back_wherever_it_stands(
    name: str, tab: int | None, first: int, more: int, words: str
) -> None:
    last = min(first + more, 99999)
    pages = f"{first}" if last == first else f"{first}-{last}"
    written = f"{{{name}/{pages}}}" if tab is None else f"{{{name}/{tab}/{pages}}}"
    around = words.translate({ord(mark): None for mark in "{}[]"})
    text = f"{around} {written} {around}"
    start = len(around) + 1
    (match,) = [each for each in read(text) if each.start == start]
    assert match.end == start + len(written)
    assert match.cited == Cited("any", name, str(tab) if tab else None, str(first), str(last))
