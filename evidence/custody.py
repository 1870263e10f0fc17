"""What the ledger tells of one exhibit, in words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from evidence import selectors
from evidence.models import Exhibit
from ledger.models import Event

LABELS = {
    "title": "title", "mark": "mark", "dated": "date", "produced_by": "who produced it",
    "custodian": "custodian", "collected_how": "how it was collected", "collected_on": "when that was",
    "privilege": "privilege", "confidentiality": "confidentiality",
}  # fmt: skip


def of(exhibit: Exhibit) -> list[dict[str, object]]:
    """Every event about the exhibit and what was made of it, oldest first, for ``components/ledger.html``."""
    renditions = [str(pk) for pk in exhibit.renditions.values_list("pk", flat=True)]
    about = Q(thing_type="evidence.exhibit", thing_id=str(exhibit.pk))
    about |= Q(thing_type="evidence.rendition", thing_id__in=renditions)
    events = Event.objects.filter(about, chain__key=exhibit.case.chain).order_by("sequence")
    return [
        {
            "at": event.at,
            "actor": event.actor,
            "text": words(event),
            "origin": event.origin,
            "sequence": event.sequence,
            "hash": event.hash,
        }
        for event in events
    ]


def words(event: Event) -> str:
    """The event as a clerk would tell it."""
    facts = event.read_facts
    match event.verb:
        case "received":
            attached = " inside another exhibit" if "attached_to" in facts else ""
            return f"received “{facts['name']}”{attached}, {facts['size']:,} bytes"
        case "converted" | "recognised the text of":
            made = "made a PDF of it" if event.verb == "converted" else "recognised the text of its pictures"
            return f"{made} with {facts['tool']} {facts['version']}"
        case selectors.TEXT_READ:
            pages = facts["pages"]
            return f"read the text of {pages} {'page' if pages == 1 else 'pages'}"
        case "filed":
            return f"filed it as number {facts['filing']}"
        case "withdrew":
            return f"withdrew it: {facts['because']}"
        case "unlocked":
            return f"unlocked it with its password, with {facts['tool']} {facts['version']}"
        case "restored":
            return "restored it"
        case "could not convert":
            return f"could not convert it: {facts['message']}"
        case "described":
            return f"described it; {_before(facts['before'])}"
        case _:
            return f"{event.verb} {event.thing_label}"


def _before(before: Mapping[str, Any]) -> str:
    told = [f"{LABELS.get(name, name)} was “{value}”" for name, value in before.items() if value]
    return "before, " + "; ".join(told) if told else "nothing was said before"
