"""The intake of an exhibit: ordered steps, each repeatable, each finished in one transaction.

A worker killed at any point leaves every step either finished, with its results, or not begun. Starting
again runs what is not finished. Results are found by what they are of (exhibit and kind, exhibit and page
number, e-mail and attachment number), so that nothing is made twice.
"""

import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, transaction

from core.actor import Actor
from core.errors import NotConverted
from core.locks import if_free
from core.states import step as allowed_step
from evidence import steps
from evidence.models import Exhibit, Intake
from evidence.steps import Context
from ledger.actions import record
from search.actions import mark_changed

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
"""A file that has taken the worker down this often is set aside rather than tried for ever."""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of the intake.

    Args:
        name: as stored in ``Intake.finished_steps``; ``selectors.STEP_WORDS`` has it in words.
        work: does the slow part outside any transaction and returns what writes its results.
    """

    name: str
    work: Callable[[Context], Callable[[], None]]


STEPS = (
    Step("convert", steps.convert_original),
    Step("recognise", steps.recognise_text),
    Step("read", steps.read_text),
    Step("picture", steps.draw_pages),
    Step("entities", steps.find_entities),
)


def run(exhibit_id: str, *, by: Actor) -> None:
    """The exhibit's intake has come to its end: ready, not converted with the reason, or failed.

    A call for an exhibit whose intake another process is busy with does nothing.
    """
    with if_free(settings.VAR / "locks" / f"intake-{exhibit_id}") as free:
        if not free:
            return
        exhibit = Exhibit.objects.select_related("case", "intake").get(pk=exhibit_id)
        if not _begin(exhibit, by):
            return
        try:
            _run_steps(exhibit, by)
        except NotConverted as refusal:
            _not_converted(exhibit, refusal, by)
        except OperationalError:
            # The database was away or chose this transaction to end a deadlock; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("intake of exhibit %s", exhibit_id)
            _failed(exhibit, f"{type(fault).__name__}: {fault}", by)


def _begin(exhibit: Exhibit, by: Actor) -> bool:
    with transaction.atomic():
        intake = Intake.objects.select_for_update().get(exhibit=exhibit)
        if intake.state not in (Intake.State.WAITING, Intake.State.RUNNING):
            return False
        intake.attempts += 1
        too_often = intake.attempts > MOST_ATTEMPTS
        _set_state(intake, Intake.State.RUNNING)
        intake.save()
    if too_often:
        _failed(exhibit, f"The worker did not survive this file {MOST_ATTEMPTS} times.", by)
    return not too_often


def _run_steps(exhibit: Exhibit, by: Actor) -> None:
    for step in STEPS:
        intake = Intake.objects.get(exhibit=exhibit)
        if step.name in intake.finished_steps:
            continue
        Intake.objects.filter(pk=intake.pk).update(step=step.name, done=0, total=0)
        with tempfile.TemporaryDirectory(prefix="intake-") as folder:
            write = step.work(Context(exhibit, by, Path(folder), _progress_of(intake.pk)))
            _finish(exhibit, step, write)
    _ready(exhibit)


@transaction.atomic
def _ready(exhibit: Exhibit) -> None:
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    _set_state(intake, Intake.State.READY)
    intake.step = ""
    intake.save()


def _set_state(intake: Intake, state: Intake.State) -> None:
    """The locked intake, not yet saved, is in this state; Conflict where it cannot come to it."""
    intake.state = allowed_step(Intake.TRANSITIONS, now=Intake.State(intake.state), then=state)


@transaction.atomic
def _finish(exhibit: Exhibit, step: Step, write: Callable[[], None]) -> None:
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    if step.name in intake.finished_steps:
        return
    write()
    intake.refresh_from_db()
    intake.finished_steps = [*intake.finished_steps, step.name]
    intake.save()
    mark_changed("exhibit", exhibit.pk)


def _progress_of(intake_id: int) -> Callable[[int, int], None]:
    def report(done: int, total: int) -> None:
        intake = Intake.objects.get(pk=intake_id)
        intake.done, intake.total = done, total
        intake.save(update_fields=["done", "total", "changed_at"])

    return report


@transaction.atomic
def _not_converted(exhibit: Exhibit, refusal: NotConverted, by: Actor) -> None:
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    _set_state(intake, Intake.State.NOT_CONVERTED)
    intake.step = ""
    intake.reason, intake.message, intake.remedy = refusal.reason, refusal.message, refusal.remedy
    intake.save()
    facts = {"reason": refusal.reason, "message": refusal.message}
    record(chain=exhibit.case.chain, by=by, verb="could not convert", thing=exhibit, facts=facts)
    mark_changed("exhibit", exhibit.pk)


@transaction.atomic
def _failed(exhibit: Exhibit, message: str, by: Actor) -> None:
    intake = Intake.objects.select_for_update().get(exhibit=exhibit)
    _set_state(intake, Intake.State.FAILED)
    intake.reason, intake.message = "fault", message
    intake.remedy = "The original is safe. Try again, or report the fault with this message."
    intake.save()
    facts = {"message": message}
    record(chain=exhibit.case.chain, by=by, verb="could not finish the intake of", thing=exhibit, facts=facts)
