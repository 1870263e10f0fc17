"""Certifying and signing a version; both make a further file beside it and leave it as it is."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from bundles import certificate, signing
from bundles.actions.locking import lock
from bundles.models import Version, VersionFile
from bundles.pdf.typeset import typesetter
from core import clock
from core.actor import Actor
from core.errors import InvalidInput
from evidence.files.limits import DEFAULT
from evidence.files.store import Stored, read_chunks
from evidence.storage import store
from ledger.actions import record


def certify(*, by: Actor, version: Version, form: str = "") -> VersionFile:
    """A certificate stands beside the version: its hash and each source's, ready for a person to sign.

    Args:
        by: who asks for it.
        version: what is certified.
        form: a key of ``certificate.FORMS``; that of the bundle's court when empty.

    Raises:
        InvalidInput: there is no such form.
        IntegrityFailure: a stored file is missing or was altered.
    """
    form = form or certificate.form_for(version.bundle.profile)
    if form not in certificate.FORMS:
        raise InvalidInput(
            "There is no such form of certificate.",
            remedy=f"Choose one of: {', '.join(certificate.FORMS)}.",
            field="form",
        )
    shown = certificate.context(version, form)
    with typesetter() as layout:
        content = layout.pdf("certificate.html", shown)
    stored = store().put([content], limit=DEFAULT.output_bytes)
    name = f"{Path(version.file_name).stem} certificate.pdf"
    sources = [{key: row[key] for key in ("title", "source", "sha256", "included")} for row in shown["rows"]]
    report = {"form": form, "sha256": version.sha256, "sources": sources, "computed_at": shown["computed_at"]}
    return _keep(by, version, VersionFile.Kind.CERTIFICATE, name, stored, report)


def sign(*, by: Actor, version: Version) -> VersionFile:
    """A copy of the version with a PAdES signature stands beside it, and the signature has been validated.

    Raises:
        Conflict: no key is configured.
        Unavailable: it does not open.
        IntegrityFailure: the signature does not validate.
    """
    with tempfile.TemporaryDirectory(prefix="signing-") as folder:
        out = Path(folder) / "signed.pdf"
        signed = signing.sign(store().path(version.sha256), out, reason=f"{version}")
        stored = store().put(read_chunks(out), limit=DEFAULT.output_bytes)
    name = f"{Path(version.file_name).stem} signed.pdf"
    report = {**asdict(signed), "at": signed.at.isoformat() if signed.at else None, "of": version.sha256}
    return _keep(by, version, VersionFile.Kind.SIGNED, name, stored, report)


@transaction.atomic
def _keep(
    by: Actor, version: Version, kind: VersionFile.Kind, name: str, stored: Stored, report: dict[str, Any]
) -> VersionFile:
    lock(version.bundle)
    last = version.files.filter(kind=kind).aggregate(last=Max("number"))["last"] or 0
    kept = VersionFile.objects.create(
        version=version,
        kind=kind,
        number=last + 1,
        made_at=clock.now(),
        made_by=by.label,
        file_name=name,
        sha256=stored.sha256,
        size=stored.size,
        report=report,
    )
    verb = "signed" if kind == VersionFile.Kind.SIGNED else "certified"
    facts = {"sha256": stored.sha256, "of": version.sha256}
    record(chain=version.bundle.case.chain, by=by, verb=verb, thing=version, facts=facts)
    return kept
