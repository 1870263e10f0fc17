"""Beginning a bundle and changing what it says of itself."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from django.db import transaction

from bundles.actions.contents import add_section
from bundles.actions.titles import checked_title
from bundles.models import Bundle
from bundles.pdf import profile as rules
from cases.models import Case, Hearing
from core import clock
from core.actor import Actor
from ledger.actions import record


@transaction.atomic
def create(
    *,
    by: Actor,
    case: Case,
    title: str,
    hearing: Hearing | None = None,
    hearing_date: date | None = None,
    profile: str = "",
    on_failure: str = Bundle.OnFailure.STOP,
    sections: Sequence[str] = (),
) -> Bundle:
    """The bundle stands in the matter with its sections, ready to take exhibits."""
    rules.load(profile or case.court.bundle_profile)
    bundle = Bundle.objects.create(
        case=case,
        title=checked_title(title),
        hearing=hearing,
        hearing_date=hearing_date or _day_of(hearing),
        profile=profile or case.court.bundle_profile,
        on_failure=on_failure,
    )
    record(chain=case.chain, by=by, verb="began", thing=bundle)
    for section in sections:
        add_section(by=by, bundle=bundle, title=section)
    return bundle


@transaction.atomic
def change(
    *,
    by: Actor,
    bundle: Bundle,
    title: str,
    hearing: Hearing | None,
    hearing_date: date | None,
    profile: str,
    on_failure: str,
) -> Bundle:
    """The bundle's title, hearing, profile and way of failing are as given; built versions do not change."""
    rules.load(profile)
    bundle.title, bundle.hearing, bundle.hearing_date = (
        checked_title(title),
        hearing,
        hearing_date or _day_of(hearing),
    )
    bundle.profile, bundle.on_failure = profile, on_failure
    bundle.save()
    record(chain=bundle.case.chain, by=by, verb="changed", thing=bundle)
    return bundle


def _day_of(hearing: Hearing | None) -> date | None:
    return clock.local_date(hearing.starts_at, ZoneInfo(hearing.case.court.time_zone)) if hearing else None
