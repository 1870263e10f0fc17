from datetime import date

import pytest

from search.query import (
    And,
    Citation,
    DateRange,
    Field,
    Not,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Word,
    as_text,
    parse,
)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("costs", Word("costs")),
        ("costs appeal", And((Word("costs"), Word("appeal")))),
        ("costs AND appeal", And((Word("costs"), Word("appeal")))),
        ("costs OR appeal", Or((Word("costs"), Word("appeal")))),
        ("costs and appeal", And((Word("costs"), Word("and"), Word("appeal")))),
        ("costs NOT appeal", And((Word("costs"), Not(Word("appeal"))))),
        ("costs -appeal", And((Word("costs"), Not(Word("appeal"))))),
        ("-appeal", Not(Word("appeal"))),
        ('-"bad faith"', Not(Phrase("bad faith"))),
        ("fine-tuned", Word("fine-tuned")),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ('"secondary infringement"', Phrase("secondary infringement")),
        ("“secondary infringement”", Phrase("secondary infringement")),
        ("train*", Prefix("train")),
        ("§247", Word("§247")),
        ("No. 23-1732", And((Word("No."), Word("23-1732")))),
        ("s.29A(1)(b)", Word("s.29A(1)(b)")),
        ("NOT(foo)", Not(Word("foo"))),
        ("ORANGE ANDOVER NOTTINGHAM", And((Word("ORANGE"), Word("ANDOVER"), Word("NOTTINGHAM")))),
        ("R & D", And((Word("R"), Word("D")))),
        ("10:30", Word("10:30")),
        ("ECLI:EU:C:2009:465", Word("ECLI:EU:C:2009:465")),
        ("party:Getty", Field("party", Word("Getty"))),
        ('Court: "High Court"', Field("court", Phrase("High Court"))),
        ("title:stab*", Field("title", Prefix("stab"))),
        ("kind:judgment", Field("kind", Word("judgment"))),
    ],
)
def test_a_query_becomes_the_tree_it_means(text: str, tree: object) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-11-04", date(2025, 11, 4), date(2025, 11, 4)),
        ("2025-01..2025-06", date(2025, 1, 1), date(2025, 6, 30)),
        ("2020..2024", date(2020, 1, 1), date(2024, 12, 31)),
        ("..2024", None, date(2024, 12, 31)),
        ("2024..", date(2024, 1, 1), None),
        (">2025-01-01", date(2025, 1, 2), None),
        (">=2025-01-01", date(2025, 1, 1), None),
        ("<2025", None, date(2024, 12, 31)),
        ("<=2025", None, date(2025, 12, 31)),
    ],
)
def test_dates(value: str, first: date | None, last: date | None) -> None:
    assert parse(f"date:{value}") == DateRange(first, last)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("[2025] EWHC 2863 (Ch)", "[2025] EWHC 2863 (Ch)"),
        ("[2025]EWHC2863(CH)", "[2025] EWHC 2863 (Ch)"),
        ("2025 ewhc 2863 ch", "[2025] EWHC 2863 (Ch)"),
        ("[2025] EWHC (Ch) 2863", "[2025] EWHC 2863 (Ch)"),
        ("[2025) EHWC 2863\u00a0(Ch)", "[2025] EWHC 2863 (Ch)"),
        ('"[2025] EWHC 2863 (Ch)"', "[2025] EWHC 2863 (Ch)"),
        ("citation:[2025] EWHC 2863 (Ch)", "[2025] EWHC 2863 (Ch)"),
        ("{2023} E.W.C.A. Civ 657", "[2023] EWCA Civ 657"),
        ("[2024] UKSC 36", "[2024] UKSC 36"),
        ("[2010] UKAIT 00030", "[2010] UKAIT 30"),
        ("[2023] UKFTT 00652 (TC)", "[2023] UKFTT 652 (TC)"),
        ("[2013] NICh 4", "[2013] NICh 4"),
    ],
)
def test_a_neutral_citation_in_any_spelling_is_one_node(typed: str, normal: str) -> None:
    assert parse(typed) == Citation(normal)


def test_a_citation_among_words_stays_a_citation() -> None:
    assert parse("[2024] UKSC 36 costs") == And((Citation("[2024] UKSC 36"), Word("costs")))


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 1, "empty"),
        ("  ", 1, "empty"),
        ('costs "bad faith', 7, "not closed"),
        ("costs ()", 7, "parentheses are empty"),
        ("(costs (a)", 1, "not closed"),
        ("costs)", 6, "no opening one"),
        ("judge:Smith", 1, "party, court, date, kind, title, citation"),
        ("costs AND", 7, "Nothing follows “AND”"),
        ("OR costs", 1, "one side"),
        ("(a AND) b", 7, "one side"),
        ("court:", 1, "Nothing follows “court:”"),
        ("court:(a b)", 7, "Nothing to look for"),
        ('costs ""', 7, "quotation marks are empty"),
        ("*", 1, "asterisk"),
        ("date:2025-13", 1, "not a date"),
        ("date:yesterday", 1, "date:2025-11-04"),
        ("date:2025..2024", 1, "before it begins"),
        ("date:>9999", 1, "not a date"),
        ("&&&", 1, "no word"),
        ("(" * 60 + "a" + ")" * 60, 41, "nested"),
        ("NOT " * 60 + "a", 161, "nested"),
        ("a" * 2001, 2001, "longer"),
    ],
)
def test_an_unreadable_query_is_answered_with_its_place_and_the_remedy(
    text: str, position: int, says: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert caught.value.position == position
    assert caught.value.remedy
    assert caught.value.http_status == 400


def test_the_tree_in_words() -> None:
    tree = parse('(party:Getty OR title:"stable diff") train* -costs date:2025-01..2025-06')
    assert as_text(tree) == (
        "(party: Getty or title: exactly “stable diff”) and words beginning “train” and not costs "
        "and dated from 1 January 2025 to 30 June 2025"
    )
    assert (
        as_text(parse("date:2025-11-04 OR date:>=2026"))
        == "dated 4 November 2025 or dated from 1 January 2026"
    )
    assert as_text(parse("[2024] UKSC 36")) == "the case [2024] UKSC 36 or a mention of it"
