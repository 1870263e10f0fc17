"""Keeping what came of a build: a version with its files, which never change afterwards."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from bundles import masters
from bundles.actions.states import move
from bundles.models import Build, Bundle, Version, VersionFile
from bundles.pdf import profile
from bundles.pdf.contents import BundleSpec
from core import clock
from core.actor import Actor
from evidence.files.store import Stored
from ledger.actions import record


@dataclass(frozen=True, slots=True)
class FurtherFile:
    """A volume, a delta and the like, already in the store; pages are those of the whole bundle."""

    kind: str
    number: int
    name: str
    stored: Stored
    first_page: int | None
    last_page: int | None


@dataclass(frozen=True, slots=True)
class Made:
    """What the engine made for a build.

    Args:
        spec: what it was built from.
        name: the file's name for the court.
        stored: the whole bundle in the store.
        report: the engine's report as plain values.
        documents: what became of each document, as ``Build.documents`` holds it.
        further: the files beside the whole bundle.
    """

    spec: BundleSpec
    name: str
    stored: Stored
    report: dict[str, Any]
    documents: list[dict[str, Any]]
    further: tuple[FurtherFile, ...] = ()


@transaction.atomic
def keep_version(*, by: Actor, asked: Build, made: Made) -> Version:
    """The build has come to its end, and its version stands with all its files."""
    bundle = Bundle.objects.select_for_update(no_key=True).get(pk=asked.bundle_id)
    last = bundle.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        bundle=bundle,
        build=asked,
        number=last + 1,
        built_at=clock.now(),
        file_name=made.name,
        sha256=made.stored.sha256,
        size=made.stored.size,
        pages=made.report["pages"],
        report={**_named(made.report), "file": made.name, "settings": _settings(bundle, made.spec)},
        passed=made.report["check"]["passed"],
    )
    for file in made.further:
        VersionFile.objects.create(
            version=version,
            kind=file.kind,
            number=file.number,
            made_at=version.built_at,
            made_by=by.label,
            file_name=file.name,
            sha256=file.stored.sha256,
            size=file.stored.size,
            first_page=file.first_page,
            last_page=file.last_page,
        )
    move(asked.pk, Build.State.BUILT, documents=made.documents)
    facts = {
        "sha256": made.stored.sha256,
        "pages": version.pages,
        "asked_by": asked.asked_by,
        "variant": asked.variant,
        "files": {f"{file.kind} {file.number}": file.stored.sha256 for file in made.further},
    }
    record(chain=bundle.case.chain, by=by, verb="built", thing=version, facts=facts)
    return version


def _named(report: dict[str, Any]) -> dict[str, Any]:
    """The report with its files' names in place of the folder that they were made in."""
    files = [{**file, "file": Path(file["file"]).name} for file in report["files"]]
    return {**report, "files": files}


def _settings(bundle: Bundle, spec: BundleSpec) -> dict[str, Any]:
    """What the version was built from and checked against, kept with it since both may change later."""
    main = masters.newest(bundle.master) if bundle.master else None
    return {
        "title": spec.title,
        "kind": bundle.kind,
        "letter": spec.letter,
        "case": spec.case,
        "claim_number": spec.claim_number,
        "court": spec.court,
        "hearing_date": spec.hearing_date.isoformat() if spec.hearing_date else None,
        "profile": spec.profile,
        "on_failure": spec.on_failure,
        "master_version": main.number if main else None,
        "standing_pages": spec.standing.pages if spec.standing else None,
        "sections": [{"title": part.title, "documents": len(part.entries)} for part in spec.sections],
        "rules": [asdict(rule) for rule in profile.load(spec.profile).rules],
    }
