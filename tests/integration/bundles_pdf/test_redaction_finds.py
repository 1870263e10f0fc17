"""What is found by list and by shape, where it stands, and what is rightly left alone."""

from pathlib import Path

import pytest
from weasyprint import HTML

from bundles.pdf.redact import redact
from bundles.pdf.redact.find import PATTERNS, Proposal, find_names, find_patterns
from bundles.pdf.redact.find.proposal import pages_of
from core.errors import InvalidInput

PAGE = """<style>@page{size:A5;margin:1cm}body{font:10pt/1.5 sans-serif;width:6cm}</style>
<p>Dear Ms Nair, Priya Nair was born on 3 April 1980. P. Nair or Nair, Priya says DOB: 04/03/1981.
SSN is 123-45-6789; ssn 987654321; not 000-12-3456. Don José Núñez-García knows, and jose nunez-garcia.
Write to priya.nair@example.co.uk. IBAN GB82 WEST 1234 5698 7654 32 on the list,
not GB82 WEST 1234 5698 7654 33.
Card 4111 1111 1111 1111, not 4111 1111 1111 1112. Account number 12345678, sort code 20-00-00.
NI AB 12 34 56 C. Postcode SW1A 1AA. Call 020 7946 0018 or +1 212 555 0123. EIN: 12-3456789.
Nairobi and priyanair are no names. Order 123456789 of [2021] EWHC 2167 (Comm), 98.7%.
It is known that Priya<br>Nair came.</p>"""


@pytest.fixture(scope="module")
def letter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("finds") / "letter.pdf"
    HTML(string=PAGE).write_pdf(path)
    return path


def words(finds: list[Proposal]) -> list[str]:
    return [find.words for find in finds]


def test_names_are_found_in_every_way_people_write_them(letter: Path) -> None:
    finds = list(find_names(letter, ["Priya Nair"]))
    assert words(finds) == ["Nair", "Priya Nair", "P. Nair", "Nair, Priya", "priya.nair", "Priya Nair"]
    assert finds[0].note.startswith("surname alone")
    assert finds[0].before.endswith("Dear Ms")
    assert len(finds[-1].boxes) == 2


def test_without_variants_only_the_words_themselves_are_found(letter: Path) -> None:
    assert words(list(find_names(letter, ["nair"], variants=False)))[0] == "Nair"
    assert words(list(find_names(letter, ["Smith"]))) == []
    assert words(list(find_names(letter, ["is no"]))) == []


def test_accents_case_and_divided_words_make_no_difference(letter: Path) -> None:
    assert words(list(find_names(letter, ["JOSE NUNEZ-GARCIA"], variants=False))) == [
        "José Núñez-García",
        "jose nunez-garcia",
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("us-ssn", ["123-45-6789", "987654321"]),
        ("birth-date", ["3 April 1980", "04/03/1981"]),
        ("email", ["priya.nair@example.co.uk"]),
        ("iban", ["GB82 WEST 1234 5698 7654 32"]),
        ("card", ["4111 1111 1111 1111"]),
        ("account", ["12345678"]),
        ("sort-code", ["20-00-00"]),
        ("national-insurance", ["AB 12 34 56 C"]),
        ("postcode", ["SW1A 1AA"]),
        ("phone", ["020 7946 0018", "+1 212 555 0123"]),
        ("us-ein", ["12-3456789"]),
    ],
)
def test_each_kind_is_found_by_its_shape_and_its_check_digits(
    letter: Path, kind: str, expected: list[str]
) -> None:
    assert words(list(find_patterns(letter, [kind]))) == expected


def test_every_kind_has_a_case_above(letter: Path) -> None:
    assert {find.kind for find in find_patterns(letter)} == set(PATTERNS)


def test_what_the_rule_lets_stand_can_still_be_read(letter: Path, tmp_path: Path) -> None:
    finds = [
        *find_patterns(letter, ["us-ssn", "birth-date", "card"]),
        *find_names(letter, ["José Núñez-García"], variants=False),
    ]
    out = tmp_path / "out.pdf"
    redact(letter, [box for find in finds for box in find.boxes], out, dpi=200)
    text = " ".join(page.text for page in pages_of(out))
    for kept in ("1980", "1981", "6789", "4321", "Nairobi"):
        assert kept in text
    for gone in ("123-45", "3 April", "04/03", "Card 4111 1111 1111 1111", "José", "nunez", "98765"):
        assert gone not in text


def test_an_unknown_kind_and_an_empty_name_are_refused(letter: Path) -> None:
    with pytest.raises(InvalidInput, match="passport"):
        list(find_patterns(letter, ["passport"]))
    with pytest.raises(InvalidInput, match="empty"):
        list(find_names(letter, [" "]))
