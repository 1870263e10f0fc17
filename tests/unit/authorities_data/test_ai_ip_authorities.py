"""The shipped authorities are complete, dated and marked for how they were checked."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[3] / "authorities" / "data" / "ai-ip.toml"
AUTHORITIES = tomllib.loads(FILE.read_text(encoding="utf-8"))["authority"]


def sentences(text: str) -> int:
    return len(re.findall(r"[.?!](?=\s|$)", text))


@pytest.mark.parametrize("authority", AUTHORITIES, ids=lambda authority: authority["key"])
def test_an_authority_is_complete(authority: dict[str, Any]) -> None:
    assert {"name", "citation", "date", "jurisdiction", "status", "topics", "source"} <= set(authority)
    assert authority["kind"] in {"judgment", "legislation", "instrument", "guidance"}
    assert re.fullmatch(r"(\d{4}(-\d\d(-\d\d)?)?)?", authority["date"])
    assert isinstance(authority["as_of"], date)
    assert 2 <= sentences(authority["summary"]) <= 5
    assert authority["verified"] == (authority["read"] != "not read")


def test_keys_are_unique() -> None:
    assert len({authority["key"] for authority in AUTHORITIES}) == len(AUTHORITIES) == 91


def test_what_is_under_appeal_says_so() -> None:
    status = {authority["key"]: authority["status"] for authority in AUTHORITIES}
    assert status["getty-2025"] == "under appeal"
    assert status["gema-openai"] == "under appeal"
    assert status["like"] == "pending"
    assert status["ep-coa"].startswith("reversed")
