"""A bundle's file name, its order and its verdict, as plain values."""

from datetime import date

import pytest

from bundles import naming, order, ranges, verdict
from core.errors import InvalidInput


def test_the_file_name_holds_claim_number_short_case_bundle_and_hearing_date() -> None:
    name = naming.file_name(
        claim_number="IL-2026-000123",
        case="Aurelia Laboratories Limited v Baiyun Cloud (UK) Ltd",
        title="Bundle A: applications/orders",
        hearing_date=date(2026, 12, 1),
    )
    assert name == (
        "IL-2026-000123 Aurelia Laboratories v Baiyun Cloud Bundle A applications orders 2026-12-01.pdf"
    )


def test_a_long_case_name_never_pushes_out_the_hearing_date() -> None:
    name = naming.file_name(
        claim_number="IL-2026-000123",
        case=" and ".join(["Extraordinarily Long Name of a Party"] * 20),
        title="B" * 300,
        hearing_date=date(2026, 12, 1),
    )
    assert name.startswith("IL-2026-000123 Extraordinarily Long")
    assert name.endswith(" 2026-12-01.pdf")
    assert len(name.encode()) < 255


def test_what_is_not_known_is_left_out_of_the_name() -> None:
    name = naming.file_name(claim_number="", case="A v B", title="Bundle", hearing_date=None)
    assert name == "A v B Bundle.pdf"


def test_an_entry_moves_within_and_past_its_section() -> None:
    stands: order.Order = [(1, [10, 11]), (2, []), (3, [12])]
    assert order.entry_moved(stands, 10, 1) == [(1, [11, 10]), (2, []), (3, [12])]
    assert order.entry_moved(stands, 11, 1) == [(1, [10]), (2, [11]), (3, [12])]
    assert order.entry_moved(stands, 12, -1) == [(1, [10, 11]), (2, [12]), (3, [])]
    assert order.entry_moved(stands, 10, -1) == stands
    assert order.entry_moved(stands, 99, 1) == stands


def test_a_section_moves_with_what_is_in_it() -> None:
    stands: order.Order = [(1, [10, 11]), (2, []), (3, [12])]
    assert order.section_moved(stands, 1, 1) == [(2, []), (1, [10, 11]), (3, [12])]
    assert order.section_moved(stands, 3, 1) == stands
    assert order.sections_as(stands, [3, 1]) == [(3, [12]), (1, [10, 11])]


def test_the_mark_changes_with_every_move() -> None:
    stands: order.Order = [(1, [10, 11]), (2, [])]
    moved = [order.entry_moved(stands, 10, 1), order.section_moved(stands, 1, 1), [(1, [10, 11])]]
    assert len({order.mark(stands), *map(order.mark, moved)}) == 4


def _check(*statuses: str) -> dict[str, object]:
    rules = [{"id": f"R{n}", "status": s, "pages": [], "detail": ""} for n, s in enumerate(statuses)]
    return {"passed": "fail" not in statuses, "rules": rules}


def test_the_verdict_does_not_claim_what_no_machine_decided() -> None:
    assert verdict.summary(_check("pass", "not applicable")).kind == "done"
    assert verdict.summary(_check("pass", "unverified")).title == (
        "No rule is broken; one rule is left for a person to decide"
    )
    assert verdict.summary(_check("fail", "fail", "unverified")).title == "2 rules are not met"


def test_each_rule_stands_with_its_words_and_source() -> None:
    check = {
        "passed": False,
        "rules": [{"id": "X", "status": "fail", "pages": list(range(1, 20)), "detail": "d"}],
    }
    (row,) = verdict.rows(check, [{"id": "X", "text": "Pages are numbered.", "source": "GG 2"}])
    assert (row.word, row.kind, row.text, row.source) == ("Not met", "due", "Pages are numbered.", "GG 2")
    assert row.pages == tuple(range(1, 13))
    assert row.more == 7


@pytest.mark.parametrize(
    ("after", "taken"),
    [
        ([(1, [10, 11, 12, 13]), (2, [20])], set()),
        ([(1, [13, 10, 11, 12]), (2, [20])], {13}),
        ([(1, [11, 12, 13, 10]), (2, [20])], {10}),
        ([(1, [10, 12, 13]), (2, [20, 11])], {11}),
        ([(2, [20]), (1, [10, 11, 12, 13])], set()),
        ([(1, [11, 10, 13, 12]), (2, [20])], 2),
    ],
)
def test_the_fewest_moves_explain_a_new_order(after: order.Order, taken: set[int] | int) -> None:
    before: order.Order = [(1, [10, 11, 12, 13]), (2, [20])]
    found = order.taken_elsewhere(before, after)
    assert (len(found) if isinstance(taken, int) else found) == taken


def test_a_files_name_says_which_bundle_and_which_of_a_pair() -> None:
    assert naming.full_title("Hearing bundle", letter="A") == "Hearing bundle A"
    assert naming.full_title("Bundle A", letter="A", redacted=True, confidential=True) == "Bundle A redacted"
    assert naming.full_title("Core", confidential=True) == "Core confidential"


@pytest.mark.parametrize(
    ("words", "pages", "written"),
    [
        ("1-3, 7", (1, 2, 3, 7), "1-3, 7"),
        ("12 – 14; 3", (12, 13, 14, 3), "12-14, 3"),
        ("5 to 7 9", (5, 6, 7, 9), "5-7, 9"),
        ("2,2, 2-3", (2, 3), "2-3"),
        ("  ", (), ""),
    ],
)
def test_page_ranges_are_read_as_people_type_them(words: str, pages: tuple[int, ...], written: str) -> None:
    assert ranges.parse(words, last=20) == pages
    assert ranges.write(pages) == written


@pytest.mark.parametrize("words", ["0", "3-1", "21", "one", "1-", "1.5"])
def test_what_is_no_page_is_refused_by_name(words: str) -> None:
    with pytest.raises(InvalidInput, match="is not") as refused:
        ranges.parse(words, last=20)
    assert refused.value.field == "pages"


def test_one_move_gives_one_new_place_until_there_is_no_room() -> None:
    now = {10: 1024, 11: 2048, 12: 3072, 13: 9}
    assert order.places([10, 13, 11, 12], now, {13}) == {10: 1024, 13: 1536, 11: 2048, 12: 3072}
    assert order.places([13, 10, 11, 12], now, {13})[13] == 512
    assert order.places([10, 11, 12, 13], now, {13})[13] == 4096
    close = {10: 1, 11: 2, 13: 9}
    assert order.places([10, 13, 11], close, {13}) == {10: 1024, 13: 2048, 11: 3072}
    assert order.places([], {}, set()) == {}
