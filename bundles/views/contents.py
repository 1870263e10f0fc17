"""Sections and entries one by one: added, renamed, moved elsewhere, taken out."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bundles import actions, order, selectors, sources
from bundles.access import bundles as access
from bundles.forms.bundles import EntryForm, PickerForm, SectionForm
from bundles.models import Bundle, Entry
from bundles.views import found
from cases.views.saving import form_page, saved
from core.errors import Conflict, InvalidInput
from core.requests import actor
from evidence import access as exhibit_access
from evidence.models import Exhibit, Rendition
from evidence.selectors import standing

PAGE = 100
EMPTY = "Empty"


@require_http_methods(["GET", "POST"])
@found.for_editors
def sections(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """The sections in order; a post adds one."""
    form = SectionForm(request.POST or None)

    def save() -> object:
        return actions.add_section(by=actor(request), bundle=bundle, **form.cleaned_data)

    if request.method == "POST" and saved(form, save) is not None:
        messages.success(request, "The section stands at the end.")
        return redirect(found.address("sections", bundle))
    return _sections_page(request, bundle, form)


@require_POST
@found.for_editors
def section_order(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """Sections stand in the order posted, one of them moved by a button where one was pressed."""
    by_script = request.headers.get("X-Requested-With") == "fetch"
    numbers = [int(number) for number in request.POST.getlist("order") if number.isdecimal()]
    wanted = order.sections_as(selectors.order_of(bundle), numbers)
    word, _, number = request.POST.get("move", "").partition(":")
    if word in ("up", "down") and number.isdecimal():
        wanted = order.section_moved(wanted, int(number), -1 if word == "up" else 1)
    seen, page = request.POST.get("seen", ""), request.POST.get("page", "")
    try:
        actions.arrange_as(by=actor(request), bundle=bundle, order=wanted, seen=seen, page=page)
    except Conflict as conflict:
        if by_script:
            return HttpResponse(str(conflict), status=409, content_type="text/plain; charset=utf-8")
        return _sections_page(request, bundle, SectionForm(), conflict)
    return HttpResponse(status=204) if by_script else redirect(found.address("sections", bundle))


@require_http_methods(["GET", "POST"])
@found.for_editors
def section(request: HttpRequest, bundle: Bundle, section_id: int) -> HttpResponseBase:
    """One section's heading; an empty section can be removed."""
    chosen = access.get_section(bundle, section_id)
    if request.method == "POST" and "remove" in request.POST:
        try:
            actions.remove_section(by=actor(request), section=chosen)
            messages.success(request, f"The section {chosen} is removed.")
        except Conflict as conflict:
            messages.error(request, str(conflict))
        return redirect(found.address("sections", bundle))
    form = SectionForm(request.POST or None, initial={"title": chosen.title})
    return form_page(
        request,
        form,
        lambda: actions.rename_section(by=actor(request), section=chosen, **form.cleaned_data),
        case=bundle.case,
        heading=f"Heading of {chosen}",
        done="The heading is saved.",
        back=found.address("sections", bundle),
    )


@require_http_methods(["GET", "POST"])
@found.for_editors
def entry(request: HttpRequest, bundle: Bundle, entry_id: int) -> HttpResponseBase:
    """One document's title in the index and its section."""
    chosen = access.get_entry(bundle, entry_id)
    form = EntryForm(request.POST or None, entry=chosen)
    return form_page(
        request,
        form,
        lambda: _save_entry(request, bundle, chosen, form.cleaned_data),
        case=bundle.case,
        heading=str(chosen),
        lead=f"The document itself is called {chosen.exhibit or chosen.authority} and keeps that title.",
        done="The entry is saved.",
        back=f"{found.address('bundle', bundle)}#entry-{chosen.pk}",
        template="bundles/settings.html",
    )


@require_http_methods(["GET", "POST"])
@found.for_editors
def add(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """The matter's standing exhibits to tick; a post puts the ticked ones at the end of a section."""
    problem = None
    if request.method == "POST":
        try:
            return _added(request, bundle)
        except (InvalidInput, Conflict) as refusal:
            problem = refusal
    filters = PickerForm(request.GET)
    exhibits = standing(exhibit_access.in_case(request.user, bundle.case))
    page = Paginator(_narrowed(exhibits, bundle, filters), PAGE).get_page(request.GET.get("page"))
    held = dict(
        Entry.objects.filter(section__bundle=bundle, exhibit__isnull=False)
        .values_list("exhibit_id", "section__title")
        .order_by("-pk")
    )
    context = {
        "part": "add",
        "problem": problem,
        "filters": filters,
        "page": page,
        "rows": [_row(exhibit, held, request.POST.getlist("selected")) for exhibit in page],
        "sections": bundle.sections.all(),
        "chosen_section": request.POST.get("section") or request.GET.get("section", ""),
    }
    return found.page(request, bundle, "add.html", context, status=422 if problem else 200)


def _sections_page(
    request: HttpRequest, bundle: Bundle, form: SectionForm, conflict: Conflict | None = None
) -> HttpResponse:
    now = selectors.order_of(bundle)
    count = {number: len(entries) for number, entries in now}
    items = [
        {
            "id": section.pk,
            "word": section.title,
            "href": found.address("section", bundle, section.pk),
            "text": _documents(count[section.pk]),
        }
        for section in bundle.sections.order_by("order", "pk")
    ]
    context = {
        "part": "sections",
        "items": items,
        "empty": [item for item in items if item["text"] == EMPTY],
        "form": form,
        "seen": order.mark(now),
        "open_page": uuid4().hex,
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if form.errors else 200
    return found.page(request, bundle, "sections.html", context, status=status)


def _documents(count: int) -> str:
    return EMPTY if not count else "1 document" if count == 1 else f"{count} documents"


def _save_entry(request: HttpRequest, bundle: Bundle, entry: Entry, said: dict[str, Any]) -> Entry:
    actions.change_entry(by=actor(request), entry=entry, pages=said["pages"], signpost=said["signpost"])
    if said["title"] != str(entry):
        actions.rename_entry(by=actor(request), entry=entry, title=said["title"])
    if said["section"].pk != entry.section_id:
        actions.move_to_section(by=actor(request), entry=entry, section=said["section"])
    return entry


def _added(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    number = request.POST.get("section", "")
    if not number.isdecimal():
        raise InvalidInput("No section is chosen.", remedy="Choose the section they go into.")
    section = access.get_section(bundle, int(number))
    ticked = [UUID(value) for value in request.POST.getlist("selected") if _is_uuid(value)]
    found_now = exhibit_access.in_case(request.user, bundle.case).in_bulk(ticked)
    exhibits = [found_now[key] for key in ticked if key in found_now]
    if not exhibits:
        raise InvalidInput("No exhibit is ticked.", remedy="Tick at least one.")
    entries = actions.add_exhibits(by=actor(request), section=section, exhibits=exhibits)
    stand = entries[0].section
    messages.success(request, f"{_documents(len(exhibits))} put into {stand}.")
    return redirect(f"{found.address('bundle', bundle)}#section-{stand.pk}")


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _narrowed(exhibits: QuerySet[Exhibit], bundle: Bundle, filters: PickerForm) -> QuerySet[Exhibit]:
    exhibits = exhibits.select_related("intake").prefetch_related("renditions").order_by("number")
    if not filters.is_valid():
        return exhibits
    for word in filters.cleaned_data["words"].split():
        exhibits = exhibits.filter(
            Q(title__icontains=word) | Q(mark__icontains=word) | Q(original_name__icontains=word)
        )
    if filters.cleaned_data["shown"]:
        exhibits = exhibits.exclude(bundle_entries__section__bundle=bundle)
    if filters.cleaned_data["shown"] == "ready":
        exhibits = exhibits.filter(pk__in=Rendition.objects.values("exhibit"))
    return exhibits


def _row(exhibit: Exhibit, held: dict[UUID, str], ticked: list[str]) -> dict[str, object]:
    source = sources.of_exhibit(exhibit)
    return {
        "exhibit": exhibit,
        "missing": source.missing,
        "pages": source.count,
        "section": held.get(exhibit.pk, ""),
        "ticked": str(exhibit.pk) in ticked,
        "privileged": exhibit.privilege != Exhibit.Privilege.NONE,
    }
