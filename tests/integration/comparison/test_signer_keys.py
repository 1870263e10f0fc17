"""Keys that a matter knows: whose they may be said to be, and what their withdrawal changes."""

import hashlib
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client

from cases.models import Case, Membership
from comparison import actions, checks, signed
from comparison.evaluation.measures import Measured
from comparison.models import Comparison, SignerKey
from comparison.signing import PREFIX, Outcome, sign
from comparison.weights import manifest
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.keys import fingerprint
from ledger import verification
from ledger.models import Event
from tests.factories import a_case, a_member, a_user
from tests.factories.comparison_records import record

pytestmark = pytest.mark.django_db
ROOM = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
LINE = PREFIX + ROOM.public_key().public_bytes_raw().hex()
SAID = {"name": "Dr Okafor", "public_key": LINE, "obtained_how": "In person"}
STOLEN = "The laptop that held it was stolen on 3 November"


@pytest.fixture
def key(case: Case, actor: Actor) -> SignerKey:
    return actions.record_key(by=actor, case=case, **SAID)


@pytest.fixture
def contents(case: Case, actor: Actor, folders: dict[str, Path]) -> list[bytes]:
    """Records of two runs on the same two models."""
    models = [
        actions.register(by=actor, case=case, vendor="V", name=name, manifest=manifest(folders[name]))
        for name in ("ours", "theirs")
    ]
    made = []
    for device in ("cpu", "cuda"):
        content = json.loads(record({"match": Measured(0.9, -50.0, ())}, device=device))
        for side, model in zip(("reference", "suspect"), models, strict=True):
            content["result"]["manifest"]["models"][side]["manifest_sha256"] = model.manifest_sha256
        made.append(json.dumps(content).encode())
    return made


def came(case: Case, by: Actor, content: bytes, report: bytes = b"") -> Comparison:
    def signature(file: bytes) -> bytes:
        return sign(hashlib.sha256(file).hexdigest(), ROOM).text.encode() if file else b""

    return actions.import_answer(
        by=by, case=case, content=content, signature=signature(content), report=report,
        report_signature=signature(report),
    )  # fmt: skip


def page_of(client: Client, made: Comparison) -> str:
    return client.get(f"/matters/{made.case_id}/comparison/{made.pk}/").text


def test_what_came_before_a_withdrawal_stays_known_and_what_comes_after_does_not(
    case: Case, actor: Actor, key: SignerKey, contents: list[bytes], owner: Client
) -> None:
    before = came(case, actor, contents[0])
    place = f"/matters/{case.pk}/comparison/keys/"
    assert f'href="{place}{key.pk}/withdraw/"' in owner.get(place).text
    refused = owner.post(f"{place}{key.pk}/withdraw/", {"because": " "})
    assert refused.status_code == 422
    page = owner.post(f"{place}{key.pk}/withdraw/", {"because": STOLEN}, follow=True)
    assert STOLEN in page.text
    assert f'href="{place}{key.pk}/withdraw/"' not in page.text
    event = Event.objects.get(verb="withdrew the key of")
    assert event.read_facts == {"fingerprint": key.fingerprint, "because": STOLEN}
    after = came(case, actor, contents[1])

    (standing,) = signed.standings(before)
    assert (standing.outcome, standing.key, standing.withdrawn) == (Outcome.GOOD, key, False)
    assert "withdrawn after the file had come, on " in standing.words
    assert standing.words.endswith(f"{STOLEN}.")
    (standing,) = signed.standings(after)
    assert (standing.outcome, standing.key, standing.withdrawn) == (Outcome.UNKNOWN_KEY, None, True)
    assert "recorded as Dr Okafor, was withdrawn before the file came" in standing.words
    assert "Withdrawn key" in page_of(owner, after)
    assert "Registered as" not in page_of(owner, after)
    assert "Registered as Dr Okafor" in page_of(owner, before)
    assert not list(checks.signatures())
    assert not list(verification.rows())


def test_a_key_is_withdrawn_once_with_a_reason_and_never_taken_back(
    case: Case, actor: Actor, key: SignerKey
) -> None:
    with pytest.raises(InvalidInput, match="has a reason"):
        actions.withdraw_key(by=actor, key=key, because=" ")
    actions.withdraw_key(by=actor, key=key, because=STOLEN)
    with pytest.raises(Conflict, match="withdrawn already"):
        actions.withdraw_key(by=actor, key=key, because="Again")
    with pytest.raises(Conflict, match="was withdrawn here, because The laptop"):
        actions.record_key(by=actor, case=case, **SAID)
    assert Event.objects.filter(verb="withdrew the key of").count() == 1


def test_who_may_withdraw_a_key(case: Case, actor: Actor, key: SignerKey, client: Client) -> None:
    elsewhere = a_case(a_user("o@example.org"), claim_number="IL-2026-000124")
    for person, matter, status in (
        (a_member(case), case, 403),
        (a_user("stranger@example.org", "Sam Stranger"), case, 404),
        (elsewhere.memberships.get().user, elsewhere, 404),
        (case.memberships.get(role=Membership.Role.OWNER).user, case, 201),
        (case.memberships.get(role=Membership.Role.OWNER).user, case, 409),
    ):
        client.force_login(person)
        place = f"/api/matters/{matter.pk}/signer-keys/{key.pk}/withdrawal/"
        assert client.post(place, {"because": STOLEN}, "application/json").status_code == status
    (told,) = client.get(f"/api/matters/{case.pk}/signer-keys/").json()["results"]
    assert told["withdrawn_because"] == STOLEN


def test_a_withdrawn_key_is_not_offered_as_known(case: Case, actor: Actor, key: SignerKey) -> None:
    assert signed.standing_names(case) == ["Dr Okafor"]
    actions.withdraw_key(by=actor, key=key, because=STOLEN)
    assert signed.standing_names(case) == []


def test_this_installation_is_nobody_else(case: Case, actor: Actor, owner: Client) -> None:
    own = signed.installation_key().public_key()
    place = f"/matters/{case.pk}/comparison/keys/"
    for wrong, words in (
        ({"public_key": PREFIX + own.public_bytes_raw().hex()}, "own key"),
        ({"name": "this  Installation".replace("  ", " ")}, "Say whose it is"),
    ):
        refused = owner.post(place, SAID | wrong)
        assert (refused.status_code, words in refused.text) == (422, True)
    actions.own_signature(by=actor, case=case, sha256="0" * 64)
    with pytest.raises(Conflict, match="signs with this key"):
        actions.withdraw_key(by=actor, key=case.signer_keys.get(), because=STOLEN)
    assert case.signer_keys.get().fingerprint == fingerprint(own)


def test_the_key_in_use_is_not_offered_for_withdrawal(
    case: Case, actor: Actor, key: SignerKey, owner: Client
) -> None:
    actions.own_signature(by=actor, case=case, sha256="0" * 64)
    own = case.signer_keys.exclude(pk=key.pk).get()
    told = owner.get(f"/matters/{case.pk}/comparison/keys/").text
    assert f"{key.pk}/withdraw/" in told
    assert f"{own.pk}/withdraw/" not in told


@pytest.mark.usefixtures("key")
def test_a_report_that_came_does_not_pass_for_compared_with_its_record(
    case: Case, actor: Actor, contents: list[bytes]
) -> None:
    made = came(case, actor, contents[0], b"%PDF-1.7 of another run\n")
    told = {one.file.kind: one.words for one in signed.standings(made) if one.file}
    assert told["report"].endswith(signed.NOT_COMPARED)
    assert signed.NOT_COMPARED not in told["record"]
    with pytest.raises(InvalidInput, match="is no PDF"):
        came(case, actor, contents[1], b"<html>")
