"""The chain is append-only, unforkable and tells what was altered."""

import subprocess
import sys

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from cases.actions import matters
from cases.models import Party
from core.actor import Actor
from core.errors import IntegrityFailure
from evidence.storage import store
from jurisdictions.models import CauseOfAction
from ledger import signing, verification
from ledger.models import Chain, Event
from search import actions
from tests.databases import lift_refusals, restore_refusals
from tests.factories import ACTOR, a_case, a_member, a_party, an_exhibit

pytestmark = pytest.mark.usefixtures("empty_index")


def problems() -> list[str]:
    return [f"{found.what}: {found.detail}" for proof in verification.proofs().values() for found in proof()]


@pytest.mark.django_db
def test_each_event_names_the_hash_of_the_one_before(actor: Actor) -> None:
    case = a_case()
    a_party(case)
    events = list(Event.objects.filter(chain__key=case.chain))
    assert [event.sequence for event in events] == [1, 2, 3]
    assert events[0].previous_hash == ""
    assert [event.previous_hash for event in events[1:]] == [event.hash for event in events[:-1]]
    assert problems() == []


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["UPDATE ledger_event SET verb = 'lost'", "DELETE FROM ledger_event"])
def test_the_database_refuses_to_change_or_remove_an_event(act: str) -> None:
    a_case()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(act)
    assert problems() == []


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL waits for the disk by itself")
def test_what_is_committed_is_on_the_disk() -> None:
    with connection.cursor() as cursor:
        full = 2
        assert cursor.execute("PRAGMA synchronous").fetchone() == (full,)


@pytest.mark.django_db
def test_a_failed_act_leaves_no_event(actor: Actor) -> None:
    case = a_case()
    a_party(case, "Aurelia")
    before = Event.objects.count()
    with pytest.raises(Exception, match="already a party"):
        a_party(case, "Aurelia")
    assert Event.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "column", ["verb", "actor", "facts", "thing_label", "thing_digest", "previous_hash", "hash", "request_id"]
)
def test_one_flipped_byte_in_an_event_is_named(column: str) -> None:
    case = a_case()
    a_party(case)
    event = Event.objects.filter(chain__key=case.chain).order_by("sequence")[1]
    before = getattr(event, column)
    statements = lift_refusals()
    Event.objects.filter(pk=event.pk).update(**{column: chr(ord(before[0]) ^ 1) + before[1:]})
    restore_refusals(statements)
    assert any(f"event {event.sequence} of {case.chain}" in found for found in problems())


@pytest.mark.django_db
def test_a_side_taken_from_a_claim_behind_the_ledger_is_named() -> None:
    case = a_case()
    sides = [a_party(case, "Aurelia", Party.Role.CLAIMANT), a_party(case, "Baiyun", Party.Role.DEFENDANT)]
    cause = CauseOfAction.objects.earliest("pk")
    claim = matters.add_claim(by=ACTOR, case=case, cause=cause, claimants=sides[:1], defendants=sides[1:])
    assert problems() == []
    claim.defendants.clear()
    assert [found for found in problems() if f"cases.claim {claim.pk}" in found]


@pytest.mark.django_db
def test_one_changed_letter_of_a_page_is_named() -> None:
    exhibit = an_exhibit(a_case(), b"The defendant did copy the weights.\n", ready=True)
    actions.drain()
    assert problems() == []
    exhibit.pages.update(text="The defendant did cope the weights.")
    assert problems() == ["text of note: is not the text that was read from its PDF"]


@pytest.mark.django_db
def test_one_flipped_byte_in_a_row_is_named() -> None:
    case = a_case()
    party = a_party(case, "Aurelia Laboratories Limited")
    type(party).objects.filter(pk=party.pk).update(name="Aurelia Laboratories Limitee")
    assert [found for found in problems() if f"cases.party {party.pk}" in found]
    with pytest.raises(IntegrityFailure):
        call_command("verify")


@pytest.mark.django_db
def test_one_flipped_byte_in_a_stored_file_is_named(actor: Actor) -> None:
    exhibit = an_exhibit(a_case(), b"98.7%")
    path = store().path(exhibit.sha256)
    path.chmod(0o644)
    path.write_bytes(b"98.6%")
    assert [found for found in problems() if found.startswith("original of exhibit 1")]
    path.unlink()


@pytest.mark.django_db
def test_a_removed_last_event_is_named() -> None:
    case = a_case()
    a_party(case)
    statements = lift_refusals()
    Event.objects.filter(chain__key=case.chain).order_by("-sequence")[0].delete()
    restore_refusals(statements)
    assert [found for found in problems() if found.startswith(f"head of {case.chain}")]


@pytest.mark.django_db
def test_a_head_moved_back_to_hide_an_event_is_not_signed() -> None:
    case = a_case()
    a_party(case)
    last, before = Event.objects.filter(chain__key=case.chain).order_by("-sequence")[:2]
    statements = lift_refusals()
    last.delete()
    restore_refusals(statements)
    Chain.objects.filter(key=case.chain).update(head_sequence=before.sequence, head_hash=before.hash)
    assert [found for found in problems() if "is not signed" in found]


@pytest.mark.django_db
def test_a_removed_row_is_named_and_a_recorded_removal_is_not(actor: Actor) -> None:
    case = a_case()
    member = a_member(case)
    matters.remove_member(by=actor, case=case, membership=case.memberships.get(user=member))
    assert problems() == []
    other = a_member(case, email="other@example.org")
    case.memberships.filter(user=other).delete()
    assert [found for found in problems() if "is gone" in found]


def test_a_signature_belongs_to_one_head() -> None:
    signature = signing.sign("case:1", 3, "ab")
    assert signing.is_signed("case:1", 3, "ab", signature)
    assert not signing.is_signed("case:1", 4, "ab", signature)
    assert not signing.is_signed("case:2", 3, "ab", signature)
    assert not signing.is_signed("case:1", 3, "ab", "not hexadecimal")


APPEND = """
import django; django.setup()
from cases.models import Case
from core.actor import machine
from ledger.actions import record
from django.db import transaction
case = Case.objects.get()
for n in range(25):
    with transaction.atomic():
        record(chain=case.chain, by=machine("command"), verb="noted", thing=case, facts={"n": n})
"""


def test_processes_appending_at_once_cannot_fork_the_chain(other_process: dict[str, str]) -> None:
    case = a_case()
    before = Event.objects.count()
    writers = [subprocess.Popen([sys.executable, "-c", APPEND], env=other_process) for _ in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0, 0]
    events = Event.objects.filter(chain__key=case.chain)
    assert Event.objects.count() == before + 100
    assert sorted(events.values_list("sequence", flat=True)) == list(range(1, events.count() + 1))
    assert problems() == []
