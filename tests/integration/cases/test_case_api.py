"""The API of a matter: the same actions, the same access, the same refusals."""

from typing import Any

import pytest
from django.test import Client

from cases.actions import filings
from cases.models import Case, DueDate, Membership, Party
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World, london

JSON = "application/json"


def _post(client: Client, address: str, **body: object) -> Any:
    return client.post(address, body, content_type=JSON)


@pytest.mark.parametrize("rest", ["", "parties/", "claims/", "filings/", "due-dates/", "members/"])
def test_who_reaches_a_list(world: World, rest: str) -> None:
    assert Client().get(world.api(rest)).status_code == 403
    stranger = signed_in(world.stranger).get(world.api(rest))
    assert stranger.status_code == 404
    assert world.case.title not in stranger.content.decode()
    for user in (world.owner, world.reader, world.expert):
        assert signed_in(user).get(world.api(rest)).status_code == 200


def test_only_ones_own_matters_are_listed(world: World) -> None:
    factories.a_case(world.stranger, "Other v Another", "IL-2026-000999")
    body = signed_in(world.reader).get("/api/matters/").json()
    assert (body["count"], [matter["title"] for matter in body["results"]]) == (1, ["Aurelia v Baiyun"])


def test_a_matter_is_opened_and_corrected(world: World) -> None:
    client = signed_in(world.stranger)
    bad = _post(client, "/api/matters/", title="A v B", court="ew-hc-ipl", claim_number="HP-1")
    assert bad.status_code == 400
    assert bad.json()["field"] == "claim_number"
    made = _post(client, "/api/matters/", title="A v B", court="ew-hc-ipl", claim_number="il-2026-000777")
    assert made.status_code == 201
    case = Case.objects.get(pk=made.json()["id"])
    assert case.memberships.get().user == world.stranger
    answer = client.patch(f"/api/matters/{case.pk}/", {"title": "A v C"}, content_type=JSON)
    assert answer.json()["title"] == "A v C"
    assert answer.json()["claim_number"] == "IL-2026-000777"


def test_a_reader_reads_and_does_not_write(world: World) -> None:
    client = signed_in(world.reader)
    for rest, body in (
        ("parties/", {"name": "X", "role": "claimant"}),
        ("filings/", {"kind": "order", "title": "Order"}),
        ("members/", {"email": "stranger@example.org", "role": "reader"}),
    ):
        assert _post(client, world.api(rest), **body).status_code == 403


def test_parties_are_added_and_corrected(world: World) -> None:
    client = signed_in(world.editor)
    made = _post(client, world.api("parties/"), name="Corvid plc", role="third-party", aliases=["Corvid"])
    assert made.status_code == 201
    party = Party.objects.get(name="Corvid plc")
    address = world.api(f"parties/{party.pk}/")
    answer = client.patch(address, {"representation": "Quill LLP"}, content_type=JSON)
    assert (answer.json()["representation"], answer.json()["aliases"]) == ("Quill LLP", ["Corvid"])
    again = _post(client, world.api("parties/"), name="CORVID PLC", role="third-party")
    assert again.status_code == 409


def test_a_place_of_service_is_one_of_those_known_or_is_left_open(world: World) -> None:
    client, address = signed_in(world.editor), world.api(f"parties/{world.abroad.pk}/")
    assert client.get(address).json()["place_of_service"] == "china"
    assert client.patch(address, {"place_of_service": "atlantis"}, content_type=JSON).status_code == 400
    for place in ("hong kong", ""):
        answer = client.patch(address, {"place_of_service": place}, content_type=JSON)
        assert answer.json()["place_of_service"] == place


def test_claims_stand_between_parties_of_the_matter_only(world: World) -> None:
    client = signed_in(world.editor)
    body = {"cause": "EW-CONF", "claimants": [world.claimant.pk], "defendants": [world.defendant.pk]}
    made = _post(client, world.api("claims/"), **body)
    assert made.status_code == 201
    address = world.api(f"claims/{made.json()['id']}/")
    assert client.patch(address, {"relief": "Damages"}, content_type=JSON).json()["relief"] == "Damages"
    other = factories.a_party(factories.a_case(world.stranger, "Other", "IL-2026-000999"), "Other Ltd")
    foreign = _post(client, world.api("claims/"), **{**body, "defendants": [other.pk]})
    assert foreign.status_code == 400


def test_a_filing_goes_its_way(world: World) -> None:
    client = signed_in(world.editor)
    made = _post(
        client,
        world.api("filings/"),
        kind="particulars-of-claim",
        title="Particulars",
        party=world.claimant.pk,
        dated="2026-09-21",
    )
    assert made.status_code == 201
    filing = world.api(f"filings/{made.json()['id']}/")
    _post(client, f"{filing}prepare/", at="2026-10-04T09:00:00+01:00")
    _post(client, f"{filing}submit/", at="2026-10-05T10:12:00+01:00", method="ce-file")
    _post(client, f"{filing}accept/", at="2026-10-05T11:42:00+01:00")
    served = _post(client, f"{filing}serve/", at="2026-10-06T16:42:00+01:00", method="email")
    assert served.json()["standing"] == "Served by e-mail on 6 Oct, deemed 7 Oct"
    refused = _post(client, f"{filing}reject/", at="2026-10-07T10:00:00+01:00", because="Late")
    assert refused.status_code == 409
    assert client.patch(filing, {"title": "POC"}, content_type=JSON).json()["title"] == "POC"
    listed = client.get(world.api("filings/?state=served&words=poc")).json()
    assert listed["count"] == 1
    assert client.get(world.api("filings/?state=lost")).status_code == 400


def test_due_dates_are_read_confirmed_and_entered(world: World) -> None:
    filings.serve(by=factories.ACTOR, filing=world.filing(), at=london(2026, 10, 6), method="email")
    client = signed_in(world.editor)
    first = client.get(world.api("due-dates/")).json()["results"][0]
    assert first["working"]
    assert first["rule_source"]
    state = world.api(f"due-dates/{first['id']}/state/")
    assert _post(client, state, state="confirmed").json()["state"] == "confirmed"
    assert _post(client, state, state="superseded").status_code == 400
    entered = _post(
        client, world.api("due-dates/"), title="Skeleton", due_on="2026-12-04", source="Order, paragraph 4"
    )
    assert entered.status_code == 201
    assert DueDate.objects.get(pk=entered.json()["id"]).party is None


def test_members_are_the_owners_to_change(world: World) -> None:
    owner = signed_in(world.owner)
    assert (
        _post(signed_in(world.editor), world.api("members/"), email="a@b.org", role="reader").status_code
        == 403
    )
    made = _post(owner, world.api("members/"), email="stranger@example.org", role="reader")
    assert made.status_code == 201
    address = world.api(f"members/{made.json()['id']}/")
    assert owner.patch(address, {"role": "editor"}, content_type=JSON).json()["role"] == "editor"
    assert owner.delete(address).status_code == 204
    last = world.case.memberships.get(role=Membership.Role.OWNER)
    assert owner.delete(world.api(f"members/{last.pk}/")).status_code == 409


def test_a_list_of_filings_needs_a_fixed_number_of_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    for number in range(30):
        world.filing(title=f"Statement {number}")
    client = signed_in(world.reader)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        assert len(client.get(world.api("filings/")).json()["results"]) == 30
