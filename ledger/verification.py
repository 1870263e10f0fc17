"""Proves that nothing was altered; other apps register what else must hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from ledger.hashing import event_hash, row_digest
from ledger.models import Chain, Event
from ledger.signing import is_signed


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was left.

    Args:
        what: names the row or file.
        detail: what was expected and what stands there.
    """

    what: str
    detail: str


Proof = Callable[[], Iterator[Problem]]
_proofs: dict[str, Proof] = {}


def register(name: str, proof: Proof) -> None:
    """``manage.py verify`` will also run this proof, under this name."""
    _proofs[name] = proof


def proofs() -> dict[str, Proof]:
    """Every proof by name, the chains and rows of the ledger first."""
    return {"ledger chains": chains, "rows": rows, **_proofs}


def chains() -> Iterator[Problem]:
    """Each chain's events follow each other without gap or change, up to its signed head."""
    for chain in Chain.objects.iterator():
        yield from of_chain(chain)


def of_chain(chain: Chain) -> Iterator[Problem]:
    """What is wrong with one chain: gaps, changes, a head that is not its last event or not signed."""
    sequence, previous = 0, ""
    for event in chain.events.order_by("sequence").iterator():
        name = f"event {event.sequence} of {chain.key}"
        if event.sequence != sequence + 1:
            yield Problem(name, f"event {sequence + 1} is missing before it")
        if event.previous_hash != previous:
            yield Problem(name, "does not follow the event before it")
        if event_hash(chain.key, event) != event.hash:
            yield Problem(name, "its content does not match its hash: the row was altered")
        sequence, previous = event.sequence, event.hash
    if (sequence, previous) != (chain.head_sequence, chain.head_hash):
        yield Problem(f"head of {chain.key}", f"names event {chain.head_sequence}, the last is {sequence}")
    elif sequence and not is_signed(chain.key, sequence, previous, chain.head_signature):
        yield Problem(f"head of {chain.key}", "is not signed by this site's key")


def rows() -> Iterator[Problem]:
    """Each row the ledger speaks of is as the last event about it left it."""
    for label in Event.objects.order_by().values_list("thing_type", flat=True).distinct():
        yield from _rows_of(apps.get_model(label))


def _rows_of(model: type[models.Model]) -> Iterator[Problem]:
    label = model._meta.label_lower
    events = Event.objects.filter(thing_type=label).order_by("pk")
    last = dict(events.values_list("thing_id", "thing_digest").iterator())
    for row in model._default_manager.all().iterator():
        expected = last.pop(str(row.pk), None)
        if expected is None:
            yield Problem(f"{label} {row.pk}", "stands in the database, but no event tells of it")
        elif row_digest(row) != expected:
            yield Problem(f"{label} {row.pk} ({row})", "was altered since its last event")
    for thing_id, digest in last.items():
        if digest:
            yield Problem(f"{label} {thing_id}", "is gone, and no event tells of its removal")
