"""Setting up a comparison in plain words, registering it, and watching it run."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from cases.access import can_edit_case, get_case, get_case_to_edit
from cases.models import Case
from cases.views.saving import saved
from comparison import access, actions, custody, guide, selectors, support
from comparison.evaluation.job import Job, read_job
from comparison.evaluation.toml import Value
from comparison.forms.jobs import JobForm, SetUpForm
from comparison.models import ComparisonJob, Run, Stratum
from comparison.shown import EXHIBITS, NUMBERS, otherwise
from comparison.tables import natural
from comparison.views.artefacts import as_file
from core.errors import Conflict, InvalidInput, NotFound
from core.requests import actor
from evidence.models import Exhibit


@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A comparison is set up: two models and a question."""
    case = get_case_to_edit(request.user, case_id)
    form = SetUpForm(request.POST or None, case=case, initial=request.GET.dict())
    if request.method == "POST":
        by = actor(request)
        job = saved(form, lambda: actions.set_up(by=by, case=case, **form.cleaned_data))
        if job is not None:
            return redirect("comparison:job", case.pk, job.pk)
    context = {"case": case, "form": form}
    return render(request, "comparison/set_up.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def job(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponseBase:
    """A draft to be changed, or a registered comparison with how far its run has come."""
    if request.method == "POST":
        return _change(request, get_case_to_edit(request.user, case_id), job_id)
    found = access.get_job(request.user, get_case(request.user, case_id), job_id)
    if not found.registered:
        return _draft_page(request, found, _form(request, found))
    run = getattr(found, "run", None)
    if request.headers.get("HX-Request"):
        if run is None or run.state not in selectors.UNDER_WAY:
            return HttpResponseClientRefresh()
        return render(request, "comparison/run_progress.html", {"case": found.case, "job": found, "run": run})
    fixed = read_job(found.content.encode())
    context = {
        "case": found.case,
        "job": found,
        "run": run,
        "under_way": run is not None and run.state in selectors.UNDER_WAY,
        "fixed": fixed,
        "methods": [offer.method for offer in guide.offers(found) if offer.method.name in fixed.methods],
        "members": [
            (one, Stratum(one.stratum).label)
            for one in sorted(
                fixed.population, key=lambda one: (bool(one.derived_from), natural(one.lineage))
            )
        ],
        "deviations": fixed.deviations() if run is None or run.state != Run.State.DONE else [],
        "stratum_means": support.MEANINGS.get(found.stratum),  # type: ignore[call-overload]
        "exhibits": _exhibits(request, found),
        "numbers": _numbers(fixed),
        "later": found.replaced_by.all(),
        "custody": custody.of(found.case, found),
        "can_edit": can_edit_case(request.user, found.case),
    }
    return render(request, "comparison/job.html", context)


def _change(request: HttpRequest, case: Case, job_id: UUID) -> HttpResponseBase:
    found = access.get_job(request.user, case, job_id)
    if found.registered:
        raise Conflict("This comparison is registered and is never changed.", remedy="Set it up anew.")
    form, by = _form(request, found), actor(request)
    if saved(form, lambda: actions.change(by=by, job=found, **form.cleaned_data)) is None:
        return _draft_page(request, found, form)
    messages.success(request, "The draft is saved.")
    return redirect("comparison:job", case.pk, found.pk)


def _form(request: HttpRequest, found: ComparisonJob) -> JobForm:
    initial = selectors.drafted(found)
    return JobForm(request.POST or None, job=found, user=request.user, initial=initial)


def _draft_page(
    request: HttpRequest, found: ComparisonJob, form: JobForm, refused: InvalidInput | Conflict | None = None
) -> HttpResponse:
    members = list(found.population.members.all()) if found.population else []
    chosen, offers = form["methods"].value() or [], guide.offers(found)
    context = {
        "case": found.case,
        "job": found,
        "form": form,
        "folds": form.folds(getattr(refused, "field", None) or ""),
        "refused": refused,
        "offers": [(offer, offer.method.name in chosen) for offer in offers if offer.possible],
        "others": [offer for offer in offers if not offer.possible],
        "sides": [
            (word, model, selectors.ALLOWS[model.access])
            for word, model in (("Reference", found.reference), ("Suspect", found.suspect))
        ],
        "worker_missing": "" if guide.worker_installed() else guide.NO_WORKER,
        "support": next((one for one in support.by_stratum(members) if one.stratum == found.stratum), None)
        if members
        else None,
        "warnings": support.warnings(members, found.stratum) if members and found.stratum else [],
        "can_edit": can_edit_case(request.user, found.case),
    }
    status = 422 if form.errors or refused else 200
    return render(request, "comparison/draft.html", context, status=status)


def _exhibits(request: HttpRequest, found: ComparisonJob) -> list[tuple[str, Exhibit]]:
    """What models are shown, of what this person may know of."""
    seen = access.seen_exhibits(request.user, [found])
    named = selectors.exhibits_of(found).items()
    return [(EXHIBITS[name].word, exhibit) for name, exhibit in named if exhibit.pk in seen]


def _numbers(fixed: Job) -> list[tuple[str, Value | None, str]]:
    """Each number by which it is shown, None where nobody said it, and what the engine then takes."""
    rows = []
    for name, place in NUMBERS.items():
        table = fixed.inputs.get(place.table, {})
        # Numbered tokens are never cut, and where the service drew afresh nothing is drawn here.
        read = "text" in table or ("served" in table and "fresh" not in table)
        if read or place.key in table:
            rows.append((place.word, table.get(place.key), otherwise(name)))
    return rows


@require_POST
def register_job(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """The draft is registered, and fixed."""
    case = get_case_to_edit(request.user, case_id)
    found = access.get_job(request.user, case, job_id)
    try:
        actions.register_job(by=actor(request), job=found)
    except (InvalidInput, Conflict) as refusal:
        if found.registered:
            raise
        form = JobForm(None, job=found, user=request.user, initial=selectors.drafted(found))
        return _draft_page(request, found, form, refusal)
    messages.success(request, f"{found} is registered. It is never changed from now on.")
    return redirect("comparison:job", case.pk, found.pk)


@require_POST
def run_job(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """The registered comparison waits for the worker."""
    case = get_case_to_edit(request.user, case_id)
    found = access.get_job(request.user, case, job_id)
    actions.ask_to_run(by=actor(request), job=found)
    return redirect("comparison:job", case.pk, found.pk)


@require_POST
def cancel_run(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """The run is stopped; what it finished is kept."""
    case = get_case_to_edit(request.user, case_id)
    found = access.get_job(request.user, case, job_id)
    run = getattr(found, "run", None)
    if run is None:
        raise NotFound("It is not running.")
    actions.cancel(by=actor(request), run=run)
    messages.success(request, "The run is cancelled. What it had finished is kept.")
    return redirect("comparison:job", case.pk, found.pk)


@require_POST
def set_up_anew(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """A new draft names the registered comparison as the one that it replaces."""
    case = get_case_to_edit(request.user, case_id)
    found = access.get_job(request.user, case, job_id)
    made = actions.set_up_anew(by=actor(request), job=found)
    messages.success(request, "This is a new draft. The registered one stays as it is.")
    return redirect("comparison:job", case.pk, made.pk)


@require_safe
def job_file(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """The registered job's file, byte for byte what its hash is of."""
    found = access.get_job(request.user, get_case(request.user, case_id), job_id)
    if not found.registered:
        raise NotFound("A draft has no file.", remedy="Register it first.")
    return as_file(found.content, f"job-{found.sha256[:12]}.toml", "application/toml")
