"""A claim form with its particulars inside: the time to respond runs from its own deemed service."""

import re
from datetime import date
from typing import Any

import pytest

from cases.actions import filings
from cases.kinds import FilingKind
from cases.models import DueDate, Filing, Party
from core.errors import InvalidInput
from demo.load import dispute
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

JSON = "application/json"


def _claim_form(world: World, *, inside: bool) -> Filing:
    return filings.log_filing(
        by=factories.ACTOR,
        case=world.case,
        kind=FilingKind.CLAIM_FORM,
        title="Claim Form",
        party=world.claimant,
        contains_particulars=inside,
    )


def _standing(filing: Filing, party: Party) -> dict[str, date]:
    rows = filing.due_dates.exclude(state=DueDate.State.SUPERSEDED).filter(party=party)
    return dict(rows.values_list("rule_id", "due_on"))


def test_the_periods_run_from_the_deemed_service_of_the_claim_form(world: World) -> None:
    filing = _claim_form(world, inside=True)
    (row,) = [row for row in dispute()["document"] if row.get("kind") == "claim-form"]
    filings.serve(by=factories.ACTOR, filing=filing, at=row["served_at"], method=row["served_by"])
    # The demonstration's certificate: step on Tuesday 22 September 2026, served on Thursday 24.
    assert _standing(filing, world.defendant) == {
        "EW-RESP-2": date(2026, 10, 8),
        "EW-RESP-5": date(2026, 10, 8),
        "EW-RESP-6": date(2026, 10, 22),
    }
    assert set(_standing(filing, world.abroad)) == {"EW-OUT-3", "EW-OUT-4", "EW-OUT-4A"}
    assert _standing(filing, world.claimant) == {"EW-SVC-7": date(2026, 10, 15)}
    due = filing.due_dates.get(rule_id="EW-RESP-6")
    served = {step["step"]: (step["date"], step["source"]) for step in due.working}["Deemed served"]
    assert served == ("2026-09-24", "CPR 6.14")
    assert not due.rule_verified
    assert "CPR 15.4(1)(b), 7.4(1)(a) is unverified here" in " ".join(due.warnings)


def test_the_mark_set_when_serving_moves_from_one_set_of_dates_to_the_other(world: World) -> None:
    filing = _claim_form(world, inside=False)
    client, address = signed_in(world.editor), world.address(f"docket/{filing.pk}/")
    form: dict[str, Any] = {"serve-at": "2026-09-22T11:50", "serve-method": "personal"}
    client.post(f"{address}serve/", form)
    assert set(_standing(filing, world.claimant)) == {"EW-SVC-5"}
    client.post(f"{address}serve/", {**form, "serve-contains_particulars": "on"})
    assert set(_standing(filing, world.claimant)) == {"EW-SVC-7"}
    assert "EW-RESP-2" in _standing(filing, world.defendant)
    page = client.get(address).content.decode()
    assert "its particulars inside" in page
    assert re.search(r'<input[^>]*name="serve-contains_particulars"[^>]*checked', page)
    client.post(f"{address}serve/", form)
    assert set(_standing(filing, world.claimant)) == {"EW-SVC-5"}
    assert _standing(filing, world.defendant) == {}


def test_the_mark_is_offered_for_a_claim_form_and_refused_for_anything_else(world: World) -> None:
    client, filing = signed_in(world.editor), world.filing()
    page = client.get(world.address(f"docket/{filing.pk}/")).content.decode()
    assert "contains_particulars" not in page
    form = {"kind": "defence", "title": "Defence", "party": "", "dated": "", "contains_particulars": "on"}
    refused = client.post(world.address("docket/new/"), form)
    assert refused.status_code == 422
    assert "Only a claim form contains its particulars" in refused.content.decode()
    assert client.post(world.address("docket/new/"), {**form, "kind": "claim-form"}).status_code == 302
    assert world.case.filings.get(kind="claim-form").contains_particulars
    with pytest.raises(InvalidInput, match="Only a claim form"):
        filings.serve(
            by=factories.ACTOR,
            filing=filing,
            at=london(2026, 10, 6),
            method="email",
            contains_particulars=True,
        )


def test_the_api_takes_and_tells_the_mark(world: World) -> None:
    client = signed_in(world.editor)
    body = {"kind": "claim-form", "title": "Claim Form", "party": world.claimant.pk}
    made = client.post(world.api("filings/"), body, content_type=JSON).json()
    assert made["contains_particulars"] is False
    address = world.api(f"filings/{made['id']}/")
    served = {"at": "2026-09-22T11:50:00+01:00", "method": "personal", "contains_particulars": True}
    assert client.post(f"{address}serve/", served, content_type=JSON).json()["contains_particulars"] is True
    del served["contains_particulars"]
    again = client.post(f"{address}serve/", served, content_type=JSON).json()
    assert again["contains_particulars"] is True, "what is not said stays"
    wrong = client.patch(address, {"kind": "letter"}, content_type=JSON)
    assert (wrong.status_code, wrong.json()["field"]) == (400, "contains_particulars")
    answer = client.patch(address, {"contains_particulars": False}, content_type=JSON)
    assert answer.json()["contains_particulars"] is False
    assert not world.defendant.due_dates.exclude(state=DueDate.State.SUPERSEDED).exists()
