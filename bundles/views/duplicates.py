"""Documents of a bundle that are alike, side by side, and what is decided about them."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from bundles import actions, alike
from bundles.access import bundles as access
from bundles.alike import AlikePair
from bundles.models import Bundle, Entry
from bundles.views import found
from core.errors import Conflict, InvalidInput
from core.requests import actor
from evidence.models import Page

PER_PAGE = 10
SHOWN_AT_ONCE = 2
KINDS = {
    "same-file": "The same file",
    "same-text": "The same words",
    "same-look": "The same look",
    "same-pages": "Pages in common",
    "email-chain": "An e-mail in a later one",
}
SURE = {
    "certain": ("Certain", "due"),
    "almost certain": ("Almost certain", "due"),
    "likely": ("Likely", "doubtful"),
    "possible": ("Possible", "neutral"),
}


@dataclass(frozen=True, slots=True)
class Side:
    """One page of the two that lie side by side: its number and the address of its picture, if any."""

    entry: Entry
    page: int
    image: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Card:
    """One pair as it is shown: pages side by side, the first few at once."""

    pair: AlikePair
    kind: str
    sure: str
    mark: str
    shown: list[tuple[Side, Side]]
    more: list[tuple[Side, Side]]


@require_http_methods(["GET", "POST"])
@found.for_editors
def duplicates(request: HttpRequest, bundle: Bundle) -> HttpResponseBase:
    """The pairs that nobody has decided about, then those that stay; a post decides or asks to compare."""
    if request.method == "POST":
        _post(request, bundle)
        return redirect(found.address("duplicates", bundle))
    likenesses = alike.of(bundle)
    page = Paginator(likenesses.undecided, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "part": "bundle",
        "likenesses": likenesses,
        "page": page,
        "cards": _cards(list(page)),
        "kinds": KINDS,
    }
    return found.page(request, bundle, "duplicates.html", context)


def _post(request: HttpRequest, bundle: Bundle) -> None:
    if "compare" in request.POST:
        actions.ask_to_compare(bundle)
        messages.success(request, "The documents are being compared. Load this page again in a moment.")
        return
    choice, _, number = request.POST.get("decision", "").partition(":")
    numbers = [_number(request.POST.get(name, "")) for name in ("spare", "kept")]
    pair = alike.pair_of(bundle, *numbers)
    if pair is None:
        messages.error(request, "Those two are no longer both in the bundle, so nothing was decided.")
        return
    gone = access.get_entry(bundle, _number(number)) if choice == "leave-out" else None
    if choice not in ("leave-out", "keep-both"):
        raise InvalidInput("That decision is not known.", remedy="Use the buttons of the page.")
    try:
        actions.decide(by=actor(request), bundle=bundle, alike=pair, leave_out=gone)
    except Conflict as conflict:
        messages.error(request, str(conflict))
        return
    said = (
        f"{gone} is left out. The exhibit itself stays." if gone else f"Both stay: {pair.spare}, {pair.kept}."
    )
    messages.success(request, said)


def _cards(pairs: list[AlikePair]) -> list[Card]:
    exhibits = {entry.exhibit_id for pair in pairs for entry in (pair.spare, pair.kept)}
    pictures: dict[tuple[UUID | None, int], Page] = {
        (row.exhibit_id, row.number): row for row in Page.objects.filter(exhibit__in=exhibits).defer("text")
    }

    def side(entry: Entry, number: int) -> Side:
        row = pictures.get((entry.exhibit_id, number))
        image = ""
        if row and row.image_sha256 and entry.exhibit:
            image = reverse("evidence:image", args=[entry.exhibit.case_id, entry.exhibit_id, number])
        return Side(entry, number, image, row.width if row else 0, row.height if row else 0)

    cards = []
    for pair in pairs:
        sides = [(side(pair.spare, one), side(pair.kept, other)) for one, other in pair.pair.pages]
        sure, mark = SURE[pair.pair.confidence]
        kind = KINDS[pair.pair.kind]
        cards.append(Card(pair, kind, sure, mark, sides[:SHOWN_AT_ONCE], sides[SHOWN_AT_ONCE:]))
    return cards


def _number(posted: str) -> int:
    if not posted.isdecimal():
        raise InvalidInput("The form is not one of this page.", remedy="Load the page again.")
    return int(posted)
