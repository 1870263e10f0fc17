"""Building a reference population."""

from collections.abc import Iterable

from django.db import transaction

from cases.models import Case
from comparison.models import ModelArtefact, PopulationMember, ReferencePopulation, Stratum
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.actions import record


@transaction.atomic
def make_population(*, by: Actor, case: Case, name: str, note: str = "") -> ReferencePopulation:
    """The matter has a population of this name, without models yet.

    Raises:
        InvalidInput: it has no name.
        Conflict: another of the matter is called so.
    """
    name = name.strip()
    if not name:
        raise InvalidInput(
            "A population needs a name.", remedy="Say what its models are, in a few words.", field="name"
        )
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if case.populations.filter(name=name).exists():
        raise Conflict(f"There is a population “{name}” already.", remedy="Open it, or choose another name.")
    made = ReferencePopulation.objects.create(case=case, name=name, note=note.strip(), made_at=clock.now())
    record(chain=case.chain, by=by, verb="made the population", thing=made)
    return made


@transaction.atomic
def add_member(
    *,
    by: Actor,
    population: ReferencePopulation,
    artefact: ModelArtefact,
    lineage: str,
    stratum: str,
    derived_from: ModelArtefact | None = None,
) -> PopulationMember:
    """The model belongs to the population, with its origin and how like the suspect's case it is.

    Args:
        by: who says so.
        population: of the same matter.
        artefact: a model whose weights have a manifest.
        lineage: a word for its origin; models of one origin count once.
        stratum: one of ``Stratum``.
        derived_from: the model from which it is known to have been made; None where it is independent.

    Raises:
        InvalidInput: a model of another matter or without a manifest, no lineage, or no such stratum.
        Conflict: the model belongs to the population already.
    """
    lineage = lineage.strip()
    for field, one in (("artefact", artefact), ("derived_from", derived_from)):
        if one is not None and one.case_id != population.case_id:
            raise InvalidInput(
                "The model is of another matter.", remedy="Register it in this one.", field=field
            )
    if not artefact.manifest_sha256:
        raise InvalidInput(
            f"{artefact.label} has no manifest of its weights, so a job could not name it.",
            remedy="Add the manifest on the model's page first.",
            field="artefact",
        )
    if stratum not in Stratum.values:
        raise InvalidInput(
            f"There is no stratum {stratum}.", remedy=f"Choose: {', '.join(Stratum.values)}.", field="stratum"
        )
    if not lineage or lineage == "reference":
        raise InvalidInput(
            "The model needs a word for its origin, other than “reference”.",
            remedy="Give the same word to all models that were made from one another.",
            field="lineage",
        )
    if derived_from == artefact:
        raise InvalidInput(
            "A model cannot have been made from itself.", remedy="Choose another.", field="derived_from"
        )
    ReferencePopulation.objects.select_for_update(of=("self",), no_key=True).get(pk=population.pk)
    if population.members.filter(artefact=artefact).exists():
        raise Conflict(f"{artefact.label} belongs to {population} already.", remedy="Take it out first.")
    member = PopulationMember.objects.create(
        population=population, artefact=artefact, lineage=lineage, stratum=stratum, derived_from=derived_from
    )
    facts = {"population": population.pk, "lineage": lineage, "stratum": stratum}
    record(chain=population.case.chain, by=by, verb="added to the population", thing=member, facts=facts)
    return member


@transaction.atomic
def add_members(
    *,
    by: Actor,
    population: ReferencePopulation,
    artefacts: Iterable[ModelArtefact],
    stratum: str,
    lineage: str = "",
    derived_from: ModelArtefact | None = None,
) -> list[PopulationMember]:
    """As ``add_member`` for several models: of one lineage, or each of its own where none is given."""
    taken = set(population.members.values_list("lineage", flat=True))
    made = []
    for artefact in artefacts:
        own = artefact.label if artefact.label not in taken else str(artefact)
        member = add_member(
            by=by, population=population, artefact=artefact, lineage=lineage.strip() or own[:100],
            stratum=stratum, derived_from=derived_from,
        )  # fmt: skip
        taken.add(member.lineage)
        made.append(member)
    return made


@transaction.atomic
def remove_member(*, by: Actor, member: PopulationMember) -> None:
    """The model no longer belongs to the population; jobs that were registered with it keep it.

    Raises:
        Conflict: it was taken out already.
    """
    ReferencePopulation.objects.select_for_update(of=("self",), no_key=True).get(pk=member.population_id)
    if not PopulationMember.objects.filter(pk=member.pk).exists():
        raise Conflict("It was taken out already.", remedy="Nothing needs to be done.")
    population, member_id = member.population, member.pk
    facts = {"population": population.pk, "model": member.artefact_id, "lineage": member.lineage}
    member.delete()
    member.ledger_id = member_id  # type: ignore[attr-defined]
    record(chain=population.case.chain, by=by, verb="took out of the population", thing=member, facts=facts)
