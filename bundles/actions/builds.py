"""Asking for a bundle to be built."""

from django.db import transaction

from bundles import selectors
from bundles.models import Build, Bundle, Entry
from core import clock
from core.actor import Actor
from core.errors import InvalidInput
from core.queue import enqueue
from ledger.actions import record


@transaction.atomic
def ask_for_build(
    *, by: Actor, bundle: Bundle, on_failure: str = "", privileged_confirmed: bool = False
) -> Build:
    """A build waits for the worker; a bundle with nothing in it is refused.

    Args:
        by: who asks.
        bundle: what is built.
        on_failure: what to do this once about a document that cannot go in; the bundle's own way when empty.
        privileged_confirmed: a person has said that the privileged documents in it are meant to be there.

    Raises:
        InvalidInput: it holds nothing, or privileged documents that nobody has confirmed.
    """
    entries = Entry.objects.filter(section__bundle=bundle)
    if not entries.exists():
        raise InvalidInput(
            "There is nothing in this bundle.", remedy="Put at least one exhibit into a section."
        )
    if not privileged_confirmed:
        selectors.refuse_privileged(list(entries.select_related("exhibit")))
    build = Build.objects.create(
        bundle=bundle,
        asked_by=by.label,
        asked_by_id=by.user_id,
        asked_at=clock.now(),
        on_failure=on_failure or bundle.on_failure,
        privileged_confirmed=privileged_confirmed,
    )
    facts = {"on_failure": build.on_failure, "privileged_confirmed": privileged_confirmed}
    record(chain=bundle.case.chain, by=by, verb="asked for a build of", thing=bundle, facts=facts)
    enqueue("bundles.build", build_id=build.pk)
    return build
