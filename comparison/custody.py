"""What the ledger tells of a model or of a comparison that was set up, in words."""

from django.db import models

from cases.models import Case
from ledger.models import Event


def of(case: Case, thing: models.Model) -> list[dict[str, object]]:
    """Every event about the row, oldest first, for ``components/ledger.html``."""
    events = Event.objects.filter(
        chain__key=case.chain, thing_type=thing._meta.label_lower, thing_id=str(thing.pk)
    )
    return [
        {
            "at": event.at,
            "actor": event.actor,
            "text": _words(event),
            "origin": event.origin,
            "sequence": event.sequence,
            "hash": event.hash,
        }
        for event in events.order_by("sequence")
    ]


def _words(event: Event) -> str:
    facts = event.read_facts
    told = f"{event.verb} {event.thing_label}"
    if sha256 := facts.get("manifest_sha256") or facts.get("sha256"):
        told += f", SHA-256 {sha256[:12]}…"
    if facts.get("because"):
        told += f", because {facts['because']}"
    return told
