"""Reads that more than one caller needs."""

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Count, F, Max, QuerySet

from bundles.models import Build, Bundle, Entry, Section, Version
from bundles.order import Order
from cases.models import Case
from core.errors import InvalidInput, NotFound
from evidence.models import Exhibit

UNDER_WAY = (Build.State.WAITING, Build.State.RUNNING)


def unfinished() -> list[int]:
    """The builds that have not come to their end."""
    return list(Build.objects.filter(state__in=UNDER_WAY).order_by("pk").values_list("pk", flat=True))


def under_way(bundle: Bundle, variant: str = "") -> Build | None:
    """The bundle's build, of that variant where one is named, that has not come to its end."""
    waiting = bundle.builds.filter(state__in=UNDER_WAY).order_by("pk")
    return (waiting.filter(variant=variant) if variant else waiting).first()


def newest_versions(bundles: Collection[Bundle]) -> QuerySet[Version]:
    """The last version of each of the bundles that has been built."""
    built = Version.objects.filter(bundle__in=bundles).select_related("build")
    return built.alias(last=Max("bundle__versions__number")).filter(number=F("last"))


def document_counts(bundles: Collection[Bundle]) -> dict[UUID, int]:
    """How many documents stand in each of the bundles that hold any."""
    held = Entry.objects.filter(section__bundle__in=bundles).order_by()
    return dict(held.values_list("section__bundle").annotate(count=Count("pk")))


def order_of(bundle: Bundle) -> Order:
    """Which entries stand in which section, in order, by number."""
    order: dict[int, list[int]] = {
        section: []
        for section in Section.objects.filter(bundle=bundle)
        .order_by("order", "pk")
        .values_list("pk", flat=True)
    }
    placed = Entry.objects.filter(section__bundle=bundle).order_by("order", "pk")
    for section, entry in placed.values_list("section", "pk"):
        order[section].append(entry)
    return list(order.items())


def refuse_privileged(entries: Sequence[Entry]) -> None:
    """Raises InvalidInput, naming them, where any of the documents is privileged."""
    privileged = [
        f"{entry} ({entry.exhibit.get_privilege_display().lower()})"
        for entry in entries
        if entry.exhibit and entry.exhibit.privilege != Exhibit.Privilege.NONE
    ]
    if privileged:
        raise InvalidInput(
            f"The bundle holds privileged documents: {'; '.join(privileged)}.",
            remedy="Take them out, or confirm that they are meant to go to everybody who gets the bundle.",
            field="privileged_confirmed",
        )


def bundle_titled(case: Case, title: str) -> Bundle:
    """The matter's bundle with this title.

    Raises:
        NotFound: there is none; names those that there are.
        InvalidInput: several are called so.
    """
    found = list(case.bundles.filter(title=title.strip())[:2])
    if not found:
        there = ", ".join(case.bundles.values_list("title", flat=True)) or "none"
        raise NotFound(f"{case} has no bundle {title!r}.", remedy=f"Its bundles: {there}.")
    if len(found) > 1:
        raise InvalidInput(f"{case} has several bundles {title!r}.", remedy="Give them different titles.")
    return found[0]
