"""Who may reach a registered model or a comparison: the members of its matter."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from accounts.models import User
from cases import access
from cases.models import Case
from comparison.models import (
    Comparison,
    ComparisonJob,
    LogAnalysis,
    LogRun,
    ModelArtefact,
    ReferencePopulation,
    SignedFile,
)
from comparison.shown import EXHIBITS
from core.errors import NotFound
from evidence.access import in_case as exhibits_in_case
from evidence.access import visible as visible_exhibits
from evidence.models import Exhibit

Visitor = User | AnonymousUser


def get_artefact(user: Visitor, case: Case, artefact_id: UUID) -> ModelArtefact:
    """The model, for reading; NotFound where it is not of this matter or the matter not this person's."""
    found = ModelArtefact.objects.filter(pk=artefact_id, case=case, case__in=access.visible(user))
    artefact = found.select_related("case__court", "holder", "exhibit").first()
    if artefact is None:
        raise NotFound("There is no such model in this matter.")
    return artefact


def get_comparison(user: Visitor, case: Case, comparison_id: UUID) -> Comparison:
    """The comparison, for reading; NotFound as for ``get_artefact``."""
    found = Comparison.objects.filter(pk=comparison_id, case=case, case__in=access.visible(user))
    comparison = (
        found.select_related("case__court", "reference", "suspect")
        .defer("reference__manifest", "suspect__manifest")
        .first()
    )
    if comparison is None:
        raise NotFound("There is no such comparison in this matter.")
    return comparison


def get_population(user: Visitor, case: Case, population_id: UUID) -> ReferencePopulation:
    """The population, for reading; NotFound as for ``get_artefact``."""
    found = ReferencePopulation.objects.filter(pk=population_id, case=case, case__in=access.visible(user))
    population = found.select_related("case__court").first()
    if population is None:
        raise NotFound("There is no such population in this matter.")
    return population


def get_job(user: Visitor, case: Case, job_id: UUID) -> ComparisonJob:
    """The comparison that was set up, for reading; NotFound as for ``get_artefact``."""
    found = ComparisonJob.objects.filter(pk=job_id, case=case, case__in=access.visible(user))
    job = found.select_related(
        "case__court", "reference", "suspect", "population", "replaces", "run__comparison", *EXHIBITS
    ).first()
    if job is None:
        raise NotFound("No such comparison was set up in this matter.")
    return job


def visible_files(user: Visitor, comparison: Comparison) -> QuerySet[SignedFile]:
    """The comparison's files that this person may read as exhibits."""
    exhibits = exhibits_in_case(user, comparison.case)
    return comparison.signed_files.filter(exhibit__in=exhibits).select_related("exhibit")


def visible_reports(user: Visitor, comparison: Comparison) -> list[SignedFile]:
    """Its reports among those, the latest first."""
    return list(visible_files(user, comparison).filter(kind=SignedFile.Kind.REPORT).order_by("-kept_at"))


def visible_exhibit(user: Visitor, artefact: ModelArtefact) -> Exhibit | None:
    """The exhibit that the model is, or None where there is none or it is not for this person."""
    return shown(user, artefact.case, artefact.exhibit)


def shown(user: Visitor, case: Case, exhibit: Exhibit | None) -> Exhibit | None:
    """The exhibit, or None where there is none or it is not for this person."""
    return exhibits_in_case(user, case).filter(pk=exhibit.pk).first() if exhibit else None


def seen_exhibits(user: Visitor, jobs: Iterable[ComparisonJob]) -> set[UUID]:
    """Ids of the exhibits that these jobs name, of those that this person may know of."""
    named = {getattr(job, f"{name}_id") for job in jobs for name in EXHIBITS}
    return set(visible_exhibits(user).filter(pk__in=named - {None}).values_list("pk", flat=True))


def log_analyses(user: Visitor, case: Case) -> QuerySet[LogAnalysis]:
    """The matter's analyses of logs, less those of exhibits that this person may not see."""
    return LogAnalysis.objects.filter(_of_seen(user, case), case=case, case__in=access.visible(user))


def get_log_analysis(user: Visitor, case: Case, analysis_id: UUID) -> LogAnalysis:
    """The analysis of logs, for reading; NotFound where it is not for this person."""
    analysis = (
        log_analyses(user, case).select_related("case__court", "exhibit", "samples").filter(pk=analysis_id)
    )
    found = analysis.first()
    if found is None:
        raise NotFound("There is no such analysis in this matter.")
    return found


def log_runs(user: Visitor, case: Case) -> QuerySet[LogRun]:
    """The runs of analyses in the matter, the latest first, less those as for ``log_analyses``."""
    runs = LogRun.objects.filter(_of_seen(user, case), case=case, case__in=access.visible(user))
    return runs.select_related("case", "exhibit").order_by("-asked_at")


def get_log_run(user: Visitor, case: Case, run_id: int) -> LogRun:
    """The run of an analysis; NotFound as for ``get_log_analysis``."""
    found = log_runs(user, case).filter(pk=run_id).first()
    if found is None:
        raise NotFound("There is no such analysis under way in this matter.")
    return found


def _of_seen(user: Visitor, case: Case) -> Q:
    """Of logs and of samples that this person may know of, as far as they are exhibits."""
    seen = exhibits_in_case(user, case).values("pk")
    either = [Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__in": seen}) for name in ("exhibit", "samples")]
    return either[0] & either[1]
