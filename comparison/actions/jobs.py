"""Setting up a comparison, and fixing it before it runs."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from cases.models import Case
from comparison import fixing, guide
from comparison.models import ComparisonJob, ModelArtefact, ReferencePopulation, Stratum
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit
from ledger.actions import record

FIXED = "This comparison is registered and is never changed."
AGAIN = "Set it up anew; the new one names this one, and both stay."


@transaction.atomic
def set_up(
    *,
    by: Actor,
    case: Case,
    title: str,
    reference: ModelArtefact,
    suspect: ModelArtefact,
    question: str = ComparisonJob.Question.BOTH,
    replaces: ComparisonJob | None = None,
) -> ComparisonJob:
    """A draft stands in the matter, with every method that the two models allow.

    Raises:
        InvalidInput: no title, no such question, one model twice, or something of another matter.
    """
    title = title.strip()
    if not title:
        raise InvalidInput(
            "The comparison needs a title.", remedy="Say what is compared with what.", field="title"
        )
    if question not in ComparisonJob.Question.values:
        raise InvalidInput("There is no such question.", remedy="Choose one of the list.", field="question")
    if reference.pk == suspect.pk:
        raise InvalidInput(
            "A model cannot be compared with itself.", remedy="Choose two models.", field="suspect"
        )
    if any(one is not None and one.case_id != case.pk for one in (reference, suspect, replaces)):
        raise InvalidInput("The models are of different matters.", remedy="Register both in this one.")
    job = ComparisonJob(
        case=case, title=title, question=question, reference=reference, suspect=suspect,
        replaces=replaces, made_at=clock.now(), made_by=by.label,
    )  # fmt: skip
    job.methods = guide.proposed(job)
    job.save(force_insert=True)
    facts = {"reference": reference.pk, "suspect": suspect.pk, "replaces": replaces and replaces.pk}
    record(chain=case.chain, by=by, verb="set up the comparison", thing=job, facts=facts)
    return job


@transaction.atomic
def change(
    *,
    by: Actor,
    job: ComparisonJob,
    title: str,
    methods: Sequence[str],
    population: ReferencePopulation | None = None,
    stratum: str = "",
    seed: int = 7,
    probe: Exhibit | None = None,
    served: Exhibit | None = None,
) -> ComparisonJob:
    """The draft is as given.

    Raises:
        Conflict: it is registered.
        InvalidInput: a method that the models do not allow, a stratum that does not exist, no title, or
            something of another matter.
    """
    job = _draft(job)
    possible = {offer.method.name for offer in guide.offers(job) if offer.possible}
    if unknown := sorted(set(methods) - possible):
        raise InvalidInput(
            f"{', '.join(unknown)}: not possible with these two models.",
            remedy="Choose among the methods that are.",
            field="methods",
        )
    if stratum and stratum not in Stratum.values:
        raise InvalidInput(
            f"There is no stratum {stratum}.", remedy=f"Choose: {', '.join(Stratum.values)}.", field="stratum"
        )
    for field, one in (("population", population), ("probe", probe), ("served", served)):
        if one is not None and one.case_id != job.case_id:
            raise InvalidInput("It is of another matter.", remedy="Choose one of this matter.", field=field)
    if not title.strip():
        raise InvalidInput(
            "The comparison needs a title.", remedy="Say what is compared with what.", field="title"
        )
    chosen = [offer.method.name for offer in guide.offers(job) if offer.method.name in methods]
    fields: dict[str, Any] = {
        "title": title.strip(), "methods": chosen, "population": population, "stratum": stratum,
        "seed": seed, "probe": probe, "served": served,
    }  # fmt: skip
    for name, value in fields.items():
        setattr(job, name, value)
    job.save(update_fields=list(fields))
    record(chain=job.case.chain, by=by, verb="changed the draft of", thing=job, facts={"methods": chosen})
    return job


@transaction.atomic
def register_job(*, by: Actor, job: ComparisonJob) -> ComparisonJob:
    """The job is fixed: its file and that file's hash are kept and in the ledger, and never change.

    Raises:
        Conflict: it is registered already, or the same job is.
        InvalidInput: something is missing without which it could not run.
    """
    job = _draft(job)
    fixed = fixing.job_of(job)
    if job.case.comparison_jobs.filter(sha256=fixed.sha256).exists():
        raise Conflict(
            "The same comparison is registered already.", remedy="Open it in the list, and run it."
        )
    job.content, job.sha256 = fixed.text, fixed.sha256
    job.registered_at, job.registered_by = clock.now(), by.label
    job.save(update_fields=["content", "sha256", "registered_at", "registered_by"])
    facts = {"sha256": job.sha256, "methods": job.methods, "stratum": job.stratum, "seed": job.seed}
    record(chain=job.case.chain, by=by, verb="registered the comparison", thing=job, facts=facts)
    return job


@transaction.atomic
def set_up_anew(*, by: Actor, job: ComparisonJob) -> ComparisonJob:
    """A new draft like the job, which it names as the one that it replaces; the job stays as it is.

    Raises:
        Conflict: the job is a draft, which can be changed itself.
    """
    if not job.registered:
        raise Conflict("This is a draft.", remedy="Change the draft itself.")
    made = set_up(
        by=by, case=job.case, title=job.title, question=job.question, reference=job.reference,
        suspect=job.suspect, replaces=job,
    )  # fmt: skip
    possible = set(made.methods)
    return change(
        by=by, job=made, title=job.title, methods=[name for name in job.methods if name in possible],
        population=job.population, stratum=job.stratum, seed=job.seed, probe=job.probe, served=job.served,
    )  # fmt: skip


def _draft(job: ComparisonJob) -> ComparisonJob:
    """The job as it stands now, locked; Conflict where it is registered."""
    found = ComparisonJob.objects.select_for_update(of=("self",), no_key=True).get(pk=job.pk)
    if found.registered:
        raise Conflict(FIXED, remedy=AGAIN)
    return found
