"""Asking for a bundle to be built."""

from django.db import transaction

from bundles import selectors, sources
from bundles.actions.locking import lock
from bundles.models import Build, Bundle
from bundles.refusals import before_building
from core import clock
from core.actor import Actor
from core.errors import Conflict
from core.queue import enqueue
from ledger.actions import record
from ledger.models import Event

ASKED = "asked for a build of"


@transaction.atomic
def ask_for_build(
    *,
    by: Actor,
    bundle: Bundle,
    on_failure: str = "",
    privileged_confirmed: bool = False,
    variant: str = Build.Variant.FULL,
) -> Build:
    """A build of the bundle waits for the worker, or is under way: two of the same never stand at once.

    Whoever asks for what was asked for already gets that build. One that waits will take the bundle as it
    stands when its turn comes; one that runs has read it, and is not given for a matter changed since.

    Args:
        by: who asks.
        bundle: what is built.
        on_failure: what to do this once about a document that cannot go in; the bundle's own way when empty.
        privileged_confirmed: a person has said that the privileged documents in it are meant to be there.
        variant: whole, or with redacted copies in place of their originals.

    Raises:
        InvalidInput: it holds nothing, privileged documents that nobody has confirmed, or confidential ones
            without a redacted copy where those are to stand in it.
        Conflict: it departs from what was delivered; or another build of it is under way, asked for
            otherwise or begun before a change.
    """
    lock(bundle)
    before_building(bundle, sources.entries_of(bundle), variant, confirmed=privileged_confirmed)
    choices: dict[str, str | bool] = {
        "on_failure": on_failure or bundle.on_failure,
        "privileged_confirmed": privileged_confirmed,
        "variant": variant,
    }
    if standing := selectors.under_way(bundle, variant):
        return _the_same(standing, choices)
    build = Build.objects.create(
        bundle=bundle,
        asked_by=by.label,
        asked_by_id=by.user_id,
        asked_at=clock.now(),
        **choices,
    )
    record(chain=bundle.case.chain, by=by, verb=ASKED, thing=bundle, facts=dict(choices))
    enqueue("bundles.build", build_id=build.pk)
    return build


def _the_same(standing: Build, choices: dict[str, str | bool]) -> Build:
    """The build under way, where it will be what is asked for now; Conflict otherwise."""
    if any(getattr(standing, name) != chosen for name, chosen in choices.items()):
        raise Conflict(
            f"{standing.bundle} is being built already, with other choices.",
            remedy="Wait for the end of that build, then ask again.",
        )
    since = Event.objects.filter(chain__key=standing.bundle.case.chain, at__gt=standing.asked_at)
    if standing.state == Build.State.RUNNING and since.exclude(verb=ASKED).exists():
        raise Conflict(
            f"{standing.bundle} is being built already, as it stood before the matter's last change.",
            remedy="Wait for the end of that build, then ask again.",
        )
    return standing
