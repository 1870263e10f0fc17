"""Comparisons that were run elsewhere, imported from their records."""

import hashlib
from typing import Any

from django.db import transaction

from cases.models import Case
from comparison.actions.registering import manifest_of
from comparison.evaluation import result
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.record import REMEDY, Record, as_json, read_record
from comparison.models import Comparison, ModelArtefact
from comparison.storable import storable
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record


@transaction.atomic
def import_record(*, by: Actor, case: Case, content: bytes) -> Comparison:
    """A comparison run elsewhere stands in the matter, its findings worked out again from what was measured.

    Args:
        by: who imports it.
        case: the matter, in which both models are registered with the manifests of that run.
        content: the file ``comparison.json`` of ``manage.py compare``.

    Raises:
        RecordInvalid: it is no such file, or states figures that do not follow from it or from the manifests.
        InvalidInput: a model of it is not registered in this matter.
        Conflict: this file was imported already.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    run = read_record(as_json(content))
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if case.comparisons.filter(detail__record_sha256=sha256).exists():
        raise Conflict("This comparison was imported already.", remedy="Open it in the list of comparisons.")
    reference, suspect = _sides(case, run)
    ours, theirs = manifest_of(reference, "reference"), manifest_of(suspect, "suspect")
    found = compare_manifests(ours, theirs)
    judgement = run.findings()
    if "hashes" in run.measured and run.measured["hashes"].value != found.share:
        raise _wrong("The share of identical tensors is not that of the registered manifests")
    calibrated = result.calibration(run.stratum, judgement.validations, judgement.fused)
    answer = {
        "findings": judgement.findings,
        "propositions": result.propositions(judgement.findings),
        "manifest": result.provenance(ours, theirs, None, calibrated) | _provenance(run),
        "files": [],
    }
    detail = {
        **found.as_json(),
        "nulls": judgement.nulls,
        "maps": {method: one.detail for method, one in run.measured.items() if one.detail},
        "population": run.population.as_json(),
        "record_sha256": sha256,
    }
    if not storable([answer, detail]):
        raise _wrong("A text or a number of it can neither be kept nor shown")
    comparison = Comparison.objects.create(
        case=case,
        reference=reference,
        suspect=suspect,
        result=answer,
        detail=detail,
        made_at=clock.now(),
        made_by=by.label,
    )
    facts = {
        "record_sha256": sha256,
        "methods": list(run.measured),
        "reference": run.reference,
        "suspect": run.suspect,
    }
    record(chain=case.chain, by=by, verb="imported", thing=comparison, facts=facts)
    return comparison


def _sides(case: Case, run: Record) -> tuple[ModelArtefact, ModelArtefact]:
    """The models that were compared: those of the registered job, or those of the same manifests.

    A model may be registered twice, and a suspect may be the reference byte for byte.
    """
    if run.job is not None:
        job = (
            case.comparison_jobs.filter(sha256=run.job.sha256).select_related("reference", "suspect").first()
        )
        if job is not None:
            return job.reference, job.suspect
    reference = _of_manifest(case, run.reference, "reference")
    return reference, _of_manifest(case, run.suspect, "suspect", other=reference)


def _of_manifest(case: Case, sha256: str, side: str, other: ModelArtefact | None = None) -> ModelArtefact:
    held = case.model_artefacts.filter(manifest_sha256=sha256).order_by("registered_at", "pk")
    found = (held.exclude(pk=other.pk) if other else held).first()
    if found is not None:
        return found
    missing = f"No model of this matter has the manifest of the {side} of that run ({sha256[:12]}…)."
    remedy = f"Register the model with {side}.manifest.json, which stands beside the file."
    if held.exists():
        missing = f"Reference and suspect of that run have one manifest ({sha256[:12]}…), registered once."
        remedy = "Register the suspect as a model of its own, under its own vendor or name."
    raise InvalidInput(missing, remedy=remedy, field="record")


def _provenance(run: Record) -> dict[str, Any]:
    """What the file says of the run; that it answers a job, only where the job itself stands in the file."""
    if run.job is None:
        return run.provenance | {"job": None}
    deviations = run.provenance["job"].get("deviations", [])
    if not isinstance(deviations, list) or not all(isinstance(text, str) for text in deviations):
        raise _wrong("What was otherwise than fixed is no list of texts")
    return run.provenance | {"job": {"sha256": run.job.sha256, "deviations": deviations}}


def _wrong(what: str) -> RecordInvalid:
    return RecordInvalid(f"{what}.", remedy=REMEDY, field="record")
