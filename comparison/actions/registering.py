"""Registering models, and the manifests of their weights."""

from datetime import date

from django.db import transaction

from cases.models import Case, Party
from comparison.models import ModelArtefact
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
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
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


def manifest_of(artefact: ModelArtefact, field: str) -> Manifest:
    """The model's manifest; raises ``InvalidInput`` where it has none."""
    manifest = artefact.read_manifest()
    if manifest is None:
        raise InvalidInput(
            f"{artefact.label} has no manifest of its weights.",
            remedy="Only models whose weights are held can be compared by hashes; add the manifest first.",
            field=field,
        )
    return manifest
