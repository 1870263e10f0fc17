"""Which documents refer to the bundle's pages, by which version's numbers, and each version's page map."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bundles import ranges
from bundles.models import Build, Bundle, Entry, Version
from bundles.pdf.contents import EntrySpec, SectionSpec
from bundles.pdf.references.mapping import page_map
from bundles.pdf.references.pagemap import PageMap
from bundles.pdf.report import EntryReport
from cases.kinds import FilingKind
from evidence.models import Exhibit

ARGUED = frozenset(
    {
        FilingKind.SKELETON_ARGUMENT,
        FilingKind.WITNESS_STATEMENT,
        FilingKind.EXPERT_REPORT,
        FilingKind.PARTICULARS_OF_CLAIM,
        FilingKind.DEFENCE,
        FilingKind.DEFENCE_AND_COUNTERCLAIM,
        FilingKind.COUNTERCLAIM,
        FilingKind.REPLY,
        FilingKind.REPLY_AND_DEFENCE_TO_COUNTERCLAIM,
        FilingKind.APPLICATION_NOTICE,
        FilingKind.DRAFT_ORDER,
        FilingKind.NOTICE,
    }
)
"""What parties write for the court; a letter in evidence that says "tab 7" speaks of something else."""
TITLED = re.compile(
    r"\b(skeleton|witness statement|affidavit|submissions?|speaking note|chronology|reading list|"
    r"list of issues|dramatis personae|case summary|expert.{0,12} report)\b",
    re.IGNORECASE,
)


def refers(entry: Entry) -> bool:
    """Whether references are looked for in the document: it was written for the court."""
    exhibit = entry.exhibit
    if exhibit is None or entry.signpost:
        return False
    if exhibit.filing:
        return exhibit.filing.kind in ARGUED
    return bool(TITLED.search(f"{exhibit.title} {entry.title}"))


def marked(
    bundle: Bundle, entries: Sequence[Entry], sections: Sequence[SectionSpec]
) -> tuple[SectionSpec, ...]:
    """The sections, with every document that refers to the bundle marked so.

    Args:
        bundle: what is built.
        entries: its documents in the order of the sections.
        sections: as they will be built.
    """
    versions = whole_versions(bundle)
    rows = iter(entries)
    maps: dict[int, PageMap] = {}

    def told(spec: EntrySpec) -> EntrySpec:
        entry = next(rows)
        if not refers(entry):
            return spec
        version = written_against(entry, versions)
        if version and version.pk not in maps:
            maps[version.pk] = map_of(version)
        return replace(spec, refers=True, written_against=maps[version.pk] if version else None)

    return tuple(
        replace(section, entries=tuple(told(entry) for entry in section.entries)) for section in sections
    )


def whole_versions(bundle: Bundle) -> list[Version]:
    """The bundle's versions with every document as it is, the oldest first."""
    kept = bundle.versions.filter(build__variant=Build.Variant.FULL)
    return list(kept.select_related("build").order_by("number"))


def before(version: Version, earlier: Sequence[Version]) -> Version | None:
    """The version that one is compared with: the newest of the same kind, whole or redacted, or of any.

    Args:
        version: the later one.
        earlier: those before it, the newest first.
    """
    same = (one for one in earlier if one.build.variant == version.build.variant)
    return next(same, earlier[0] if earlier else None)


def written_against(entry: Entry, versions: Sequence[Version]) -> Version | None:
    """The version whose page numbers the document's author used; None while there is none.

    What a person has said goes before all. Otherwise it is the newest version that there was when the
    document was received, or else the first that held it, since its numbers were right in that one.

    Args:
        entry: the document in its place.
        versions: the bundle's, the oldest first.
    """
    if entry.written_against_id:
        return next((one for one in versions if one.pk == entry.written_against_id), None)
    return usual(entry.exhibit, entry.key, versions)


def usual(exhibit: Exhibit | None, key: str, versions: Sequence[Version]) -> Version | None:
    """The version that counts for a document while nobody has said otherwise."""
    if exhibit is None:
        return None
    before = [version for version in versions if version.built_at <= exhibit.received_at]
    if before:
        return before[-1]
    return next((version for version in versions if key in _keys(version)), None)


def map_of(version: Version) -> PageMap:
    """Where each document's pages stand in the version."""
    kept = (version.report.get("references") or {}).get("page_map")
    return PageMap.from_json(kept) if kept else _from_entries(version)


def _from_entries(version: Version) -> PageMap:
    """The map of a version that was built before maps were kept; its documents have their present marks."""
    settings, documents = version.report["settings"], version.build.documents
    wanted = [document["exhibit"] for document in documents if document["exhibit"]]
    marks = dict(Exhibit.objects.filter(pk__in=wanted).values_list("pk", "mark"))
    by_text = {str(key): mark for key, mark in marks.items()}
    return page_map(
        [EntryReport(**entry) for entry in version.report["entries"]],
        letter=settings.get("letter", ""),
        title=settings["title"],
        pages=version.pages,
        marks=[by_text.get(document["exhibit"]) for document in documents],
        leaves=[_leaves(*row) for row in zip(version.report["entries"], documents, strict=True)],
        sections=[(part["title"], part["documents"]) for part in settings["sections"]],
        printed=version.report.get("numbers", ()),
    )


def _leaves(entry: dict[str, Any], document: dict[str, Any]) -> tuple[int, ...]:
    count: int = entry["last_page"] - entry["first_page"] + 1
    if document["status"] != "included":
        return (0,) * count
    chosen = ranges.parse(document.get("pages", ""), last=10**6) or tuple(range(1, count + 1))
    return () if chosen == tuple(range(1, count + 1)) else (*(0,) * (count - len(chosen)), *chosen)


def _keys(version: Version) -> set[str]:
    return {document.get("key") or f"exhibit:{document['exhibit']}" for document in version.build.documents}
