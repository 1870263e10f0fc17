"""Beginning a bundle and changing what it says of itself."""

from collections.abc import Sequence
from typing import Unpack

from django.db import transaction

from bundles import defaults, standing
from bundles.actions.contents import add_section
from bundles.actions.locking import lock
from bundles.actions.settings import Settings, set_on
from bundles.models import Bundle
from cases.models import Case
from core.actor import Actor
from core.errors import Conflict
from ledger.actions import record


@transaction.atomic
def create(
    *,
    by: Actor,
    case: Case,
    kind: str = Bundle.Kind.HEARING,
    sections: Sequence[str] = (),
    **said: Unpack[Settings],
) -> Bundle:
    """The bundle stands in the matter with its sections, ready to take documents.

    Args:
        by: who begins it.
        case: the matter.
        kind: what kind of bundle it is, for good; its rules are the court's for that kind unless given.
        sections: the headings it begins with.
        said: its settings; a title at least.

    Raises:
        InvalidInput: a setting cannot be used; names its field.
    """
    bundle = Bundle(case=case, kind=kind)
    said["profile"] = said.get("profile") or defaults.profile_for(case.court, kind)
    set_on(bundle, said)
    bundle.save()
    record(chain=case.chain, by=by, verb="began", thing=bundle)
    for section in sections:
        add_section(by=by, bundle=bundle, title=section)
    return bundle


@transaction.atomic
def change(*, by: Actor, bundle: Bundle, **said: Unpack[Settings]) -> Bundle:
    """The bundle's settings are as given; those not given, and built versions, do not change."""
    set_on(bundle, said)
    bundle.save()
    record(chain=bundle.case.chain, by=by, verb="changed", thing=bundle)
    return bundle


@transaction.atomic
def begin_edition(*, by: Actor, bundle: Bundle) -> Bundle:
    """A new edition begins: nothing that was delivered holds a page number in its place any longer.

    Raises:
        Conflict: nothing has been delivered in the present edition.
    """
    lock(bundle)
    held = standing.delivered(bundle)
    if held is None:
        raise Conflict(
            "Nothing has been delivered, so nothing holds the page numbers in place.",
            remedy="Arrange the bundle as you like and build it.",
        )
    bundle.renumbered_after = held.version
    bundle.save(update_fields=["renumbered_after"])
    facts = {"after": held.version.number}
    record(chain=bundle.case.chain, by=by, verb="began a new edition of", thing=bundle, facts=facts)
    return bundle
