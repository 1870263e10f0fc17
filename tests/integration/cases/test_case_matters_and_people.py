"""Opening a matter, its parties, members and claims, through the pages."""

from cases.actions import matters
from cases.models import Case, Claim, Membership, Party
from jurisdictions.models import CauseOfAction
from tests import factories
from tests.factories import signed_in
from tests.integration.cases.conftest import World

NEW = {"title": "Aurelia v Corvid", "court": "ew-hc-ipl", "claim_number": "il-2026-000777"}


def test_a_new_matter_is_its_openers_own(world: World) -> None:
    answer = signed_in(world.stranger).post("/matters/new/", NEW)
    case = Case.objects.get(title="Aurelia v Corvid")
    assert answer.url == f"/matters/{case.pk}/people/"  # type: ignore[attr-defined]
    assert case.claim_number == "IL-2026-000777"
    assert list(case.memberships.values_list("user__email", "role")) == [("stranger@example.org", "owner")]


def test_a_wrong_claim_number_is_refused_in_the_courts_own_words_beside_the_field(world: World) -> None:
    answer = signed_in(world.owner).post("/matters/new/", {**NEW, "claim_number": "HP-2026-1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "IL, the year, six digits" in page
    assert 'id="id_claim_number_error"' in page
    assert 'value="Aurelia v Corvid"' in page
    assert not Case.objects.filter(title="Aurelia v Corvid").exists()


def test_a_number_of_another_visible_matter_asks_before_saving(world: World) -> None:
    client, form = signed_in(world.owner), {**NEW, "claim_number": "IL-2026-000123"}
    answer = client.post("/matters/new/", form)
    assert answer.status_code == 422
    assert "Aurelia v Baiyun has this claim number already" in answer.content.decode()
    assert client.post("/matters/new/", {**form, "same_number": "on"}).status_code == 302


def test_a_number_of_an_unseen_matter_tells_nothing(world: World) -> None:
    answer = signed_in(world.stranger).post("/matters/new/", {**NEW, "claim_number": "IL-2026-000123"})
    assert answer.status_code == 302


def test_the_piece_beside_the_claim_number_says_whether_it_fits(world: World) -> None:
    address = "/matters/new/claim-number/?court=ew-hc-ipl&claim_number="
    client = signed_in(world.owner)
    assert "not how the court writes" in client.get(f"{address}XX-1").content.decode()
    assert "As the court writes" in client.get(f"{address}IL-2026-000123").content.decode()


def test_a_matter_keeps_its_number_when_only_its_title_changes(world: World) -> None:
    form = {"title": "Aurelia v Baiyun Cloud", "court": "ew-hc-ipl", "claim_number": "IL-2026-000123"}
    assert signed_in(world.editor).post(world.address("edit/"), form).status_code == 302
    world.case.refresh_from_db()
    assert world.case.title == "Aurelia v Baiyun Cloud"


PARTY = {
    "name": "Corvid Hosting plc",
    "role": "third-party",
    "representation": "Quill LLP",
    "address_for_service": "1 Rook Lane",
    "place_of_service": "singapore",
    "aliases": "Corvid\n\nCorvid\nCH plc",
}


def test_a_party_with_aliases_and_representation(world: World) -> None:
    assert signed_in(world.editor).post(world.address("people/parties/new/"), PARTY).status_code == 302
    party = Party.objects.get(name="Corvid Hosting plc")
    assert (party.aliases, party.representation, party.place_of_service) == (
        ["Corvid", "CH plc"],
        "Quill LLP",
        "singapore",
    )
    page = signed_in(world.reader).get(world.address("people/")).content.decode()
    assert "also Corvid, CH plc" in page
    assert "Served in: Singapore" in page
    assert page.count("Place of service not recorded") == 1, "the claimant's"


def test_the_same_party_twice_is_refused_with_what_was_typed(world: World) -> None:
    form = {**PARTY, "name": world.claimant.name.upper(), "role": "claimant"}
    answer = signed_in(world.editor).post(world.address("people/parties/new/"), form)
    assert answer.status_code == 422
    assert "already a party in this role" in answer.content.decode()
    assert "1 Rook Lane" in answer.content.decode()


def test_the_owner_admits_changes_and_removes_members(world: World) -> None:
    client = signed_in(world.owner)
    form = {"email": "Stranger@example.org", "role": "reader"}
    assert client.post(world.address("people/members/new/"), form).status_code == 302
    member = world.case.memberships.get(user=world.stranger)
    client.post(world.address(f"people/members/{member.pk}/role/"), {"role": "editor"})
    member.refresh_from_db()
    assert member.role == Membership.Role.EDITOR
    client.post(world.address(f"people/members/{member.pk}/remove/"))
    assert signed_in(world.stranger).get(world.address("people/")).status_code == 404


def test_an_address_without_an_account_is_said_beside_the_field(world: World) -> None:
    answer = signed_in(world.owner).post(
        world.address("people/members/new/"), {"email": "nobody@example.org", "role": "reader"}
    )
    assert answer.status_code == 422
    assert "Nobody with the address nobody@example.org has an account" in answer.content.decode()


def test_the_last_owner_stays(world: World) -> None:
    client, own = signed_in(world.owner), world.case.memberships.get(user=world.owner)
    for address, form in (
        (f"people/members/{own.pk}/remove/", {}),
        (f"people/members/{own.pk}/role/", {"role": "reader"}),
    ):
        page = client.post(world.address(address), form, follow=True).content.decode()
        assert "A matter needs an owner" in page
    own.refresh_from_db()
    assert own.role == Membership.Role.OWNER


def _claim_form(world: World, **changes: object) -> dict[str, object]:
    return {
        "cause": "EW-CONF",
        "claimants": [world.claimant.pk],
        "defendants": [world.defendant.pk],
        "in_the_alternative": "on",
        "governing_law": "England and Wales",
        "relief": "Injunction",
        **changes,
    }


def test_a_claim_is_added_and_changed(world: World) -> None:
    client = signed_in(world.editor)
    answer = client.post(world.address("claims/new/"), _claim_form(world))
    assert answer.url == world.address("claims/")  # type: ignore[attr-defined]
    claim = Claim.objects.get()
    assert (claim.cause_id, claim.in_the_alternative, claim.is_counterclaim) == ("EW-CONF", True, False)
    changed = _claim_form(world, defendants=[world.defendant.pk, world.abroad.pk], relief="Damages")
    assert client.post(world.address(f"claims/{claim.pk}/edit/"), changed).status_code == 302
    claim.refresh_from_db()
    assert claim.relief == "Damages"
    assert set(claim.defendants.all()) == {world.defendant, world.abroad}


def test_nobody_claims_against_themselves(world: World) -> None:
    form = _claim_form(world, defendants=[world.claimant.pk])
    answer = signed_in(world.editor).post(world.address("claims/new/"), form)
    assert answer.status_code == 422
    assert "Nobody can claim against themselves" in answer.content.decode()


def test_a_cause_with_positions_under_it_stays(world: World) -> None:
    cause = CauseOfAction.objects.get(pk="EW-CONF")
    claim = matters.add_claim(
        by=factories.ACTOR,
        case=world.case,
        cause=cause,
        claimants=[world.claimant],
        defendants=[world.defendant],
    )
    element = cause.elements.first()
    assert element is not None
    matters.take_position(
        by=factories.ACTOR, claim=claim, element=element, side="defendant", position="denied"
    )
    answer = signed_in(world.editor).post(
        world.address(f"claims/{claim.pk}/edit/"), _claim_form(world, cause="EW-TS")
    )
    assert answer.status_code == 422
    assert "Add the other cause as a claim of its own" in answer.content.decode()
