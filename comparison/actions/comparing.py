"""Comparing two registered models by the hashes of their tensors."""

from django.db import transaction

from comparison.actions.registering import manifest_of
from comparison.evaluation import result
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.measures import Measured
from comparison.models import Comparison, ModelArtefact
from core import clock
from core.actor import Actor
from core.errors import InvalidInput
from ledger.actions import record


@transaction.atomic
def compare(*, by: Actor, reference: ModelArtefact, suspect: ModelArtefact) -> Comparison:
    """The two models are compared by the hashes of their tensors, and the result is kept.

    Raises:
        InvalidInput: one model twice, models of two matters, or a model without a manifest.
    """
    if reference.pk == suspect.pk:
        raise InvalidInput(
            "A model cannot be compared with itself.", remedy="Choose two models.", field="suspect"
        )
    if reference.case_id != suspect.case_id:
        raise InvalidInput("The two models are of different matters.", remedy="Register both in one matter.")
    ours, theirs = manifest_of(reference, "reference"), manifest_of(suspect, "suspect")
    found = compare_manifests(ours, theirs)
    findings = [result.finding("hashes", Measured(found.share, caveats=tuple(found.caveats())))]
    case = reference.case
    comparison = Comparison.objects.create(
        case=case,
        reference=reference,
        suspect=suspect,
        result={
            "findings": findings,
            "propositions": result.propositions(findings),
            "manifest": result.provenance(ours, theirs),
            "files": [],
        },
        detail=found.as_json(),
        made_at=clock.now(),
        made_by=by.label,
    )
    facts = {"method": "hashes", "reference": reference.manifest_sha256, "suspect": suspect.manifest_sha256}
    record(chain=case.chain, by=by, verb="compared", thing=comparison, facts=facts)
    return comparison
