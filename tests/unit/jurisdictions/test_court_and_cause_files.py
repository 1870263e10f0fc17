"""The shipped courts and causes of action are complete and agree with each other."""

import re
import tomllib
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from jurisdictions.deadlines import load_calendars, load_pack

ROOT = Path(__file__).resolve().parents[3] / "jurisdictions" / "data"
COURTS = tomllib.loads((ROOT / "courts.toml").read_text(encoding="utf-8"))["court"]
CAUSES = [
    cause
    for path in sorted((ROOT / "causes").glob("*.toml"))
    for cause in tomllib.loads(path.read_text(encoding="utf-8"))["cause"]
]
COURT_FIELDS = {
    "code", "name", "jurisdiction", "neutral", "claim_number", "example", "shown", "bundle_profile",
    "calendar", "rule_pack", "zone", "appeal_to", "verified", "source", "read",
}  # fmt: skip


@pytest.mark.parametrize("court", COURTS, ids=lambda court: court["code"])
def test_a_court_is_complete_and_its_example_fits_its_pattern(court: dict[str, Any]) -> None:
    assert set(court) == COURT_FIELDS
    pattern = re.compile(court["claim_number"])
    assert pattern.fullmatch(court["example"])
    assert court["example"] in court["shown"]
    assert not pattern.fullmatch("A BAD NUMBER")
    ZoneInfo(court["zone"])
    assert court["appeal_to"] in {"", *(other["code"] for other in COURTS)}
    assert court["calendar"] in {"", *load_calendars()}
    assert court["rule_pack"] in {"", load_pack().id}
    assert isinstance(court["verified"], bool)


def test_court_codes_and_london_claim_numbers_are_unique() -> None:
    codes = [court["code"] for court in COURTS]
    assert len(set(codes)) == len(codes)
    for number in ("IL-2026-000123", "HP-2026-000045", "IP-2026-000078", "BL-2026-000911", "CA-2026-001234"):
        assert len([c for c in COURTS if re.fullmatch(c["claim_number"], number)]) == 1


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("us-cand", "3:24-cv-05417-WHA"),
        ("us-nysd", "1:23-cv-11195"),
        ("de-lg-muenchen-1", "42 O 763/25"),
        ("eu-cjeu", "C-203/02"),
        ("ew-hc-kb", "QB-2021-001234"),
        ("ew-hc-ipl", "IL-2023-000007"),
    ],
)
def test_reported_numbers_are_accepted(code: str, number: str) -> None:
    court = next(court for court in COURTS if court["code"] == code)
    assert re.fullmatch(court["claim_number"], number)


def test_causes_number_their_elements_and_say_how_each_was_checked() -> None:
    assert len(CAUSES) == 25
    assert len({cause["id"] for cause in CAUSES}) == 25
    for cause in CAUSES:
        elements = cause["element"]
        assert [element["n"] for element in elements] == list(range(1, len(elements) + 1))
        for row in [*elements, *cause.get("defence", [])]:
            assert row["text"]
            assert row["read"] in {"rule text", "secondary source", "not read"}
            assert row["verified"] == (row["read"] != "not read")
