"""What pages of an exhibit are evidence of."""

from django.db import transaction

from cases.models import Claim
from core.actor import Actor
from core.errors import InvalidInput
from evidence.models import ElementLink, Exhibit
from jurisdictions.models import Element
from ledger.actions import record


@transaction.atomic
def link_to_element(
    *,
    by: Actor,
    exhibit: Exhibit,
    claim: Claim,
    element: Element,
    weight: str,
    page_number: int = 1,
    note: str = "",
) -> ElementLink:
    """The page is linked to the element, in the view of the person who says so."""
    if claim.case_id != exhibit.case_id or element.cause_id != claim.cause_id:
        raise InvalidInput(
            "The element does not belong to this claim of this matter.",
            remedy="Choose one of this claim's elements.",
            field="element",
        )
    pages = exhibit.pages.count()
    if page_number < 1 or (pages and page_number > pages):
        raise InvalidInput(
            f"This exhibit has {pages} pages.", remedy=f"Give a page from 1 to {pages}.", field="page_number"
        )
    link, _ = ElementLink.objects.update_or_create(
        exhibit=exhibit,
        page_number=page_number,
        claim=claim,
        element=element,
        defaults={"weight": weight, "note": note},
    )
    facts = {"page": page_number, "element": element.number, "weight": weight, "note": note}
    record(chain=exhibit.case.chain, by=by, verb="linked", thing=link, facts={"exhibit": exhibit.pk, **facts})
    return link


@transaction.atomic
def unlink_from_element(*, by: Actor, link: ElementLink) -> None:
    """The page is no longer linked to the element; the ledger keeps that it was."""
    link_id, chain, weight = link.pk, link.claim.case.chain, link.weight
    facts = {"exhibit": link.exhibit_id, "page": link.page_number, "weight": weight, "note": link.note}
    link.delete()
    link.ledger_id = link_id  # type: ignore[attr-defined]
    record(chain=chain, by=by, verb="unlinked", thing=link, facts=facts)
