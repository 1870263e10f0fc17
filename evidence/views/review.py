"""The one page on which dropped documents are corrected and filed."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from cases.access import get_case_to_edit
from cases.models import Case
from core.errors import Conflict, InvalidInput, NotFound
from core.requests import actor
from evidence.actions.filings import Draft, log_all
from evidence.forms.card import READ
from evidence.models import Exhibit
from evidence.views.cards import Card, exhibits_of, make


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Each document with what was read of it; saving files all of them in one go."""
    case = get_case_to_edit(request.user, case_id)
    given = request.POST if request.method == "POST" else request.GET
    documents = exhibits_of(request.user, case, given.getlist("exhibit"))
    waiting = [exhibit for exhibit in documents if not exhibit.filing and not exhibit.withdrawn_at]
    if not waiting:
        messages.info(request, "Nothing of this is left to file." if documents else "Choose what to file.")
        return redirect("evidence:log", case_id=case.pk)
    with timezone.override(case.court.time_zone):
        data = request.POST.copy() if request.method == "POST" else None
        cards = _cards(request, waiting, data)
        if data is not None and "save" in data and _may_save(cards, data) and _save(request, case, cards):
            return redirect("evidence:log", case_id=case.pk)
        return _shown(request, case, cards, data)


@require_POST
def reading(request: HttpRequest, case_id: UUID, exhibit_id: UUID) -> HttpResponse:
    """How far one document has come, and what was read for the fields in which nobody typed anything."""
    case = get_case_to_edit(request.user, case_id)
    found = exhibits_of(request.user, case, [str(exhibit_id)])
    if not found:
        raise NotFound("There is no such exhibit.")
    order = request.POST.getlist("exhibit")
    after = exhibits_of(request.user, case, order[order.index(str(exhibit_id)) + 1 :] if order else [])
    with timezone.override(case.court.time_zone):
        card = make(request.user, found[0], after=after)
        empty = [name for name in READ if not request.POST.get(f"{exhibit_id}-{name}")]
        context = {"case": case, "card": card, "empty": [] if card.reading else empty}
        return render(request, "evidence/parts/reading.html", context)


def _cards(request: HttpRequest, documents: Sequence[Exhibit], data: QueryDict | None) -> list[Card]:
    return [
        make(
            request.user,
            exhibit,
            after=documents[place + 1 :],
            data=data,
            joined=bool(data and place and ("together" in data or f"{exhibit.pk}-with_above" in data)),
        )
        for place, exhibit in enumerate(documents)
    ]


def _may_save(cards: Sequence[Card], data: QueryDict) -> bool:
    """Whether every card is complete and everything odd about it has been on the screen before."""
    complete = not any(card.form.errors for card in cards)
    seen = all(
        caution.code in data.get(f"{card.exhibit.pk}-seen", "").split()
        for card in cards
        for caution in card.cautions
    )
    return complete and seen


def _drafts(cards: Sequence[Card]) -> list[Draft]:
    """One filing for each card that is not joined to the one above; what is filed already is left out."""
    drafts: list[Draft | None] = []
    for card in cards:
        document = card.form.document()
        usable = document.exhibit.filing_id is None
        last = drafts[-1] if drafts else None
        if not card.form.joined:
            drafts.append(card.form.draft([document]) if usable else None)
        elif last and usable:
            drafts[-1] = replace(last, documents=[*last.documents, document])
    return [draft for draft in drafts if draft]


def _save(request: HttpRequest, case: Case, cards: Sequence[Card]) -> bool:
    instead = [(card.exhibit, card.form.existing) for card in cards if card.form.existing]
    try:
        logged = log_all(by=actor(request), case=case, drafts=_drafts(cards), instead=instead)
    except (InvalidInput, Conflict) as error:
        cards[0].form.add_error(None, str(error))
        return False
    for filing in logged:
        messages.success(request, f"Logged as number {filing.number}: {filing.title}.")
    for dropped, kept in instead:
        messages.info(request, f"{dropped} is withdrawn: exhibit {kept.number} is the same file.")
    return True


def _shown(request: HttpRequest, case: Case, cards: Sequence[Card], data: QueryDict | None) -> HttpResponse:
    fresh = False
    for card in cards:
        codes = card.form.initial["seen"]
        if data is not None:
            fresh = fresh or data.get(f"{card.exhibit.pk}-seen", "") != codes
            data[f"{card.exhibit.pk}-seen"] = codes
            if "save" not in data:
                card.form.errors.clear()
    wrong = [card for card in cards if card.form.errors]
    _focus(cards)
    context = {
        "case": case,
        "cards": cards,
        "wrong": wrong,
        "ready": not any(card.reading or card.cautions for card in cards),
        "reading": any(card.reading for card in cards),
        "together": bool(data and "together" in data),
        "look_first": bool(data and "save" in data and fresh and not wrong),
    }
    return render(request, "evidence/review.html", context, status=422 if wrong else 200)


def _focus(cards: Sequence[Card]) -> None:
    """The first field that still needs a person has the focus; the page gives it to Save when none does."""
    for card in cards:
        for name in () if card.reading or card.form.joined else ("kind", "title"):
            if not card.form[name].value():
                card.form.fields[name].widget.attrs["autofocus"] = True
                return
