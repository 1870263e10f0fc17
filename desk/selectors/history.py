"""The ledger of a matter in the words of a clerk."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from cases.models import Case, Filing
from core.actor import WORKER
from ledger.models import Event

PAGES = {
    "cases.filing": "cases:filing",
    "cases.duedate": "cases:due_date",
    "evidence.exhibit": "evidence:exhibit",
    "bundles.bundle": "bundles:bundle",
    "comparison.modelartefact": "comparison:artefact",
    "comparison.comparison": "comparison:result",
    "comparison.comparisonjob": "comparison:job",
    "comparison.referencepopulation": "comparison:population",
    "comparison.loganalysis": "comparison:log-analysis",
}
THINGS = {
    "cases.case": "The matter itself",
    "cases.membership": "Members",
    "cases.party": "Parties",
    "cases.claim": "Claims",
    "cases.elementposition": "Positions on elements",
    "cases.filing": "Filings",
    "cases.application": "Applications",
    "cases.hearing": "Hearings",
    "cases.duedate": "Due dates",
    "cases.caserelation": "Other proceedings",
    "evidence.exhibit": "Exhibits",
    "evidence.rendition": "PDFs made of exhibits",
    "evidence.elementlink": "Links to elements",
    "bundles.bundle": "Bundles",
    "bundles.section": "Sections of bundles",
    "bundles.entry": "Entries of bundles",
    "bundles.version": "Built bundles",
    "bundles.authoritycopy": "Copies of authorities",
    "bundles.duplicatedecision": "Decisions on duplicates",
    "bundles.redaction": "Redactions",
    "bundles.redactedcopy": "Redacted copies",
    "comparison.modelartefact": "Registered models",
    "comparison.comparison": "Comparisons",
    "comparison.comparisonjob": "Comparisons set up",
    "comparison.referencepopulation": "Reference populations",
    "comparison.populationmember": "Models of populations",
    "comparison.loganalysis": "Analyses of API logs",
    "comparison.signerkey": "Keys of those who sign comparisons",
    "comparison.signedfile": "Signed files of comparisons",
}
"""What the ledger of a matter speaks of, by the type of the thing."""


def told(event: Event, case: Case) -> dict[str, Any]:
    """An event as the ledger component takes it: who, what in words, when, where from, and its hash."""
    return {
        "at": event.at,
        "actor": "The worker" if event.actor == WORKER else event.actor,
        "text": f"{event.verb} {event.thing_label}{_how(event, case)}",
        "href": _page(event, case),
        "sequence": event.sequence,
        "origin": event.origin,
        "hash": event.hash,
    }


def _page(event: Event, case: Case) -> str:
    name = PAGES.get(event.thing_type)
    if name is None or not event.thing_digest:
        return ""
    number: UUID | int = int(event.thing_id) if event.thing_id.isdecimal() else UUID(event.thing_id)
    return reverse(name, args=[case.pk, number])


def _how(event: Event, case: Case) -> str:
    facts = event.read_facts
    words = ""
    if facts.get("method") in Filing.Method.values:
        words += f" by {Filing.Method(facts['method']).label}"
    if event.thing_type == "cases.filing" and facts.get("at"):
        moment = datetime.fromisoformat(facts["at"]).astimezone(case.court.zone)
        words += f" on {moment:%-d %b %Y, %H:%M}"
    if event.verb == "filed" and facts.get("filing"):
        words += f" with filing {facts['filing']}"
    if facts.get("because"):
        words += f", because {facts['because']}"
    return words
