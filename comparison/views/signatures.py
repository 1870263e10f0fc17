"""Jobs that leave a matter signed, answers that come back, and the keys of whoever signs them."""

import tempfile
import zipfile
from typing import IO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access import can_edit_case, get_case, get_case_to_edit, one_of
from cases.views.saving import form_page, saved
from comparison import access, actions, selectors, signed
from comparison.evaluation.job import read_job
from comparison.forms.comparisons import RecordForm
from comparison.forms.signatures import KeyForm, WithdrawKeyForm
from comparison.models import ComparisonJob
from comparison.signing import PREFIX
from comparison.views.artefacts import as_file
from core.errors import NotFound
from core.keys import fingerprint
from core.requests import actor

NOT_YOURS = "A file of this comparison is not open to you, so you cannot export it."
WITHDRAWING = (
    "Whatever comes from now on signed by it is shown as signed by a withdrawn key. What came before stays "
    "as it is, with the day of the withdrawal beside it. A withdrawal is never taken back."
)
ASK = "Ask a member who may read all its files."


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """The keys that the matter knows; one more is recorded."""
    writes = request.method == "POST"
    case = get_case_to_edit(request.user, case_id) if writes else get_case(request.user, case_id)
    form, by = KeyForm(request.POST or None), actor(request)
    if writes:
        made = saved(form, lambda: actions.record_key(by=by, case=case, **form.cleaned_data))
        if made is not None:
            messages.success(request, f"The key of {made} is recorded.")
            return redirect("comparison:keys", case.pk)
    known = list(case.signer_keys.all())
    # Where this installation has signed nothing in the matter, it may have no key yet.
    signs = any(key.name == signed.OWN for key in known)
    own = fingerprint(signed.installation_key().public_key()) if signs else ""
    context = {
        "case": case,
        "form": form,
        "keys": [(key, PREFIX + key.public_key, key.fingerprint != own) for key in known],
        "can_edit": can_edit_case(request.user, case),
    }
    return render(request, "comparison/keys.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_key(request: HttpRequest, case_id: UUID, key_id: UUID) -> HttpResponse:
    """A key is no longer that of a known signer, for whatever comes from now on."""
    case = get_case_to_edit(request.user, case_id)
    key = one_of(case.signer_keys.all(), key_id)
    form, by = WithdrawKeyForm(request.POST or None), actor(request)
    return form_page(
        request,
        form,
        lambda: actions.withdraw_key(by=by, key=key, **form.cleaned_data),
        case=case,
        heading=f"Withdraw the key of {key}",
        lead=f"Its fingerprint begins with {key.fingerprint[:16]}. {WITHDRAWING}",
        word="Withdraw the key",
        done=f"The key of {key} is withdrawn.",
        back=reverse("comparison:keys", args=[case.pk]),
    )


@require_POST
def export_job(request: HttpRequest, case_id: UUID, job_id: UUID) -> FileResponse:
    """The registered job, signed, with the files that it names, as one ZIP archive."""
    found = access.get_job(request.user, get_case_to_edit(request.user, case_id), job_id)
    seen = access.seen_exhibits(request.user, [found])
    if any(exhibit.pk not in seen for exhibit in selectors.exhibits_of(found).values()):
        raise NotFound(NOT_YOURS, remedy=ASK)
    signature = actions.export_job(by=actor(request), job=found)
    name = f"job-{found.sha256[:12]}.zip"
    return FileResponse(_archive(found, signature.text), as_attachment=True, filename=name)


def _archive(job: ComparisonJob, signature: str) -> IO[bytes]:
    """The archive in a file without a name, for what was served may be large; whoever sends it closes it."""
    held = tempfile.TemporaryFile()  # noqa: SIM115
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("job.toml", job.content)
        archive.writestr("job.toml.sig", signature)
        for name, path in selectors.stored_files(read_job(job.content.encode())).items():
            archive.write(path, name)
    held.seek(0)
    return held


@require_http_methods(["GET", "HEAD", "POST"])
def answer_job(request: HttpRequest, case_id: UUID, job_id: UUID) -> HttpResponse:
    """The answer to a job that was exported stands in the matter."""
    case = get_case_to_edit(request.user, case_id)
    job = access.get_job(request.user, case, job_id)
    if not job.registered:
        raise NotFound("A draft has no answer.", remedy="Register it first.")
    form, by = RecordForm(request.POST or None, request.FILES or None), actor(request)
    if request.method == "POST":
        made = saved(form, lambda: actions.import_answer(by=by, case=case, job=job, **form.answer()))
        if made is not None:
            messages.success(request, f"{made} is imported and kept.")
            return redirect("comparison:result", case.pk, made.pk)
    context = {"case": case, "job": job, "form": form, "known": signed.standing_names(case)}
    return render(request, "comparison/answer.html", context, status=422 if form.errors else 200)


@require_safe
def signature(request: HttpRequest, case_id: UUID, comparison_id: UUID, file_id: UUID) -> HttpResponse:
    """The signature of a kept file, byte for byte as it came."""
    found = access.get_comparison(request.user, get_case(request.user, case_id), comparison_id)
    file = access.visible_files(request.user, found).filter(pk=file_id).exclude(signature="").first()
    if file is None:
        raise NotFound("There is no such signature.")
    return as_file(file.signature, f"{file.exhibit.original_name}.sig")
