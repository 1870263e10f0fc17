"""Comparisons that were run elsewhere, imported from their records."""

import hashlib

from django.db import transaction

from cases.models import Case
from comparison.actions.registering import manifest_of
from comparison.evaluation import result
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.record import REMEDY, as_json, read_record
from comparison.models import Comparison, ModelArtefact
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
    if case.comparisons.filter(detail__record_sha256=sha256).exists():
        raise Conflict("This comparison was imported already.", remedy="Open it in the list of comparisons.")
    reference, suspect = (
        _of_manifest(case, run.reference, "reference"),
        _of_manifest(case, run.suspect, "suspect"),
    )
    ours, theirs = manifest_of(reference, "reference"), manifest_of(suspect, "suspect")
    found = compare_manifests(ours, theirs)
    judgement = run.findings()
    if "hashes" in run.measured and run.measured["hashes"].value != found.share:
        raise RecordInvalid(
            "The share of identical tensors is not that of the registered manifests.", remedy=REMEDY
        )
    calibrated = result.calibration(run.stratum, judgement.validations, judgement.fused)
    provenance = result.provenance(ours, theirs, None, calibrated) | run.provenance
    comparison = Comparison.objects.create(
        case=case,
        reference=reference,
        suspect=suspect,
        result={
            "findings": judgement.findings,
            "propositions": result.propositions(judgement.findings),
            "manifest": provenance,
            "files": [],
        },
        detail={
            **found.as_json(),
            "nulls": judgement.nulls,
            "maps": {method: one.detail for method, one in run.measured.items() if one.detail},
            "population": run.population.as_json(),
            "record_sha256": sha256,
        },
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


def _of_manifest(case: Case, sha256: str, side: str) -> ModelArtefact:
    found = case.model_artefacts.filter(manifest_sha256=sha256).order_by("registered_at").first()
    if found is None:
        raise InvalidInput(
            f"No model of this matter has the manifest of the {side} of that run ({sha256[:12]}…).",
            remedy=f"Register the model with {side}.manifest.json, which stands beside the file.",
            field="record",
        )
    return found
