"""A real worker process takes intake to its end, whatever happens to it on the way."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from cases.models import Case
from core.actor import machine
from evidence import pipeline, tasks
from evidence.models import Entity, Exhibit, Intake, Page, Rendition
from ledger import verification
from ledger.models import Event
from search import actions as search_actions
from search.models import OutboxEntry
from search.query import parse
from tests.factories import a_case, a_party, an_exhibit

ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _nothing_read_before() -> None:
    """What an earlier test had recognised would be taken from the cache, with no moment to be killed in."""
    shutil.rmtree(settings.VAR / "ocr", ignore_errors=True)


def a_scan() -> bytes:
    """The picture of a typed line, which only recognition can read."""
    image = Image.new("L", (1240, 600), 255)
    font = ImageFont.truetype("DejaVuSans.ttf", 40)
    ImageDraw.Draw(image).text((80, 200), "Served on Baiyun Cloud on 22 September 2026", font=font, fill=0)
    path = Path(settings.VAR) / "scan.png"
    image.save(path, dpi=(150, 150))
    return path.read_bytes()


def a_mail() -> bytes:
    """A message with a scan attached."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "o@lumen.example", "h@lumen.example", "Accounts"
    mail["Date"] = "Fri, 24 Apr 2026 09:00:00 +0100"
    mail.set_content("The list of 37 accounts is attached.")
    mail.add_attachment(a_scan(), maintype="image", subtype="png", filename="scan.png")
    return mail.as_bytes()


@contextmanager
def a_worker(environment: dict[str, str], name: str = "one") -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "celery", "--app", "config", "worker", "--loglevel", "WARNING"]
    worker = subprocess.Popen(
        [*command, "--concurrency", "1", "--hostname", name],
        env=environment,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        yield worker
    finally:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)


def until(true: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still waiting; {list(Intake.objects.values())}"
        time.sleep(0.2)


def all_ready() -> bool:
    return not Intake.objects.exclude(state=Intake.State.READY).exists() and not OutboxEntry.objects.exists()


def check_done_once(case: Case) -> None:
    """Each exhibit has each of its results exactly once, and nothing is lost."""
    mail, scan = Exhibit.objects.filter(case=case).order_by("number")
    assert scan.parent == mail
    kinds = [(rendition.exhibit_id, rendition.kind) for rendition in Rendition.objects.all()]
    assert sorted(kinds) == sorted([(mail.pk, "pdf"), (scan.pk, "pdf"), (scan.pk, "searchable-pdf")])
    verbs = Event.objects.filter(thing_type="evidence.rendition").values_list("verb", flat=True)
    assert sorted(verbs) == ["converted", "converted", "recognised the text of"]
    assert Event.objects.filter(verb="received").count() == 2
    assert [page.number for page in Page.objects.filter(exhibit=mail)] == [1]
    page = Page.objects.get(exhibit=scan)
    assert "22 September 2026" in page.text
    assert page.recognised
    assert Entity.objects.filter(page=page, kind="date", normal="2026-09-22").count() == 1
    found = search_actions.backend().search(
        parse("recogn* OR served"),
        scopes=frozenset({case.scope, f"{case.scope}:privileged"}),
        limit=9,
        offset=0,
    )
    assert found.total == 1
    problems = [problem for proof in verification.proofs().values() for problem in proof()]
    assert problems == []


def test_a_worker_takes_an_exhibit_and_its_attachment_to_their_end(other_process: dict[str, str]) -> None:
    case = a_case()
    a_party(case, "Baiyun Cloud", role="defendant")
    search_actions.rebuild()
    with a_worker(other_process):
        an_exhibit(case, a_mail(), "mail.eml")
        until(lambda: Intake.objects.count() == 2 and all_ready())
    check_done_once(case)


def test_a_killed_worker_started_again_finishes_once(other_process: dict[str, str]) -> None:
    case = a_case()
    a_party(case, "Baiyun Cloud", role="defendant")
    search_actions.rebuild()
    an_exhibit(case, a_mail(), "mail.eml")
    with a_worker(other_process):
        until(lambda: Intake.objects.filter(state=Intake.State.RUNNING).exists())
    with a_worker(other_process):
        until(lambda: Intake.objects.filter(step="recognise").exists())
    with a_worker(other_process):
        until(lambda: Intake.objects.count() == 2 and all_ready())
    check_done_once(case)


def test_two_workers_side_by_side_do_nothing_twice(other_process: dict[str, str]) -> None:
    case = a_case()
    a_party(case, "Baiyun Cloud", role="defendant")
    search_actions.rebuild()
    mail = an_exhibit(case, a_mail(), "mail.eml")
    with a_worker(other_process, "one"), a_worker(other_process, "two"):
        for _ in range(8):  # as many messages for the same work as a sweep or a person may send
            tasks.sweep.delay()
            tasks.intake.delay(exhibit_id=str(mail.pk))
        until(lambda: Intake.objects.count() == 2 and all_ready())
    check_done_once(case)


KILLED = """
import django; django.setup()
import os, signal, sys, traceback
from core.actor import machine
from evidence import entities, pipeline

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def killed(step, moment):
    def work(context):
        if moment == "before":
            die()
        write = step.work(context)
        if moment == "worked":
            die()
        def write_then_die():
            write()
            if moment == "written":
                die()
        return write_then_die
    return pipeline.Step(step.name, work)

def run(exhibit, name, moment):
    pipeline.STEPS = tuple(killed(step, moment) if step.name == name else step for step in pipeline.STEPS)
    pipeline.run(exhibit, by=machine())

pipeline.MOST_ATTEMPTS = 99
entities.read("Aurelia Laboratories Limited.")  # loads the language model, once for all
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            run(*line.split())
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@contextmanager
def a_place_to_die(environment: dict[str, str]) -> Iterator[Callable[..., int]]:
    """Runs an intake in a process of its own that is killed at a moment of a step; answers how it ended."""
    command = [sys.executable, "-c", KILLED]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as forking:
        assert forking.stdin is not None
        assert forking.stdout is not None
        asked, answered = forking.stdin, forking.stdout

        def run(*words: object) -> int:
            asked.write(" ".join(map(str, words)) + "\n")
            asked.flush()
            return int(answered.readline())

        yield run


def test_a_kill_at_any_moment_of_any_step_costs_nothing(
    other_process: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MOST_ATTEMPTS", 99)
    case = a_case()
    a_party(case, "Baiyun Cloud", role="defendant")
    search_actions.rebuild()
    mail = an_exhibit(case, a_mail(), "mail.eml")
    with a_place_to_die(other_process) as run:
        for name in (step.name for step in pipeline.STEPS):
            for moment in ("before", "worked", "written"):
                ended = [run(exhibit.pk, name, moment) for exhibit in (mail, *mail.children.all())]
                assert set(ended) <= {0, -signal.SIGKILL}
                assert -signal.SIGKILL in ended
    for exhibit in Exhibit.objects.all():
        pipeline.run(str(exhibit.pk), by=machine())
    search_actions.drain()
    check_done_once(case)
