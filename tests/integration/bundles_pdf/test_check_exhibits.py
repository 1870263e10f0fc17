"""Statements and their exhibits under PD 32: each planted fault is found by its rule and by no other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pikepdf import Pdf

from bundles.pdf.check import CheckReport, check
from tests.integration.bundles_pdf.drawn_pages import Words, body, bookmark, drawn, redraw, saved

Fault = Callable[[Pdf], None]

CORNER = ("On behalf of the Claimant", "H. Patel", "First", "Exhibit HP1", "3 September 2026")
WIDE = 105.0  # points: a little more than 3.5 cm


def corner(*lines: str) -> list[Words]:
    return [Words(400, 810 - 12 * nth, line, 9) for nth, line in enumerate(lines)]


def numbered(number: int, *lines: Words) -> list[Words]:
    return [*lines, Words(295, 25, str(number))]


def statement(number: int, ordinal: str, mark: str, *, left: float = WIDE, marks: int = 5) -> list[Words]:
    lines = [line.replace("First", ordinal).replace("HP1", mark) for line in CORNER][:marks]
    return numbered(
        number,
        *corner(*lines),
        Words(left, 640, f"{ordinal.upper()} WITNESS STATEMENT OF HARRIET PATEL"),
        Words(left, 600, "1. I refer to the bundle of letters now produced and shown to me"),
        Words(left, 584, f"marked “{mark}”, and say that each letter was sent on its date."),
        Words(left, 568, f"{mark}/2", bold=True),
    )


def front(number: int, mark: str, *, marks: int = 5) -> list[Words]:
    lines = [line.replace("HP1", mark) for line in CORNER][:marks]
    return numbered(number, *corner(*lines), Words(250, 500, f"Exhibit {mark}", 16))


def letters(number: int) -> list[Words]:
    return numbered(number, *body("The letter says that the goods had come and were in order.", top=650))


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two statements of one witness with an exhibit each."""
    pages = [
        statement(1, "First", "HP1"),
        front(2, "HP1"),
        letters(3),
        statement(4, "Second", "HP2"),
        front(5, "HP2"),
        letters(6),
    ]
    with drawn(pages) as pdf:
        bookmark(pdf, ("Statement 1", 1), ("HP1", 2), ("Statement 2", 4), ("HP2", 5))
        return saved(pdf, tmp_path_factory.mktemp("statements") / "evidence.pdf")


def marks_missing_on_a_statement(pdf: Pdf) -> None:
    redraw(pdf, 1, statement(1, "First", "HP1", marks=2))


def exhibit_not_introduced(pdf: Pdf) -> None:
    lines = [line for line in statement(4, "Second", "HP2") if "refer" not in line.text]
    redraw(pdf, 4, lines)


def numbers_begin_again(pdf: Pdf) -> None:
    redraw(pdf, 4, statement(4, "Second", "HP1"))
    redraw(pdf, 5, front(5, "HP1"))


def narrow_margin(pdf: Pdf) -> None:
    redraw(pdf, 1, statement(1, "First", "HP1", left=60))


def reference_in_plain_type(pdf: Pdf) -> None:
    redraw(pdf, 4, [*statement(4, "Second", "HP2"), Words(WIDE, 540, "as appears at HP2/4 in that bundle")])


def marks_missing_on_a_front_sheet(pdf: Pdf) -> None:
    redraw(pdf, 5, front(5, "HP2", marks=3))


def numbers_stand_elsewhere(pdf: Pdf) -> None:
    for number, page in enumerate(pdf.pages, 1):
        words = page.obj.Contents.read_bytes().replace(b"295 25 Td (%d)" % number, b"540 25 Td (%d)" % number)
        page.obj.Contents = pdf.make_stream(words)


def numbers_break_off(pdf: Pdf) -> None:
    redraw(pdf, 6, letters(9))


FAULTS: list[tuple[Fault, str, tuple[int, ...]]] = [
    (marks_missing_on_a_statement, "EX-01", (1,)),
    (exhibit_not_introduced, "EX-02", (4,)),
    (numbers_begin_again, "EX-03", (4, 5)),
    (narrow_margin, "EX-04", (1,)),
    (reference_in_plain_type, "EX-04", (4,)),
    (marks_missing_on_a_front_sheet, "EX-05", (5,)),
    (numbers_stand_elsewhere, "EX-06", ()),
    (numbers_break_off, "EX-06", (6,)),
]


def failing(report: CheckReport) -> list[tuple[str, tuple[int, ...]]]:
    return [(rule.id, rule.pages) for rule in report.rules if rule.status == "fail"]


def test_good_statements_and_exhibits_break_no_rule(evidence: Path) -> None:
    report = check(evidence, profile="exhibit")
    assert failing(report) == []
    kept = {rule.id for rule in report.rules if rule.status == "pass"}
    assert {"EX-01", "EX-02", "EX-03", "EX-04", "EX-05"} <= kept


@pytest.mark.parametrize(
    ("fault", "rule", "pages"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_only_the_broken_rule_fails(
    evidence: Path, tmp_path: Path, fault: Fault, rule: str, pages: tuple[int, ...]
) -> None:
    with Pdf.open(evidence) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert failing(check(tmp_path / "faulty.pdf", profile="exhibit")) == [(rule, pages)]


def test_the_exhibits_own_numbers_go_before_the_bundles(evidence: Path) -> None:
    report = check(evidence, profile="exhibit")
    aside = next(rule for rule in report.rules if rule.id == "EW-02")
    assert aside.status == "not applicable"
    assert "EX-06 is followed instead" in aside.detail


def test_an_exhibit_by_itself_begins_with_a_dated_list(tmp_path: Path) -> None:
    rows = [("3 May 2026", "Letter to the bank", 2), ("9 May 2026", "Its answer", 3)]
    listed = [Words(80, 600 - 20 * nth, f"{day} {title}") for nth, (day, title, _) in enumerate(rows)]
    pages = [Words(500, 600 - 20 * nth, str(page)) for nth, (_, _, page) in enumerate(rows)]
    sheet = [*front(1, "HP1"), Words(80, 640, "Index"), *listed, *pages]
    good = saved(drawn([sheet, letters(2), letters(3)]), tmp_path / "good.pdf")
    report = check(good, profile="exhibit")
    assert failing(report) == []
    assert {rule.id: rule.status for rule in report.rules}["EX-06"] == "pass"
    undated = [
        Words(line.left, line.bottom, line.text.replace("9 May 2026", ""), line.size) for line in sheet
    ]
    faulty = saved(drawn([undated, letters(2), letters(3)]), tmp_path / "undated.pdf")
    assert failing(check(faulty, profile="exhibit")) == [("EX-06", (1,))]
    bare = saved(drawn([letters(1), letters(2)]), tmp_path / "bare.pdf")
    assert failing(check(bare, profile="exhibit")) == [("EX-05", (1,))]
