"""Loading courts and causes of action from the sourced data that ships with Assize."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from jurisdictions.models import CauseOfAction, Court, Element, Jurisdiction

DATA = Path(__file__).parent / "data"
NAMES = {
    "EW": "England and Wales",
    "UK": "United Kingdom",
    "US": "United States",
    "EU": "European Union",
    "DE": "Germany",
    "SG": "Singapore",
    "CA": "Canada",
    "CN": "China",
    "DK": "Denmark",
    "FR": "France",
    "IN": "India",
    "NL": "Netherlands",
}


def _rows(path: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))[table]
    return rows


@transaction.atomic
def load() -> dict[str, int]:
    """Every court, cause and element in the data is a row; repeating it changes nothing. Answers counts.

    An element that the data no longer has is kept where a claim relies on it.
    """
    for code, name in NAMES.items():
        Jurisdiction.objects.update_or_create(code=code, defaults={"name": name})
    courts = _rows(DATA / "courts.toml", "court")
    for row in courts:
        _load_court(row)
    causes = [row for path in sorted((DATA / "causes").glob("*.toml")) for row in _rows(path, "cause")]
    elements = sum(_load_cause(row) for row in causes)
    return {"courts": len(courts), "causes": len(causes), "elements": elements}


def _load_court(row: dict[str, Any]) -> None:
    fields = {
        "name": row["name"],
        "jurisdiction_id": row["jurisdiction"],
        "neutral_citation_code": row["neutral"],
        "claim_number_pattern": row["claim_number"],
        "claim_number_example": row["example"],
        "claim_number_words": row["shown"],
        "bundle_profile": row["bundle_profile"],
        "calendar": row["calendar"],
        "rule_pack": row["rule_pack"],
        "appeal_to": row["appeal_to"],
        "time_zone": row["zone"],
        "verified": row["verified"],
        "source": row["source"],
        "read_how": row["read"],
    }
    Court.objects.update_or_create(code=row["code"], defaults=fields)


def _load_cause(row: dict[str, Any]) -> int:
    cause, _ = CauseOfAction.objects.update_or_create(
        code=row["id"],
        defaults={
            "name": row["name"],
            "jurisdiction_id": row["jurisdiction"],
            "standard_of_proof": row["standard"],
        },
    )
    for element in row["element"]:
        Element.objects.update_or_create(
            cause=cause,
            number=element["n"],
            defaults={
                "text": element["text"],
                "authority": element["source"],
                "evidence_types": element["evidence"],
                "verified": element["verified"],
                "read_how": element["read"],
            },
        )
    return len(row["element"])
