"""Putting authorities into a bundle under the heading of their kind."""

from collections.abc import Sequence
from itertools import groupby

from django.db import transaction

from authorities.models import Authority
from bundles.actions.contents import add_authorities, add_section
from bundles.models import Bundle, Entry
from core.actor import Actor
from core.errors import InvalidInput

Kind = Authority.Kind
HEADINGS = {
    Kind.LEGISLATION: "Legislation",
    Kind.INSTRUMENT: "Legislation",
    Kind.JUDGMENT: "Cases",
    Kind.GUIDANCE: "Other materials",
    Kind.PAPER: "Other materials",
}
"""Under which heading of a bundle each kind of authority stands."""


@transaction.atomic
def add_cited(*, by: Actor, bundle: Bundle, authorities: Sequence[Authority]) -> list[Entry]:
    """The authorities stand under the heading of their kind, the oldest first.

    Raises:
        InvalidInput: none is given.
    """
    if not authorities:
        raise InvalidInput("No authority is ticked.", remedy="Tick at least one.")
    order = list(dict.fromkeys(HEADINGS.values()))
    dated = sorted(authorities, key=lambda one: (order.index(_heading(one)), str(one.date or ""), one.name))
    entries = []
    for heading, run in groupby(dated, key=_heading):
        section = bundle.sections.filter(title=heading).first() or add_section(
            by=by, bundle=bundle, title=heading
        )
        entries += add_authorities(by=by, section=section, authorities=list(run))
    return entries


def _heading(authority: Authority) -> str:
    return HEADINGS[Authority.Kind(authority.kind)]
