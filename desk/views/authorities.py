"""The authorities that the papers of a matter name."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases import access
from desk.selectors.citations import counted, named
from desk.views.request import person

PER_PAGE = 50


@require_safe
def in_matter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Each neutral citation in the matter's exhibits, where it stands, and what Assize holds of it."""
    user = person(request)
    case = access.get_case(user, case_id)
    page = Paginator(counted(user, case), PER_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "page": page, "rows": named(user, case, page)}
    return render(request, "authorities/in_matter.html", context)
