"""Adding and changing claims; the page that shows them stands with the evidence for them."""

from django.http import HttpRequest, HttpResponse

from cases import access
from cases.actions import corrections, matters
from cases.forms.claims import ClaimForm
from cases.models import Case
from cases.selectors import claims
from cases.views.matter import for_editors
from cases.views.saving import form_page
from core.requests import actor


def _claims_page(case: Case) -> str:
    return f"/matters/{case.pk}/claims/"


@for_editors
def add(request: HttpRequest, case: Case) -> HttpResponse:
    """A form for a new claim or, with ``?counterclaim=1``, a new counterclaim."""
    counterclaim = "counterclaim" in request.GET
    form = ClaimForm(request.POST or None, case=case, initial={"is_counterclaim": counterclaim})
    return form_page(
        request,
        form,
        lambda: matters.add_claim(by=actor(request), case=case, **form.cleaned_data),
        case=case,
        heading="Add a counterclaim" if counterclaim else "Add a claim",
        done="The claim is added.",
        back=_claims_page(case),
    )


@for_editors
def edit(request: HttpRequest, case: Case, claim_id: int) -> HttpResponse:
    """A form for what a claim says."""
    claim = access.one_of(claims(case), claim_id)
    form = ClaimForm(request.POST or None, case=case, claim=claim)
    return form_page(
        request,
        form,
        lambda: corrections.correct_claim(by=actor(request), claim=claim, **form.cleaned_data),
        case=case,
        heading=f"Change {'counterclaim' if claim.is_counterclaim else 'claim'} {claim.number}",
        done="The claim is changed.",
        back=_claims_page(case),
    )
