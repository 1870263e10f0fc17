"""The description of the demonstration dispute holds together and agrees with the documents."""

import json
import subprocess
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from cases.kinds import FilingKind

ROOT = Path(__file__).parents[3]
DOCUMENTS = ROOT / "demo" / "documents"
ELEMENTS = ROOT.parent / "shared" / "law" / "elements.json"


@pytest.fixture(scope="module")
def dispute() -> dict[str, Any]:
    return tomllib.loads((ROOT / "demo" / "dispute.toml").read_text("utf-8"))


def page_text(name: str, page: int) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), str(DOCUMENTS / name), "-"]
    return " ".join(subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())


def test_every_document_is_described_and_bundled_once(dispute: dict[str, Any]) -> None:
    present = sorted(path.name for path in DOCUMENTS.iterdir())
    assert sorted(document["file"] for document in dispute["document"]) == present
    assert sorted(name for section in dispute["bundle"]["section"] for name in section["files"]) == present


def test_parties_claims_and_files_named_are_there(dispute: dict[str, Any]) -> None:
    parties = {party["key"] for party in dispute["party"]}
    files = {document["file"] for document in dispute["document"]}
    claims = {claim["number"] for claim in dispute["claim"]}
    for claim in dispute["claim"]:
        assert {*claim["claimants"], *claim["defendants"]} <= parties
    assert {document["party"] for document in dispute["document"] if "party" in document} <= parties
    assert {application["applicant"] for application in dispute["application"]} <= parties
    assert {application["file"] for application in dispute["application"]} <= files
    assert {link["file"] for link in dispute["link"]} <= files
    assert {row["claim"] for row in (*dispute["link"], *dispute["position"])} <= claims


def test_filings_follow_the_order_of_events(dispute: dict[str, Any]) -> None:
    filings = [document for document in dispute["document"] if "kind" in document]
    for filing in filings:
        assert filing["kind"] in set(FilingKind)
        steps = [filing[step] for step in ("prepared_at", "submitted_at", "accepted_at") if step in filing]
        assert steps == sorted(steps), filing["file"]
        assert ("served_at" in filing) == ("served_by" in filing), filing["file"]
        assert ("submitted_at" in filing) == ("submitted_by" in filing), filing["file"]
        times = [value for value in filing.values() if isinstance(value, datetime)]
        assert all(value.utcoffset() is not None for value in times), filing["file"]
        assert min(value.date() for value in times) >= date(2026, 9, 18)
    accepted = [filing["accepted_at"] for filing in filings]
    assert accepted == sorted(accepted)


def test_each_position_and_link_is_stated_once(dispute: dict[str, Any]) -> None:
    positions = [(row["claim"], row["element"]) for row in dispute["position"]]
    links = [(row["file"], row["page"], row["claim"], row["element"]) for row in dispute["link"]]
    assert len(set(positions)) == len(positions)
    assert len(set(links)) == len(links)
    assert {row["weight"] for row in dispute["link"]} == {"supports", "undermines", "neutral"}
    sides = {row[side] for row in dispute["position"] for side in ("claimant", "defendant")}
    assert sides == {"asserted", "admitted", "denied", "not-addressed"}


def test_quotations_stand_on_the_page_that_is_named(dispute: dict[str, Any]) -> None:
    quoted = [link for link in dispute["link"] if "quote" in link]
    assert len(quoted) >= 5
    for link in quoted:
        assert link["quote"] in page_text(link["file"], link["page"]), link


def test_causes_and_elements_are_in_the_shared_law(dispute: dict[str, Any]) -> None:
    if not ELEMENTS.exists():
        pytest.skip("the shared list of causes of action is not beside this checkout")
    causes = {cause["id"]: cause for cause in json.loads(ELEMENTS.read_text("utf-8"))["causes"]}
    known = {
        claim["number"]: {element["n"] for element in causes[claim["cause"]]["elements"]}
        for claim in dispute["claim"]
    }
    for row in (*dispute["position"], *dispute["link"]):
        assert row["element"] in known[row["claim"]], row
