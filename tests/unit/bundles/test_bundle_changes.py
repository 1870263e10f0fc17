"""What changed between two versions is said of the fewest documents that explain it."""

from bundles.changes import between
from bundles.pdf.references.pagemap import PageMap, Placed


def version(*documents: str, pages: int = 2, titles: dict[str, str] | None = None) -> PageMap:
    """An index page, then each document on ``pages`` pages; one written ``x/B`` stands in section B."""
    placed, page = [], 2
    for nth, written in enumerate(documents, 1):
        name, _, section = written.partition("/")
        title = (titles or {}).get(name, f"Document {name}")
        placed.append(Placed(str(nth), title, name, "", section, page, page + pages - 1))
        page += pages
    return PageMap("A", "Hearing bundle", page - 1, tuple(placed))


def told(old: PageMap, new: PageMap) -> list[tuple[str, str, str, str]]:
    return [(one.what, one.title, one.before, one.now) for one in between(old, new).documents()]


def test_one_that_went_to_the_end_moved_and_the_others_did_not() -> None:
    assert told(version("a", "b", "c", "d"), version("b", "c", "d", "a")) == [
        ("moved", "Document a", "2", "8")
    ]


def test_another_section_is_a_move_although_the_order_is_the_same() -> None:
    assert told(version("a/A", "b/A"), version("a/A", "b/B")) == [("moved", "Document b", "4", "4")]


def test_added_removed_retitled_and_other_pages() -> None:
    old, new = version("a", "b", "c"), version("a", "c", "d", pages=3, titles={"c": "Letter c"})
    assert told(old, new) == [
        ("added", "Document d", "", "8"),
        ("removed", "Document b", "4", ""),
        ("retitled", "Letter c", "6", "5"),
        ("repaged", "Document a", "2", "2"),
        ("repaged", "Letter c", "6", "5"),
    ]


def test_the_same_version_has_no_changes() -> None:
    same = version("a", "b")
    found = between(same, same)
    assert found.documents() == []
    assert found.renumbered == 0
    assert found.runs() == [("1", "1", "1", "1", "Index"), *_runs(("a", 2), ("b", 4))]


def test_runs_break_where_pages_part() -> None:
    found = between(version("a", "b", "c"), version("a", "c"))
    assert found.runs() == [
        ("1", "1", "1", "1", "Index"),
        ("2", "3", "2", "3", "Document a"),
        ("4", "5", "", "", "Document b"),
        ("6", "7", "4", "5", "Document c"),
    ]


def _runs(*starts: tuple[str, int]) -> list[tuple[str, str, str, str, str]]:
    return [(str(at), str(at + 1), str(at), str(at + 1), f"Document {name}") for name, at in starts]
