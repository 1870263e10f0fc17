"""The models in dispute: their list, their register, and each one's manifest."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import can_edit_case, get_case, get_case_to_edit
from cases.models import Case
from cases.views.saving import saved
from comparison import access, actions, custody, guide, selectors
from comparison.forms.artefacts import ManifestForm, RegisterForm
from comparison.forms.comparisons import CompareForm, RecordForm
from comparison.models import ModelArtefact
from comparison.tables import config_words, natural, shape_words
from core.errors import NotFound
from core.requests import actor

PAGE = 100


@require_safe
def matter(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The matter's models and the comparisons made of them."""
    case = get_case(request.user, case_id)
    return render(request, "comparison/matter.html", matter_context(request, case))


def matter_context(
    request: HttpRequest, case: Case, form: CompareForm | None = None, record_form: RecordForm | None = None
) -> dict[str, object]:
    """What the matter's own page shows, with a form that may have been refused."""
    models = list(selectors.artefacts(case))
    return {
        "case": case,
        "models": models,
        "comparisons": Paginator(selectors.comparisons(case), PAGE).get_page(request.GET.get("page")),
        "can_edit": can_edit_case(request.user, case),
        "form": form or CompareForm(case=case),
        "record_form": record_form or RecordForm(),
        "jobs": Paginator(selectors.jobs(case), PAGE).get_page(request.GET.get("jobs")),
        "populations": selectors.populations(case),
        "worker_missing": "" if guide.worker_installed() else guide.NO_WORKER,
        "ready": sum(bool(model.manifest_sha256) for model in models),
        "allows": [(label, selectors.ALLOWS[value]) for value, label in ModelArtefact.Access.choices],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """A model is registered."""
    case = get_case_to_edit(request.user, case_id)
    form = RegisterForm(request.POST or None, request.FILES or None, case=case, user=request.user)
    if request.method == "POST":
        by = actor(request)
        artefact = saved(form, lambda: actions.register(by=by, case=case, **form.cleaned_data))
        if artefact is not None:
            messages.success(request, f"{artefact} is registered.")
            return redirect("comparison:artefact", case.pk, artefact.pk)
    context = {"case": case, "form": form}
    return render(request, "comparison/register.html", context, status=422 if form.errors else 200)


@require_safe
def artefact(request: HttpRequest, case_id: UUID, artefact_id: UUID) -> HttpResponse:
    """One model: what can be reached of it, and its tensors by hash."""
    found = access.get_artefact(request.user, get_case(request.user, case_id), artefact_id)
    return _artefact_page(request, found, ManifestForm())


@require_POST
def attach_manifest(request: HttpRequest, case_id: UUID, artefact_id: UUID) -> HttpResponse:
    """The model receives the manifest of its weights."""
    found = access.get_artefact(request.user, get_case_to_edit(request.user, case_id), artefact_id)
    form = ManifestForm(request.POST, request.FILES)
    by = actor(request)
    if saved(form, lambda: actions.attach_manifest(by=by, artefact=found, **form.cleaned_data)) is None:
        return _artefact_page(request, found, form)
    messages.success(request, "The manifest is kept.")
    return redirect("comparison:artefact", case_id, artefact_id)


@require_safe
def manifest(request: HttpRequest, case_id: UUID, artefact_id: UUID) -> HttpResponse:
    """The model's manifest as a file, byte for byte what its hash is of."""
    found = access.get_artefact(request.user, get_case(request.user, case_id), artefact_id)
    if not found.manifest_sha256:
        raise NotFound("This model has no manifest.")
    return as_file(found.manifest, f"manifest-{found.manifest_sha256[:12]}.json")


def as_file(text: str, name: str, media_type: str = "application/json") -> HttpResponse:
    """Text as an attachment that no browser shows in its place."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(text, content_type=media_type, headers=headers)


def _artefact_page(request: HttpRequest, found: ModelArtefact, form: ManifestForm) -> HttpResponse:
    made = found.read_manifest()
    tensors = sorted(made.tensors, key=lambda tensor: natural(tensor.name)) if made else []
    page = Paginator(tensors, PAGE).get_page(request.GET.get("page"))
    context = {
        "case": found.case,
        "model": found,
        "made": made,
        "config": [(key, config_words(value)) for key, value in made.config.items()] if made else [],
        "page": page,
        "rows": [(tensor, shape_words(tensor.shape)) for tensor in page],
        "allows": selectors.ALLOWS[found.access],
        "no_manifest": selectors.NO_MANIFEST[found.access],
        "exhibit": access.visible_exhibit(request.user, found),
        "comparisons": selectors.comparisons_of(found),
        "custody": custody.of(found.case, found),
        "can_edit": can_edit_case(request.user, found.case),
        "form": form,
    }
    return render(request, "comparison/artefact.html", context, status=422 if form.errors else 200)
