"""What the court or a party has been given already, and what that fixes in the bundle."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Min

from bundles.models import Bundle, Delivery, Entry, Version
from bundles.order import Order
from core import clock
from core.errors import Conflict

NEW_EDITION = "or begin a new edition, whose pages are numbered afresh"


@dataclass(frozen=True, slots=True)
class Stood:
    """How a document stood in what was delivered: over how many pages, and whether only a page for it did."""

    pages: int
    missing: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """The newest version that somebody has been given and whose page numbers therefore stand.

    Args:
        version: that version.
        on: the day on which the first of them had it, at the court's place.
        keys: its documents in their order (``Entry.key``).
        stood: how each of them stood there.
    """

    version: Version
    on: date
    keys: tuple[str, ...]
    stood: dict[str, Stood]

    def holds(self, entry: Entry) -> bool:
        """Whether the entry stood in the bundle when this version was delivered."""
        return entry.added_after_id != self.version.pk


def delivered(bundle: Bundle) -> Delivered | None:
    """What holds page numbers in their place; None while nothing was delivered in this edition."""
    given = Delivery.objects.filter(version__bundle=bundle)
    if bundle.renumbered_after:
        given = given.filter(version__number__gt=bundle.renumbered_after.number)
    newest = given.order_by("-version__number").select_related("version__build").first()
    if newest is None:
        return None
    version = newest.version
    first = version.deliveries.aggregate(first=Min("at"))["first"]
    keys = tuple(_key(document) for document in version.build.documents)
    return Delivered(
        version,
        clock.local_date(first, ZoneInfo(bundle.case.court.time_zone)),
        keys,
        {key: _stood(entry) for key, entry in zip(keys, version.report["entries"], strict=True)},
    )


def late(bundle: Bundle) -> set[int]:
    """The entries that came after what was delivered."""
    held = delivered(bundle)
    if held is None:
        return set()
    entries = Entry.objects.filter(section__bundle=bundle, added_after=held.version)
    return set(entries.values_list("pk", flat=True))


def differences(held: Delivered, entries: list[Entry]) -> list[str]:
    """How the bundle as it stands departs from what was delivered, in words; empty where it does not.

    Args:
        held: what was delivered.
        entries: all the bundle's entries in order.
    """
    titles = {_key(document): document["title"] for document in held.version.build.documents}
    now = tuple(entry.key for entry in entries if held.holds(entry))
    gone = Counter(held.keys) - Counter(now)
    found = [f"{titles[key]} was taken out" for key in gone]
    if not found and now != held.keys:
        found.append("its documents stand in another order")
    return found


def refuse_change(bundle: Bundle, entry: Entry, what: str) -> None:
    """Raises Conflict where the entry's pages are in somebody's hands already.

    Args:
        bundle: the entry's bundle.
        entry: what would be changed.
        what: the change in words that end the sentence "The court may have cited it, so it cannot be ...".
    """
    held = delivered(bundle)
    if held is None or not held.holds(entry):
        return
    raise Conflict(
        f"{entry} was delivered with version {held.version.number} on {_day(held.on)}, and its page numbers "
        f"stand in that copy, so it cannot be {what}.",
        remedy=f"Leave it as it is, {NEW_EDITION}.",
    )


def refuse_moves(bundle: Bundle, before: Order, after: Order) -> None:
    """Raises Conflict where the new order would change the number of a page that was delivered."""
    held = delivered(bundle)
    if held is None:
        return
    later = late(bundle)
    if _fixed(before, later) != _fixed(after, later):
        raise Conflict(
            f"Documents that were delivered with version {held.version.number} on {_day(held.on)} keep their "
            "place, since their page numbers stand in that copy.",
            remedy=f"Move only what was added since, {NEW_EDITION}.",
        )
    if bundle.late == Bundle.Late.APPEND and _mixed(after, later):
        raise Conflict(
            "What was added after the delivery stands at the end, so that no page number changes.",
            remedy=f"Leave it in a section after the delivered ones, {NEW_EDITION}.",
        )


def _key(document: dict[str, Any]) -> str:
    return document.get("key") or f"exhibit:{document['exhibit']}"


def _stood(entry: dict[str, Any]) -> Stood:
    return Stood(entry["last_page"] - entry["first_page"] + 1, entry["status"] != "included")


def _fixed(order: Order, later: set[int]) -> Order:
    kept = [(section, [entry for entry in entries if entry not in later]) for section, entries in order]
    return [(section, entries) for section, entries in kept if entries]


def _mixed(order: Order, later: set[int]) -> bool:
    """Whether a late entry stands in a section of delivered ones, or before any of them."""
    begun = False
    for _, entries in order:
        new = [entry in later for entry in entries]
        if (any(new) and not all(new)) or (begun and not all(new)):
            return True
        begun = begun or any(new)
    return False


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
