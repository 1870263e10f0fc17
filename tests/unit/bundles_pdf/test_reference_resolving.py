"""A reference leads to the one page that it can mean, or a person is told why it does not."""

import pytest

from bundles.pdf.references.cited import Found
from bundles.pdf.references.grammar import read
from bundles.pdf.references.pagemap import PageMap, Placed, section_letter
from bundles.pdf.references.resolving import Reference, resolve

BUNDLE = PageMap(
    letter="B",
    title="Hearing bundle",
    pages=45,
    documents=(
        Placed("1", "Particulars of Claim", "aa", "", "A", 3, 12),
        Placed("2", "Witness statement of H Penhallow", "bb", "", "C", 13, 20),
        Placed("3", "Letters", "cc", "HP1", "C", 21, 30),
        Placed("4", "Logs", "dd", "HP1", "C", 31, 40),
        Placed("5", "Photographs", "ee", "HP2", "C", 41, 45),
    ),
)


SKELETON = Placed("6", "Skeleton", "ff", "", "", 13, 15)


def answer(words: str, *, bundle: PageMap = BUNDLE, against: PageMap | None = None) -> Reference:
    (match,) = read(words)
    (reference,) = resolve([Found(words, 2, (), match.cited)], bundle, against, stands_at=SKELETON)
    assert reference.on_page == 14
    return reference


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("{B/25}", 25),
        ("[HB/25-27]", 25),
        ("page 25 of the hearing bundle", 25),
        ("bundle page 1", 1),
        ("[C/25]", 25),  # section C of the bundle
        ("tab 3", 21),
        ("tab 3, page 1", 21),
        ("tab 3, page 25", 25),
        ("[B/5/2]", 42),
        ("page 2 of HP1", 22),
        ("HP1/15", 35),  # the exhibit runs on over two documents
        ("exhibit HP2 at pp. 4-5", 44),
        ("exhibit HP2 page 44", 44),  # no exhibit's own number, but the bundle's
    ],
)
def test_one_meaning_is_linked(words: str, page: int) -> None:
    reference = answer(words)
    assert (reference.status, reference.page) == ("resolved", page), reference.reason


def test_the_page_after_a_tab_may_be_counted_in_two_ways() -> None:
    reference = answer("{B/1/5}")
    assert reference.status == "ambiguous"
    assert reference.page is None
    assert [place.page for place in reference.candidates] == [7, 5]
    said = PageMap(BUNDLE.letter, BUNDLE.title, BUNDLE.pages, BUNDLE.documents, tab_pages="tab")
    assert answer("{B/1/5}", bundle=said).page == 7


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("{B/46}", "The bundle has no page 46: it ends with page 45."),
        ("{D/4}", "Nothing here is called D: this is bundle B."),
        ("[A/25]", "A has no page 25: it is pages 3 to 12 of the bundle."),
        ("core bundle page 4", "Nothing here is called core: this is bundle B."),
        ("tab 9", "There is no tab 9."),
        ("tab 5, page 12", "Tab 5 has no page 12: it is pages 41 to 45 of the bundle."),
        ("page 4 of HP7", "No exhibit marked HP7 is in the bundle."),
        ("exhibit HP2 at p. 50", "HP2 has no page 50: it is pages 41 to 45 of the bundle."),
        ("[B/44-46]", "The bundle has no pages 44 to 46: it ends with page 45."),
    ],
)
def test_what_leads_nowhere_says_why(words: str, reason: str) -> None:
    reference = answer(words)
    assert (reference.status, reference.reason) == ("dangling", reason)


def test_a_page_left_out_since_is_said_to_be_gone() -> None:
    later = PageMap("B", "Hearing bundle", 11, (Placed("1", "Letters", "cc", "HP1", "C", 2, 11),))
    assert answer("{B/22}", bundle=later, against=BUNDLE).page == 3
    gone = answer("{B/42}", bundle=later, against=BUNDLE)
    assert gone.status == "dangling"
    assert gone.reason == "Page 42 of the version it was written against is not in this one."
    assert "Photographs" not in gone.reason, "a document that was taken out is not named"


def test_an_exhibit_that_came_later_is_found_by_its_own_pages() -> None:
    before = PageMap("B", "Hearing bundle", 12, BUNDLE.documents[:1])
    assert answer("page 2 of HP2", against=before).page == 42
    assert answer("{B/42}", against=before).status == "dangling"


def test_numbers_are_those_printed_on_the_pages() -> None:
    """Page 2A came after delivery, so the PDF's third page is 2A and its fourth is 3."""
    inserted = PageMap(
        "S",
        "Supplementary bundle",
        5,
        (
            Placed("1", "Order", "aa", "", "", 2, 2),
            Placed("2", "Late letter", "bb", "", "", 3, 3),
            Placed("3", "Logs", "cc", "", "", 4, 5),
        ),
        printed=("S1", "S2", "S2A", "S3", "S4"),
    )
    assert [answer(words, bundle=inserted).page for words in ("[S/2A]", "{S/3}", "[S/S-4]")] == [3, 4, 5]
    assert answer("[B/S3]").status == "dangling", "a supplement's page is not this bundle's page 3"
    assert answer("{S/5}", bundle=inserted).reason == "The bundle has no page 5: it ends with page S4."


def test_a_document_s_own_pages_are_counted_without_its_front_sheet_and_with_those_left_out() -> None:
    exhibit = Placed("1", "Letters", "aa", "HP1", "", 2, 5, leaves=(0, 3, 4, 9))
    bundle = PageMap("A", "Exhibit", 5, (exhibit,))
    assert [answer(f"page {own} of HP1", bundle=bundle).page for own in (3, 4, 9)] == [3, 4, 5]
    assert answer("page 7 of HP1", bundle=bundle).status == "dangling"
    later = PageMap("A", "Exhibit", 11, (Placed("1", "Letters", "aa", "HP1", "", 2, 11),))
    assert [answer(f"{{A/{page}}}", bundle=later, against=bundle).page for page in (2, 3, 5)] == [2, 4, 10]


def test_a_core_bundle_s_page_is_found_by_its_number_in_the_main_bundle() -> None:
    core = PageMap(
        "", "Core bundle", 4, (Placed("1", "Letters", "aa", "", "", 2, 4),), beside=(("A/45", 2), ("A/47", 4))
    )
    assert [answer(words, bundle=core).page for words in ("{A/45}", "[A/47]", "[CB/3]")] == [2, 4, 3]
    assert answer("{A/46}", bundle=core).status == "dangling"


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("A. Statements of case", "A"),
        ("Section B", "B"),
        ("C1: Exhibits", "C1"),
        ("Evidence", ""),
        ("A case", ""),
    ],
)
def test_a_section_s_letter_is_read_from_its_title(title: str, letter: str) -> None:
    assert section_letter(title) == letter


def test_a_map_survives_being_kept() -> None:
    assert PageMap.from_json(BUNDLE.as_json()) == BUNDLE
