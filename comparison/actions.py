"""Registering models and comparing them."""

import hashlib
from datetime import date

from django.db import transaction

from cases.models import Case, Party
from comparison.evaluation import result
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.hashes import compare_manifests
from comparison.evaluation.measures import Measured
from comparison.evaluation.record import REMEDY, as_json, read_record
from comparison.models import Comparison, ModelArtefact
from comparison.weights.manifest import Manifest
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit
from ledger.actions import record


@transaction.atomic
def register(
    *,
    by: Actor,
    case: Case,
    vendor: str,
    name: str,
    version: str = "",
    access: str = ModelArtefact.Access.WEIGHTS,
    holder: Party | None = None,
    released_on: date | None = None,
    released_precision: str = ModelArtefact.Precision.DAY,
    licence: str = "",
    obtained_how: str = "",
    obtained_on: date | None = None,
    exhibit: Exhibit | None = None,
    note: str = "",
    manifest: Manifest | None = None,
) -> ModelArtefact:
    """The model stands in the matter, with the hashes of its weights where a manifest was given.

    Raises:
        InvalidInput: no vendor or name; an access that does not exist; a manifest for a model whose weights
            are not held; an exhibit or holder of another matter.
        Conflict: this vendor's model of this name and version is registered already.
    """
    vendor, name, version = vendor.strip(), name.strip(), version.strip()
    for field, value in (("vendor", vendor), ("name", name)):
        if not value:
            raise InvalidInput(
                f"A model needs a {field}.", remedy="Give it as its publisher does.", field=field
            )
    if access not in ModelArtefact.Access.values:
        raise InvalidInput(
            f"{access} is not an access level.", remedy="It is weights, logits or text.", field="access"
        )
    for field, thing in (("holder", holder), ("exhibit", exhibit)):
        if thing is not None and thing.case_id != case.pk:
            raise InvalidInput(
                f"The {field} is of another matter.", remedy="Choose one of this matter.", field=field
            )
    if case.model_artefacts.filter(vendor=vendor, name=name, version=version).exists():
        raise Conflict(
            f"{vendor}, {f'{name} {version}'.strip()} is registered already.",
            remedy="Open it in the list, or give the version that sets this one apart.",
        )
    artefact = ModelArtefact.objects.create(
        case=case, vendor=vendor, name=name, version=version, access=access, holder=holder,
        released_on=released_on, released_precision=released_precision, licence=licence.strip(),
        obtained_how=obtained_how.strip(), obtained_on=obtained_on, exhibit=exhibit, note=note.strip(),
        registered_at=clock.now(),
    )  # fmt: skip
    record(chain=case.chain, by=by, verb="registered", thing=artefact, facts={"access": access})
    if manifest is None:
        return artefact
    return attach_manifest(by=by, artefact=artefact, manifest=manifest)


@transaction.atomic
def attach_manifest(*, by: Actor, artefact: ModelArtefact, manifest: Manifest) -> ModelArtefact:
    """The model holds the hashes of its weights, for good.

    Raises:
        InvalidInput: its weights are not held.
        Conflict: it has a manifest already; other weights are another version.
    """
    artefact = ModelArtefact.objects.select_for_update(of=("self",), no_key=True).get(pk=artefact.pk)
    if artefact.access != ModelArtefact.Access.WEIGHTS:
        raise InvalidInput(
            "A manifest is of weights, and this model's weights are not held.",
            remedy="Register the model with access to its weights, or leave the manifest out.",
            field="manifest",
        )
    if artefact.manifest_sha256:
        raise Conflict(
            f"{artefact.label} has a manifest already, and it is kept.",
            remedy="Register other weights as a version of their own.",
        )
    artefact.manifest = manifest.text
    artefact.manifest_sha256 = manifest.sha256
    artefact.parameters, artefact.tensors = manifest.parameters, len(manifest.tensors)
    artefact.save(update_fields=["manifest", "manifest_sha256", "parameters", "tensors"])
    facts = {"manifest_sha256": manifest.sha256, "tensors": len(manifest.tensors)}
    record(chain=artefact.case.chain, by=by, verb="took the manifest of", thing=artefact, facts=facts)
    return artefact


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
    ours, theirs = _manifest(reference, "reference"), _manifest(suspect, "suspect")
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
    ours, theirs = _manifest(reference, "reference"), _manifest(suspect, "suspect")
    found = compare_manifests(ours, theirs)
    judgement = run.findings()
    if "hashes" in run.measured and run.measured["hashes"].value != found.share:
        raise RecordInvalid(
            "The share of identical tensors is not that of the registered manifests.", remedy=REMEDY
        )
    calibrated = result.calibration(run.stratum, judgement.validations)
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


def _manifest(artefact: ModelArtefact, field: str) -> Manifest:
    manifest = artefact.read_manifest()
    if manifest is None:
        raise InvalidInput(
            f"{artefact.label} has no manifest of its weights.",
            remedy="Only models whose weights are held can be compared by hashes; add the manifest first.",
            field=field,
        )
    return manifest
