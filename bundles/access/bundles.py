"""Who may reach a bundle: members of its matter; an outside expert where nothing closed to them is in it."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from bundles.models import Build, Bundle, Entry, RedactedCopy, Section, Version, VersionFile
from cases import access
from cases.models import Case, Membership
from core.errors import NotFound
from evidence import access as exhibits
from evidence.models import Exhibit

Visitor = User | AnonymousUser


def visible(user: Visitor) -> QuerySet[Bundle]:
    """Every bundle this person may know of, over all their matters."""
    if not user.is_authenticated:
        return Bundle.objects.none()
    mine = Membership.objects.filter(user=user)
    # A bundle with redacted documents is known to those outside: its redacted version is for them.
    closed = Entry.objects.filter(
        section__bundle=OuterRef("pk"), exhibit__in=Exhibit.objects.exclude(privilege=Exhibit.Privilege.NONE)
    )
    return Bundle.objects.filter(
        Q(case__in=mine.exclude(role=Membership.Role.EXPERT).values("case"))
        | Q(case__in=mine.filter(role=Membership.Role.EXPERT).values("case")) & ~Exists(closed)
    )


def in_case(user: Visitor, case: Case) -> QuerySet[Bundle]:
    """The bundles of one matter which this person may know of."""
    return visible(user).filter(case=case)


def get_bundle(user: Visitor, bundle_id: UUID, case_id: UUID | None = None) -> Bundle:
    """The bundle, for reading; NotFound where it is not for this person, or not of the matter given."""
    bundles = visible(user).select_related("case__court", "hearing").filter(pk=bundle_id)
    bundle = (bundles.filter(case=case_id) if case_id else bundles).first()
    if bundle is None:
        raise NotFound("There is no such bundle.")
    return bundle


def get_bundle_to_edit(user: Visitor, bundle_id: UUID, case_id: UUID | None = None) -> Bundle:
    """The bundle, for writing; NotAllowed where the person may only read it."""
    bundle = get_bundle(user, bundle_id, case_id)
    access.check_can_edit_case(user, bundle.case)
    return bundle


def get_section(bundle: Bundle, section_id: int) -> Section:
    """The section of a bundle that the asker may see; NotFound where it has no such section."""
    section = bundle.sections.filter(pk=section_id).first()
    if section is None:
        raise NotFound("There is no such section.")
    section.bundle = bundle
    return section


def get_entry(bundle: Bundle, entry_id: int) -> Entry:
    """The entry of a bundle that the asker may see; NotFound where it has no such entry."""
    entry = (
        Entry.objects.select_related("section__bundle__case", "exhibit__intake", "authority")
        .filter(section__bundle=bundle, pk=entry_id)
        .first()
    )
    if entry is None:
        raise NotFound("There is no such entry.")
    return entry


def get_build(user: Visitor, bundle: Bundle, build_id: int) -> Build:
    """One attempt at building; NotFound for an outside expert, since it may name what was in it before."""
    build = bundle.builds.select_related("version").filter(pk=build_id).first()
    if build is None or _is_expert(user, bundle.case):
        raise NotFound("There is no such build.")
    build.bundle = bundle
    return build


def openable(user: Visitor, case: Case, versions: Iterable[Version]) -> list[Version]:
    """Those of the matter's built versions that hold nothing which this person may not see.

    Somebody outside gets nothing privileged, and where redacted copies were made, the version with the
    newest of those: an earlier one may show what was then found to have to go.
    """
    if not _is_expert(user, case):
        return list(versions)
    privileged = ~Q(privilege=Exhibit.Privilege.NONE)
    never = set(case.exhibits.filter(privileged).values_list("sha256", flat=True))
    originals = set(case.exhibits.filter(exhibits.CLOSED).values_list("sha256", flat=True))
    newest = dict(
        RedactedCopy.objects.filter(exhibit__case=case, state=RedactedCopy.State.MADE)
        .order_by("exhibit", "number")
        .values_list("exhibit", "number")
    )
    return [
        version
        for version in versions
        if (
            _hashes(version).isdisjoint(never) and _holds_newest(version, newest)
            if _is_redacted(version)
            else _hashes(version).isdisjoint(originals)
        )
    ]


def get_version(user: Visitor, bundle: Bundle, number: int) -> Version:
    """A built version; NotFound where there is none, or it holds what this person may not see."""
    found = openable(user, bundle.case, bundle.versions.select_related("build").filter(number=number))
    if not found:
        raise NotFound("There is no such version.")
    found[0].bundle = bundle
    return found[0]


def get_file(version: Version, kind: str, number: int) -> VersionFile:
    """A further file of a version that the asker may open; NotFound where there is no such file."""
    file = version.files.filter(kind=kind, number=number).first()
    if file is None:
        raise NotFound("There is no such file.")
    return file


def _is_expert(user: Visitor, case: Case) -> bool:
    return access.role_in(user, case) == Membership.Role.EXPERT


def _is_redacted(version: Version) -> bool:
    return version.build.variant == Build.Variant.REDACTED


def _holds_newest(version: Version, newest: Mapping[UUID, int]) -> bool:
    """Whether no exhibit in it has a later redacted copy than the one that went in."""
    return all(
        newest.get(UUID(document["exhibit"]), 0) <= document.get("copy", 0)
        for document in version.build.documents
        if document["exhibit"] and not document["signpost"]
    )


def _hashes(version: Version) -> set[str]:
    return {entry["sha256"] for entry in version.report["entries"] if entry["sha256"]}
