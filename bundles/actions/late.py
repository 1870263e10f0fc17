"""Where documents go that come after a version was delivered."""

from zoneinfo import ZoneInfo

from django.db.models import Max

from bundles import standing
from bundles.models import Bundle, Section, Version
from core import clock
from core.actor import Actor
from ledger.actions import record


def late_section(by: Actor, bundle: Bundle, version: Version) -> Section:
    """The section at the bundle's end for what is added today after this version was delivered."""
    today = clock.local_date(clock.now(), ZoneInfo(bundle.case.court.time_zone))
    title = f"Documents added on {today:%-d %B %Y}"
    known = bundle.sections.filter(added_after=version, title=title).first()
    if known:
        return known
    last = bundle.sections.aggregate(last=Max("order"))["last"] or 0
    made = Section.objects.create(bundle=bundle, title=title, order=last + 1, added_after=version)
    record(chain=bundle.case.chain, by=by, verb="added", thing=made, facts={"bundle": bundle.pk})
    return made


def place_for(by: Actor, section: Section) -> tuple[Section, Version | None]:
    """Where something new for this section stands now, and the version that was delivered before it."""
    bundle = section.bundle
    held = standing.delivered(bundle)
    if held is None:
        return section, None
    if bundle.late == Bundle.Late.INSERT or section.added_after_id == held.version.pk:
        return section, held.version
    return late_section(by, bundle, held.version), held.version
