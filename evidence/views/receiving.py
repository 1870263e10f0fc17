"""Taking files in, to be filed at once or to be kept for later."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from cases.access import can_edit_case, check_can_edit_case, get_case
from cases.models import Case
from core.errors import AssizeError
from core.requests import actor
from evidence import access, selectors
from evidence.actions import exhibits
from evidence.forms.drop import DropForm
from evidence.models import Exhibit
from evidence.views.cards import MOST


@require_http_methods(["GET", "HEAD", "POST"])
def log(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Files dropped here go on to be reviewed and filed; what was received and not filed stands below."""
    case = get_case(request.user, case_id)
    form = DropForm()
    if request.method == "POST":
        received, form = _take(request, case)
        if received:
            return redirect(review_address(case, received))
    waiting = selectors.unfiled(access.in_case(request.user, case))
    context = {
        "case": case,
        "form": form,
        "unfiled": waiting.select_related("intake").order_by("-number")[:MOST],
        "unfiled_count": waiting.count(),
        "latest": case.filings.order_by("-number")[:5],
        "may_edit": can_edit_case(request.user, case),
        "most_mb": settings.MAX_UPLOAD_BYTES // 2**20,
    }
    return render(request, "evidence/log.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Files dropped here stand in the exhibits list and are filed by nobody."""
    case = get_case(request.user, case_id)
    check_can_edit_case(request.user, case)
    form = DropForm()
    if request.method == "POST":
        received, form = _take(request, case)
        if received:
            word = "file is" if len(received) == 1 else "files are"
            messages.success(request, f"{len(received)} {word} received and hashed.")
            return redirect("evidence:exhibits", case_id=case.pk)
    context = {"case": case, "form": form, "most_mb": settings.MAX_UPLOAD_BYTES // 2**20}
    return render(request, "evidence/receive.html", context, status=422 if form.errors else 200)


def review_address(case: Case, received: list[Exhibit]) -> str:
    """The one page on which these documents are reviewed."""
    page = reverse("evidence:review", args=[case.pk])
    return f"{page}?{urlencode({'exhibit': [str(exhibit.pk) for exhibit in received[:MOST]]}, doseq=True)}"


def _take(request: HttpRequest, case: Case) -> tuple[list[Exhibit], DropForm]:
    """Every file that can be is received; each that cannot is named with the reason."""
    check_can_edit_case(request.user, case)
    form = DropForm(request.POST, request.FILES)
    received: list[Exhibit] = []
    if not form.is_valid():
        return received, form
    refused = []
    for file in form.cleaned_data["documents"]:
        try:
            received.append(
                exhibits.receive(by=actor(request), case=case, content=file.chunks(), name=file.name)
            )
        except AssizeError as error:
            refused.append(f"{file.name} was not received. {error}")
        finally:
            file.close()
    for words in refused:
        if received:
            messages.error(request, words)
        else:
            form.add_error("documents", words)
    if len(received) > MOST:
        messages.info(request, f"{len(received) - MOST} more wait under “Received, not filed”.")
    return received, form
