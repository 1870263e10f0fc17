"""The shared test vectors, each answered by the engine."""

import json
from datetime import date
from pathlib import Path

import pytest

from jurisdictions.deadlines import Document, compute, deemed_service, load_calendars, load_pack

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "law" / "deadlines.json"
PACK = load_pack()
EW = load_calendars()["ew"]

pytestmark = pytest.mark.skipif(
    not VECTORS.is_file(), reason="the shared research (../shared/law) is not here"
)

RULES = {
    "2.8(3) ex (i)": ("EW-APP-1", date(2023, 10, 20)),
    "2.8(3) ex (iii)": ("EW-SVC-5", date(2025, 10, 2)),
    "10.3": ("EW-RESP-2", date(2026, 10, 6)),
    "15.4": ("EW-RESP-6", date(2026, 10, 6)),
    "10.3(1)(a)": ("EW-RESP-1", date(2026, 10, 12)),
    "7.5(1)": ("EW-SVC-1", date(2026, 10, 1)),
    "7.5(2)": ("EW-SVC-2", date(2026, 10, 1)),
    "63.22(3)": ("EW-IP-4", date(2026, 10, 6)),
}
SERVICE = {
    "6.14 Fri post": (Document.CLAIM_FORM, date(2026, 10, 2)),
    "6.14 Saturday step": (Document.CLAIM_FORM, date(2026, 10, 3)),
    "6.26 Fri post": (Document.OTHER, date(2026, 10, 2)),
    "PD6A ex1": (Document.OTHER, date(2026, 10, 5)),
    "PD6A ex6": (Document.OTHER, date(2026, 4, 6)),
}


def answer(name: str) -> date:
    if name in RULES:
        rule, trigger = RULES[name]
        return compute(PACK.rule(rule), trigger, calendar=EW).due
    document, posted = SERVICE[name]
    return deemed_service("post", posted, EW, rules=PACK.service[document]).date


def test_every_shared_vector_comes_out() -> None:
    expected = {
        v["rule"]: v["expected"] for v in json.loads(VECTORS.read_text(encoding="utf-8"))["test_vectors"]
    }
    assert len(expected) == 13
    assert {name: answer(name).isoformat() for name in expected} == expected
