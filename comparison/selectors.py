"""Reads that more than one caller needs."""

from pathlib import Path
from typing import Any

from django.db.models import Count, Q, QuerySet

from cases.models import Case
from comparison.evaluation.job import Job
from comparison.evaluation.methods import AVAILABLE, Access, Method
from comparison.models import Comparison, ComparisonJob, LogRun, ModelArtefact, ReferencePopulation, Run
from comparison.shown import EXHIBITS, NUMBERS
from core.errors import IntegrityFailure
from evidence.models import Exhibit
from evidence.storage import store

UNDER_WAY = (Run.State.WAITING, Run.State.RUNNING)
LOGS_UNDER_WAY = (LogRun.State.WAITING, LogRun.State.RUNNING)
REACH: dict[Access, tuple[Access, ...]] = {
    "weights": ("weights", "logits", "text"),
    "logits": ("logits", "text"),
    "text": ("text",),
}
"""Access that includes others: whoever has the weights can compute log-probabilities and texts."""
ALLOWS = {
    "weights": "Every method: identical tensors, tests of independence, geometry, and whatever is computed "
    "from running the model.",
    "logits": "How readily the model would have written given texts: likelihoods, and the overlap of "
    "outputs. Its weights cannot be looked at, so nothing says directly how they came about.",
    "text": "Only whether the answers agree. Models that were never in contact agree on much, so this says "
    "least.",
}
UNREACHABLE = "There is no manifest: the weights are not within reach, so there is nothing to hash."
NO_MANIFEST = {
    "weights": "No manifest of the weights has been taken yet, so this model cannot be compared.",
    "logits": UNREACHABLE,
    "text": UNREACHABLE,
}


def artefacts(case: Case) -> QuerySet[ModelArtefact]:
    """The matter's models, without the weight of their manifests."""
    return case.model_artefacts.select_related("holder").defer("manifest")


def comparable(case: Case) -> QuerySet[ModelArtefact]:
    """Those whose weights have a manifest."""
    return artefacts(case).exclude(manifest_sha256="")


def comparisons(case: Case) -> QuerySet[Comparison]:
    """The matter's comparisons, latest first, without their tables of tensors."""
    rows = case.comparisons.select_related("reference", "suspect")
    return rows.defer("detail", "reference__manifest", "suspect__manifest").order_by("-made_at")


def comparisons_of(artefact: ModelArtefact) -> QuerySet[Comparison]:
    """The comparisons in which a model stands on either side, latest first."""
    return comparisons(artefact.case).filter(Q(reference=artefact) | Q(suspect=artefact))


def jobs(case: Case) -> QuerySet[ComparisonJob]:
    """The matter's comparisons as they were set up, latest first, without their files."""
    return (
        case.comparison_jobs.select_related("reference", "suspect", "run__comparison")
        .defer("content", "reference__manifest", "suspect__manifest", "run__comparison__detail")
        .order_by("-made_at")
    )


def drafted(job: ComparisonJob) -> dict[str, Any]:
    """What can be changed in a draft, as ``actions.change`` takes it."""
    names = ("title", "methods", "population", "stratum", "seed", *EXHIBITS, *NUMBERS)
    return {name: getattr(job, name) for name in names}


def exhibits_of(job: ComparisonJob) -> dict[str, Exhibit]:
    """The exhibits that models are shown, by the job's field."""
    return {name: exhibit for name in EXHIBITS if (exhibit := getattr(job, name)) is not None}


def stored_files(job: Job) -> dict[str, Path]:
    """Where each file of a registered job lies in the store, by its name in the job.

    Raises:
        IntegrityFailure: one is missing there.
    """
    found = {name: store().path(sha256) for name, sha256 in job.files.items()}
    for name, path in found.items():
        if not path.exists():
            raise IntegrityFailure(
                f"{name} is missing from the store.", remedy="Restore it from the latest backup."
            )
    return found


def populations(case: Case) -> QuerySet[ReferencePopulation]:
    """The matter's populations, with how many models and independent lineages each has."""
    independent = Count("members__lineage", filter=Q(members__derived_from=None), distinct=True)
    return case.populations.annotate(models=Count("members", distinct=True), independent=independent)


def not_run(ran: list[str]) -> list[Method]:
    """Every method that a comparison did not run."""
    return [method for method in AVAILABLE if method.name not in ran]
