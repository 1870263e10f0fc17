"""Setting up a comparison, and fixing it before it runs."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction

from cases.models import Case
from comparison import fixing, guide
from comparison.models import ComparisonJob, ModelArtefact, ReferencePopulation, Stratum
from comparison.selectors import drafted
from comparison.shown import BOUNDS, EXHIBITS, NUMBERS, numbered
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit
from ledger.actions import record

FIXED = "This comparison is registered and is never changed."
AGAIN = "Set it up anew; the new one names this one, and both stay."


class Shown(TypedDict, total=False):
    """What models are shown; None, or left out, is what nobody says.

    Args:
        probe: text, or numbered tokens, that every model reads.
        served: prompts to the reference's service and its answers.
        fresh: answers to the same prompts that the service drew afresh.
        training_order: texts in the order in which the reference was trained on them.
        reference_texts: texts that the reference wrote.
        other_texts: texts that others wrote.
        temperature: of the service.
        top_p: of the service, a share.
        max_tokens: of an answer of the service.
        answers: drawn here for each prompt.
        probe_length: tokens to which a line of a probe in words is cut.
    """

    probe: Exhibit | None
    served: Exhibit | None
    fresh: Exhibit | None
    training_order: Exhibit | None
    reference_texts: Exhibit | None
    other_texts: Exhibit | None
    temperature: float | None
    top_p: float | None
    max_tokens: int | None
    answers: int | None
    probe_length: int | None


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
    **shown: Unpack[Shown],
) -> ComparisonJob:
    """The draft is as given.

    Raises:
        Conflict: it is registered.
        InvalidInput: a method that the models do not allow, a stratum that does not exist, no title,
            something of another matter, a number out of its bounds, or what says nothing without another
            field.
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
    values: dict[str, Any] = {**dict.fromkeys((*EXHIBITS, *NUMBERS)), **shown}
    for field, one in (("population", population), *((name, values[name]) for name in EXHIBITS)):
        if one is not None and one.case_id != job.case_id:
            raise InvalidInput("It is of another matter.", remedy="Choose one of this matter.", field=field)
    _check_shown(values)
    if not title.strip():
        raise InvalidInput(
            "The comparison needs a title.", remedy="Say what is compared with what.", field="title"
        )
    chosen = [offer.method.name for offer in guide.offers(job) if offer.method.name in methods]
    fields: dict[str, Any] = {
        "title": title.strip(), "methods": chosen, "population": population, "stratum": stratum,
        "seed": seed, **values,
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
    Case.objects.select_for_update(no_key=True).get(pk=job.case.pk)
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
    possible = {offer.method.name for offer in guide.offers(made) if offer.possible}
    methods = [name for name in job.methods if name in possible]
    return change(by=by, job=made, **{**drafted(job), "methods": methods})


def _check_shown(values: Mapping[str, Any]) -> None:
    """What models are shown can be used; raises ``InvalidInput`` as ``change``."""
    given = {name for name, value in values.items() if value is not None}
    for name, place in {**EXHIBITS, **NUMBERS}.items():
        if name in given and place.beside and place.beside not in given:
            raise InvalidInput(
                f"This says nothing without the {EXHIBITS[place.beside].word}.",
                remedy="Choose that exhibit as well, or leave this empty.",
                field=name,
            )
    for name, (least, most) in BOUNDS.items():
        if name in given and not least <= values[name] <= most:
            raise InvalidInput(
                f"The {NUMBERS[name].word} is not from {least:,} to {most:,}.",
                remedy="Correct it, or leave it empty.",
                field=name,
            )
    if "probe_length" in given and numbered(values["probe"].original_name):
        raise InvalidInput(
            "The probe holds numbered tokens, which are read as they are and never cut.",
            remedy="Leave this empty.",
            field="probe_length",
        )


def _draft(job: ComparisonJob) -> ComparisonJob:
    """The job as it stands now, locked; Conflict where it is registered."""
    found = ComparisonJob.objects.select_for_update(of=("self",), no_key=True).get(pk=job.pk)
    if found.registered:
        raise Conflict(FIXED, remedy=AGAIN)
    return found
