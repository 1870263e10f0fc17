"""Several people and workers act on one matter at the same moment, each in a process of its own."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal

from django.db import connection, transaction

from bundles import actions as bundles
from bundles.models import Build
from cases.actions import filings, matters
from cases.kinds import FilingKind
from cases.models import Filing
from core import clock
from evidence.models import Exhibit, Intake
from ledger import verification
from ledger.models import Event
from tests.factories import ACTOR, a_case, a_party, an_exhibit, signed_in

TIMES = 8
BEGIN = '''
import django; django.setup()
import sys
import time
from cases.actions import filings, matters
from cases.kinds import FilingKind
from cases.models import Case, Party
from core.actor import machine
from evidence import pipeline
from evidence.actions import exhibits
case, by = Case.objects.get(), machine("command")
MAIL = b"""From: a@lumen.example
Subject: Accounts %d
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

Attached.
--b
Content-Type: text/plain
Content-Disposition: attachment; filename=list.txt

The list %d.
--b--
"""
print("ready", flush=True)
sys.stdin.readline()
for n in range(int(sys.argv[1])):
'''
ACTS = {
    "adds parties": "matters.add_party(by=by, case=case, name=f'Party {n}', role=Party.Role.CLAIMANT)",
    "receives": "exhibits.receive(by=by, case=case, content=[b'note %d' % n], name='note.txt')",
    "logs": "filings.log_filing(by=by, case=case, kind=FilingKind.DEFENCE, title=f'Defence {n}')",
    "takes mail in": (
        "mail = exhibits.receive(by=by, case=case, content=[MAIL % (n, n)], name='m.eml')\n"
        "    pipeline.run(str(mail.pk), by=by)"
    ),
}


def test_acts_at_once_wait_for_each_other_and_none_is_lost(other_process: dict[str, str]) -> None:
    a_party(a_case())
    before = Event.objects.latest("pk")
    running = [
        subprocess.Popen(
            [sys.executable, "-c", f"{BEGIN}    {act}\n", str(TIMES)],
            env=other_process,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for act in ACTS.values()
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    told = [process.communicate("go\n", timeout=180)[1] for process in running]
    assert [process.returncode for process in running] == [0] * len(running), told
    assert not Intake.objects.filter(state=Intake.State.FAILED).values_list("message", flat=True)
    received = TIMES + 2 * TIMES
    assert list(Exhibit.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, received + 1)
    )
    assert list(Filing.objects.order_by("number").values_list("number", flat=True)) == list(
        range(1, TIMES + 1)
    )
    verbs = Counter(Event.objects.filter(pk__gt=before.pk).values_list("verb", flat=True))
    assert [verbs[verb] for verb in ("added", "logged", "converted", "received")] == [TIMES] * 3 + [received]
    assert [problem for proof in verification.proofs().values() for problem in proof()] == []


def test_what_refers_to_a_matter_and_what_locks_it_do_not_wait_for_each_other_for_ever(
    committed: None,
) -> None:
    case = a_case()
    listed = Signal()

    def list_hearing() -> None:
        with transaction.atomic():
            matters.list_hearing(by=ACTOR, case=case, title="Hearing", starts_at=clock.now())
            listed.set()
            time.sleep(1)  # the other has by now locked the matter and waits for its chain

    def log() -> None:
        listed.wait(20)
        with transaction.atomic():
            filings.log_filing(by=ACTOR, case=case, kind=FilingKind.DEFENCE, title="Defence")

    def alone(act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as people:
        for done in [people.submit(alone, act) for act in (list_hearing, log)]:
            done.result(timeout=60)
    assert (case.hearings.count(), case.filings.count()) == (1, 1)


def test_two_clicks_on_build_at_once_make_one_build(committed: None) -> None:
    case = a_case()
    bundle = bundles.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Letters"])
    bundles.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[an_exhibit(case)])
    together = Barrier(2)
    owner = case.memberships.get().user

    def click(address: str) -> int:
        browser = signed_in(owner)
        try:
            together.wait(20)
            return browser.post(address, {"on_failure": "stop"}).status_code
        finally:
            connection.close()

    page, api = f"/matters/{case.pk}/bundles/{bundle.pk}/builds/", f"/api/bundles/{bundle.pk}/builds/"
    for addresses, answers in (((page, page), {302}), ((api, api), {202})):
        with ThreadPoolExecutor(2) as people:
            assert set(people.map(click, addresses)) == answers
        assert bundle.builds.count() == 1
        Build.objects.all().delete()
