"""Reading a chain: its events, and its head."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from ledger.models import Chain, Event
from ledger.signing import is_signed


def events(chain: str) -> QuerySet[Event]:
    """The events of a chain, the latest first; none where nothing has happened yet."""
    return Event.objects.filter(chain__key=chain).order_by("-sequence")


def listed(chain: str, asked: Mapping[str, str]) -> QuerySet[Event]:
    """The events of a chain that fit everything asked, the latest first.

    Args:
        chain: the chain's name.
        asked: any of ``words`` (in what was done to what), ``actor``, ``thing_type``.
    """
    found = events(chain)
    if "\0" in "".join(asked.values()):
        return found.none()  # no text holds one, and PostgreSQL fails when asked
    for word in asked.get("words", "").split():
        found = found.filter(Q(thing_label__icontains=word) | Q(verb__icontains=word))
    for name in ("actor", "thing_type"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    return found


def actors(chain: str) -> list[str]:
    """Everybody who did something in a chain, in alphabetical order."""
    return list(events(chain).order_by("actor").values_list("actor", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a chain.

    Args:
        sequence: how many events there are; 0 where nothing has happened yet.
        hash: of the last event, hexadecimal.
        signed: whether this site's key signed it.
    """

    sequence: int
    hash: str
    signed: bool


def head(chain: str) -> Head:
    """The end of a chain as it is stored now."""
    found = Chain.objects.filter(key=chain).first()
    if found is None:
        return Head(0, "", False)
    signed = is_signed(chain, found.head_sequence, found.head_hash, found.head_signature)
    return Head(found.head_sequence, found.head_hash, signed)
