"""What a person does about an intake that came to an end: another try, or the password it wants."""

import tempfile
from pathlib import Path

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from cases.models import Case
from core.actor import Actor
from core.errors import Conflict
from core.queue import enqueue
from evidence import selectors
from evidence.files import pdfium
from evidence.files.limits import DEFAULT
from evidence.files.store import Stored, read_chunks
from evidence.files.unlock import unlock as save_unlocked
from evidence.files.unlock import version
from evidence.models import Exhibit, Intake, Rendition
from evidence.storage import store
from ledger.actions import record


@transaction.atomic
def retry_intake(*, by: Actor, exhibit: Exhibit) -> None:
    """The intake of an exhibit that was not converted waits for another try."""
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    if Intake.State.WAITING not in Intake.TRANSITIONS[Intake.State(intake.state)]:
        raise Conflict("This exhibit's intake needs no second try.", remedy="Nothing needs to be done.")
    _wait_again(intake)
    record(chain=exhibit.case.chain, by=by, verb="asked for another conversion of", thing=exhibit)


@sensitive_variables("password")
def unlock(*, by: Actor, exhibit: Exhibit, password: str) -> Rendition:
    """A copy of the exhibit without its password stands beside the original, and its intake waits again.

    The original stays as it came. The password is used once and kept nowhere.

    Args:
        by: who gave the password.
        exhibit: a PDF whose intake stopped because it is locked.
        password: what opens it.

    Raises:
        Conflict: the exhibit is no locked PDF.
        InvalidInput: the password does not open it.
        NotConverted: the PDF is broken besides.
    """
    if not selectors.can_unlock(exhibit):
        raise Conflict("This exhibit is not a locked PDF.", remedy="Nothing needs to be done.")
    with tempfile.TemporaryDirectory(prefix="unlock-") as folder:
        copy = Path(folder) / "unlocked.pdf"
        save_unlocked(store().path(exhibit.sha256), copy, password=password, workdir=Path(folder))
        with pdfium.document(copy) as pdf:
            pages = len(pdf)
        kept = store().put(read_chunks(copy), limit=DEFAULT.output_bytes)
    return _keep(by, exhibit, kept, pages)


@transaction.atomic
def _keep(by: Actor, exhibit: Exhibit, kept: Stored, pages: int) -> Rendition:
    Case.objects.select_for_update(no_key=True).get(pk=exhibit.case_id)
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    if intake.state != Intake.State.NOT_CONVERTED:
        raise Conflict("Somebody has unlocked this exhibit meanwhile.", remedy="Nothing needs to be done.")
    rendition = Rendition.objects.create(
        exhibit=exhibit,
        kind=Rendition.Kind.UNLOCKED,
        sha256=kept.sha256,
        size=kept.size,
        pages=pages,
        tool="pikepdf",
        version=version(),
        input_sha256=exhibit.sha256,
        notes=["Saved without its password, which is kept nowhere."],
    )
    _wait_again(intake)
    facts = {"sha256": kept.sha256, "from": exhibit.sha256, "tool": "pikepdf", "version": rendition.version}
    record(chain=exhibit.case.chain, by=by, verb="unlocked", thing=exhibit, facts=facts)
    return rendition


def _wait_again(intake: Intake) -> None:
    """The locked intake waits for the worker, its reason to stop forgotten."""
    intake.state, intake.attempts = Intake.State.WAITING, 0
    intake.reason = intake.message = intake.remedy = ""
    intake.save()
    enqueue("evidence.intake", exhibit_id=str(intake.exhibit_id))
