"""One matter at a glance."""

from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from accounts.models import User
from bundles.access import bundles as bundle_access
from bundles.models import Build, Bundle, Version
from bundles.verdict import summary
from cases.access import role_in
from cases.models import Case, Claim, Hearing, Membership, Party
from cases.standing import OPEN, standing
from core import clock
from desk.selectors import due, history
from evidence import access as exhibits
from evidence.models import Exhibit, Intake
from evidence.selectors import intake_words
from evidence.selectors import standing as not_withdrawn
from ledger import selectors as ledger

STRIP_DAYS = 14
SHOWN = 6
_MARKS = {
    Intake.State.READY: "done",
    Intake.State.NOT_CONVERTED: "doubtful",
    Intake.State.FAILED: "due",
}


def at_a_glance(user: User, case: Case) -> dict[str, Any]:
    """All that the overview shows; nothing in it that this person may not see."""
    role = role_in(user, case)
    return {
        "role": role,
        "sides": sides(case),
        "claims": list(_claims(case)),
        "due": [due.shown(date) for date in case.due_dates.filter(state__in=OPEN)[:SHOWN]],
        "due_count": case.due_dates.filter(state__in=OPEN).count(),
        "strip": due.in_strip(case, STRIP_DAYS),
        "filings": [
            {"filing": filing, "standing": standing(filing, case.court)}
            for filing in case.filings.select_related("party")[:SHOWN]
        ],
        "filing_count": case.filings.count(),
        **_exhibits(user, case),
        "bundles": _bundles(user, case, is_expert=role == Membership.Role.EXPERT),
        "applications": case.applications.select_related("applicant"),
        "hearings": _hearings(case),
        "relations": case.relations.all(),
        "events": _events(case) if role != Membership.Role.EXPERT else None,
    }


def sides(case: Case) -> list[dict[str, Any]]:
    """The parties by role, claimants first, each role with its word."""
    parties = list(case.parties.all())
    return [
        {"word": role.label, "parties": found}
        for role in Party.Role
        if (found := [party for party in parties if party.role == role])
    ]


def _claims(case: Case) -> QuerySet[Claim]:
    return case.claims.select_related("cause").prefetch_related("claimants", "defendants")


def _exhibits(user: User, case: Case) -> dict[str, Any]:
    mine = not_withdrawn(exhibits.in_case(user, case))
    counted = dict(mine.order_by().values_list("intake__state").annotate(number=Count("pk")))
    states = [
        {"word": state.label, "count": counted[state], "mark": _MARKS.get(state, "waiting")}
        for state in Intake.State
        if counted.get(state)
    ]
    stuck = mine.filter(intake__state__in=(Intake.State.NOT_CONVERTED, Intake.State.FAILED))
    working = mine.filter(intake__state__in=(Intake.State.WAITING, Intake.State.RUNNING))
    return {
        "exhibit_count": sum(counted.values()),
        "exhibit_states": states,
        "stuck": [_told(exhibit) for exhibit in stuck.select_related("intake")[:SHOWN]],
        "working": [_told(exhibit) for exhibit in working.select_related("intake")[:SHOWN]],
        "unfiled": mine.filter(filing=None, parent=None, mark="").count(),
    }


def _told(exhibit: Exhibit) -> dict[str, Any]:
    mark = _MARKS.get(Intake.State(exhibit.intake.state), "waiting")
    return {"exhibit": exhibit, "words": intake_words(exhibit.intake), "mark": mark}


def _bundles(user: User, case: Case, *, is_expert: bool) -> list[dict[str, Any]]:
    builds = Build.objects.none() if is_expert else Build.objects.order_by("-asked_at")
    found = list(
        bundle_access.in_case(user, case)
        .select_related("hearing")
        .prefetch_related(
            Prefetch("versions", Version.objects.order_by("-number")), Prefetch("builds", builds)
        )
    )
    newest = [version for bundle in found for version in bundle.versions.all()[:1]]
    open_to = {version.bundle_id: version for version in bundle_access.openable(user, case, newest)}
    return [_bundle(bundle, open_to.get(bundle.pk)) for bundle in found]


def _bundle(bundle: Bundle, version: Version | None) -> dict[str, Any]:
    build = next(iter(bundle.builds.all()), None)
    if build and build.state in (Build.State.WAITING, Build.State.RUNNING):
        return {"bundle": bundle, "version": version, "words": "Being built now", "mark": "waiting"}
    if build and build.state == Build.State.STOPPED:
        return {"bundle": bundle, "version": version, "words": f"Stopped: {build.message}", "mark": "due"}
    if version is None:
        return {"bundle": bundle, "version": None, "words": "Not built yet", "mark": "neutral"}
    told = summary(version.report["check"])
    return {"bundle": bundle, "version": version, "words": told.title, "mark": told.kind}


def _hearings(case: Case) -> list[Hearing]:
    ahead = list(case.hearings.filter(starts_at__gte=clock.now())[:SHOWN])
    return ahead or list(case.hearings.order_by("-starts_at")[:1])


def _events(case: Case) -> list[dict[str, Any]]:
    # What the worker makes of each exhibit would crowd out what people did.
    done = ledger.events(case.chain).exclude(thing_type="evidence.rendition")
    return [history.told(event, case) for event in done[:SHOWN]]
