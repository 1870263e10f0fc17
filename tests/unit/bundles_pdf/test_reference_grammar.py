"""What lawyers write is read as they mean it, and what only looks like a reference is left alone."""

import pytest

from bundles.pdf.references.cited import Cited
from bundles.pdf.references.grammar import read


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("{A/12/3}", Cited("any", "A", "12", "3", "3")),
        ("{A/123}", Cited("any", "A", None, "123", "123")),
        ("[B/45]", Cited("any", "B", None, "45", "45")),
        ("[A/12/3-5]", Cited("any", "A", "12", "3", "5")),
        ("[A/tab 12/p. 3]", Cited("any", "A", "12", "3", "3")),
        ("{A/45A}", Cited("any", "A", None, "45A", "45A")),
        ("[A/S-012]", Cited("any", "A", None, "S12", "S12")),
        ("{A/12/\r\n34}", Cited("any", "A", "12", "34", "34")),
        ("[HB/12]", Cited("any", "HB", None, "12", "12")),
        ("[HP1/45]", Cited("any", "HP1", None, "45", "45")),
        ("page 45 of HP1", Cited("exhibit", "HP1", None, "45", "45")),
        ("HP1 page 45", Cited("exhibit", "HP1", None, "45", "45")),
        ("HP1/45", Cited("exhibit", "HP1", None, "45", "45")),
        ("exhibit HP1 at p. 45", Cited("exhibit", "HP1", None, "45", "45")),
        ("Exhibit “HP-1”, pages 4 – 6", Cited("exhibit", "HP1", None, "4", "6")),
        ("Exhibit\r\nHP1 at\r\npp. 145-6", Cited("exhibit", "HP1", None, "145", "146")),
        ("Exhibit 12, page 3", Cited("exhibit", "12", None, "3", "3")),
        ("page 3 of Exhibit A", Cited("exhibit", "A", None, "3", "3")),
        ("tab 7", Cited("bundle", "", "7")),
        ("Tab 7, page 3", Cited("bundle", "", "7", "3", "3")),
        ("page 2 of tab 9", Cited("bundle", "", "9", "2", "2")),
        ("bundle page 123", Cited("bundle", "", None, "123", "123")),
        ("page 5 of the bundle", Cited("bundle", "", None, "5", "5")),
        ("page 5 of this agreed bundle", Cited("bundle", "", None, "5", "5")),
        ("page 5 of the Smith bundle", Cited("bundle", "smith", None, "5", "5")),
        ("claimant’s bundle, p. 4", Cited("bundle", "claimant’s", None, "4", "4")),
        ("core bundle, p 12", Cited("bundle", "core", None, "12", "12")),
        ("Bundle A, tab 3, page 4", Cited("bundle", "A", "3", "4", "4")),
    ],
)
def test_each_form_is_read_whole(words: str, cited: Cited) -> None:
    (match,) = read(f"He says ({words}), which is denied.")
    assert (match.start, match.end, match.cited) == (9, 9 + len(words), cited)


def test_several_in_one_bracket_are_each_read() -> None:
    text = "See [A/12/3; B/4/5, 7]."
    assert [(text[m.start : m.end], m.cited.name, m.cited.tab, m.cited.first) for m in read(text)] == [
        ("[A/12/3", "A", "12", "3"),
        ("B/4/5", "B", "4", "5"),
        ("7]", "B", "4", "7"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "[2025] EWHC 2167 (Comm) at [45]",
        "SI 2013/1554, regulation 3",
        "[and/or]",
        "[24/7]",
        "[2019/20]",
        "CO/1234/2020",
        "12/3/2026",
        "page 3 of 10",
        "page 5 of the bundle of authorities",
        "the table 7 shows",
        "HP1/45/3",
        "I refer to Exhibit HP1 and to exhibits HP2",
        "IL-2026-000123",
    ],
)
def test_what_is_no_reference_is_left_alone(words: str) -> None:
    assert read(f"It is said, {words}, that so it is.") == []
