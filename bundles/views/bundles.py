"""The bundles of a matter, a new one of each kind, and what one is called and built for."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from bundles import actions, selectors, statements, verdict
from bundles.access import bundles as access
from bundles.forms.bundles import BundleForm, NewBundleForm
from bundles.models import Bundle, Version
from bundles.views import found
from cases.access import can_edit_case
from cases.models import Case
from cases.views import matter
from cases.views.saving import form_page, saved
from core.requests import actor
from evidence import access as exhibit_access
from evidence.models import Exhibit
from evidence.selectors import standing

PAGE = 50
Kind = Bundle.Kind
LEADS = {
    Kind.HEARING: "Exhibits are put into its sections afterwards.",
    Kind.CORE: "The pages that matter most, taken from a main bundle and carrying its page numbers too.",
    Kind.AUTHORITIES: "Judgments and legislation; what the skeleton argument cites is proposed to you next.",
    Kind.EXHIBIT: "Documents a witness refers to, with the front sheet that Practice Direction 32 wants.",
    Kind.SUPPLEMENTARY: "Further documents in a bundle of their own, numbered from 1.",
}
NEXT = {Kind.CORE: "take", Kind.AUTHORITIES: "cited"}
"""Where a new bundle leads, where that is not to arranging it."""


@require_GET
@matter.for_members
def bundles(request: HttpRequest, case: Case) -> HttpResponse:
    """The matter's bundles, each with its last version."""
    held = access.in_case(request.user, case).order_by("title", "pk")
    page = Paginator(held, PAGE).get_page(request.GET.get("page"))
    newest = access.openable(request.user, case, selectors.newest_versions(list(page)))
    last, counts = {version.bundle_id: version for version in newest}, selectors.document_counts(list(page))
    rows = [_row(bundle, last.get(bundle.pk), counts.get(bundle.pk, 0)) for bundle in page]
    context = {"case": case, "page": page, "rows": rows, "can_edit": can_edit_case(request.user, case)}
    return render(request, "bundles/bundles.html", context)


def _row(bundle: Bundle, last: Version | None, documents: int) -> dict[str, object]:
    word, kind = (
        verdict.in_a_word(last.passed, last.report["check"]) if last else ("Not built yet", "neutral")
    )
    return {"bundle": bundle, "last": last, "word": word, "kind": kind, "documents": documents}


@require_http_methods(["GET", "POST"])
@matter.for_editors
def new(request: HttpRequest, case: Case) -> HttpResponse:
    """A new bundle of the kind asked for, then the page where documents are put into it."""
    asked = request.GET.get("kind", "")
    kind = Kind(asked) if asked in Kind.values else Kind.HEARING
    context: dict[str, object] = {
        "case": case,
        "kind": kind,
        "kinds": [
            {"word": other.label.lower(), "href": f"{reverse('bundles:new', args=[case.pk])}?kind={other}"}
            for other in Kind
            if other != kind
        ],
        "heading": "New bundle" if kind == Kind.HEARING else f"New {kind.label.lower()}",
        "lead": LEADS[kind],
    }
    about = None
    if kind == Kind.EXHIBIT:
        exhibits = standing(exhibit_access.in_case(request.user, case)).select_related(
            "filing", "produced_by", "case"
        )
        held = statements.of_case(case, exhibits)
        about = next((one for one in held if str(one.pk) == request.GET.get("statement")), None)
        if about is None:
            return render(request, "bundles/new.html", {**context, "statements": held})
    return _new(request, case, kind, about, context)


def _new(
    request: HttpRequest, case: Case, kind: Bundle.Kind, about: Exhibit | None, context: dict[str, object]
) -> HttpResponse:
    initial, proposals = _proposed(about) if about else ({}, {})
    form = NewBundleForm(request.POST or None, case=case, kind=kind, initial=initial)

    def save() -> Bundle:
        said = {**form.cleaned_data, "statement": about} if about else form.cleaned_data
        return actions.create(by=actor(request), case=case, kind=kind, **said)

    made = saved(form, save) if request.method == "POST" else None
    if made is None:
        context |= {"form": form, "proposals": proposals}
        return render(request, "bundles/new.html", context, status=422 if form.errors else 200)
    messages.success(request, f"{made.title} is ready to take documents.")
    return redirect(found.address(NEXT.get(kind, "bundle"), made))


def _proposed(statement: Exhibit) -> tuple[dict[str, str], dict[str, dict[str, object]]]:
    """What the form begins with for an exhibit to this statement, and where each was read."""
    read = statements.propose(statement)
    where = {
        "where": read.where,
        "href": reverse("evidence:exhibit", args=[statement.case_id, statement.pk]),
        "sure": False,
    }
    initial = {
        "title": f"Exhibit {read.mark}".strip(),
        "exhibit_mark": read.mark,
        "statement_marks": "\n".join(read.lines),
    }
    return initial, {"exhibit_mark": where, "statement_marks": where}


@require_http_methods(["GET", "POST"])
@found.for_editors
def edit(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """What the bundle is called, its hearing and its rules."""
    form = BundleForm(request.POST or None, case=bundle.case, bundle=bundle)
    return form_page(
        request,
        form,
        lambda: actions.change(by=actor(request), bundle=bundle, **form.cleaned_data),
        case=bundle.case,
        heading=f"Settings of {bundle.title}",
        lead="Versions that are built already keep the settings they were built with.",
        done="The bundle's settings are saved.",
        back=found.address("bundle", bundle),
        template="bundles/settings.html",
    )
