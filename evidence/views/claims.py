"""The claims, element by element, and which of them have no evidence."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import can_edit_case, check_can_edit_case, get_case, get_case_to_edit
from cases.actions.matters import take_position
from cases.models import Case, Claim, ElementPosition
from core.errors import Conflict, InvalidInput, NotFound
from core.requests import actor
from evidence import access, matrix
from evidence.actions.links import link_to_element, unlink_from_element
from evidence.forms.exhibit import LinkFromElementForm, PositionsForm
from evidence.models import ElementLink
from jurisdictions.models import Element


@require_safe
def claims(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Each claim with its elements: the positions, the evidence, and loudly where there is none."""
    case = get_case(request.user, case_id)
    tables = matrix.tables(case, access.in_case(request.user, case))
    context = {
        "case": case,
        "tables": tables,
        "elements": sum(len(table.rows) for table in tables),
        "bare": sum(len(table.bare) for table in tables),
        "may_edit": can_edit_case(request.user, case),
    }
    return render(request, "evidence/claims.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def element(request: HttpRequest, case_id: UUID, claim_id: int, element_id: int) -> HttpResponse:
    """One element: what each side says of it, and the pages that bear on it; posting links another page."""
    case = get_case(request.user, case_id)
    claim, found = _element(case, claim_id, element_id)
    visible = access.in_case(request.user, case)
    form = LinkFromElementForm(exhibits=visible.filter(withdrawn_at=None).order_by("number"))
    if request.method == "POST":
        check_can_edit_case(request.user, case)
        form = LinkFromElementForm(request.POST, exhibits=visible.filter(withdrawn_at=None))
        if form.is_valid():
            try:
                link_to_element(by=actor(request), claim=claim, element=found, **form.cleaned_data)
            except (InvalidInput, Conflict) as error:
                field = getattr(error, "field", None)
                form.add_error(field if field in form.fields else None, str(error))
            else:
                messages.success(request, "The page is linked.")
                return redirect("evidence:element", case_id, claim_id, element_id)
    links = ElementLink.objects.filter(
        claim=claim, element=found, exhibit__in=visible.filter(withdrawn_at=None)
    )
    context = {
        "case": case,
        "claim": claim,
        "element": found,
        "links": links.select_related("exhibit").order_by("weight", "exhibit__number", "page_number"),
        "form": form,
        "positions": PositionsForm(stands=_stands(claim, found)),
        "may_edit": can_edit_case(request.user, case),
    }
    return render(request, "evidence/element.html", context, status=422 if form.errors else 200)


@require_POST
def positions(request: HttpRequest, case_id: UUID, claim_id: int, element_id: int) -> HttpResponse:
    """Each side's position on the element is as posted; a side left blank is left as it was."""
    case = get_case_to_edit(request.user, case_id)
    claim, found = _element(case, claim_id, element_id)
    stands = _stands(claim, found)
    form = PositionsForm(request.POST, stands=stands)
    if not form.is_valid():
        raise InvalidInput("This is no position that can be noted.", remedy="Choose one of those offered.")
    for side in ElementPosition.Side.values:
        said, note, before = form.cleaned_data[side], form.cleaned_data[f"{side}_note"], stands.get(side)
        if said and (before is None or (before.position, before.note) != (said, note)):
            take_position(by=actor(request), claim=claim, element=found, side=side, position=said, note=note)
    messages.success(request, "The positions are noted.")
    return redirect("evidence:element", case_id, claim_id, element_id)


@require_POST
def unlink(request: HttpRequest, case_id: UUID, link_id: int) -> HttpResponse:
    """The link is gone; the ledger keeps that it was there."""
    case = get_case_to_edit(request.user, case_id)
    visible = access.in_case(request.user, case)
    links = ElementLink.objects.select_related("claim__case", "exhibit", "element")
    found = links.filter(pk=link_id, exhibit__in=visible).first()
    if found is None:
        raise NotFound("There is no such link.")
    back = reverse("evidence:element", args=[case_id, found.claim_id, found.element_id])
    if request.POST.get("back") == "exhibit":
        back = reverse("evidence:exhibit", args=[case_id, found.exhibit_id])
    unlink_from_element(by=actor(request), link=found)
    messages.success(request, "The link is taken away.")
    return redirect(back)


def _element(case: Case, claim_id: int, element_id: int) -> tuple[Claim, Element]:
    claim = case.claims.select_related("cause__jurisdiction", "case").filter(pk=claim_id).first()
    found = claim.cause.elements.filter(pk=element_id).first() if claim else None
    if claim is None or found is None:
        raise NotFound("There is no such element.")
    return claim, found


def _stands(claim: Claim, found: Element) -> dict[str, ElementPosition]:
    return {stand.side: stand for stand in claim.positions.filter(element=found)}
