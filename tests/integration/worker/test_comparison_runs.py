"""A real worker runs a registered comparison once, whatever happens to it on the way."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from comparison import actions, pipeline, tasks
from comparison.models import Comparison, Run
from ledger import verification
from tests.factories import ACTOR, a_case
from tests.integration.comparison import registered_zoo
from tests.integration.worker.test_worker import a_worker, until

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture(autouse=True)
def _nothing_computed_before() -> None:
    """What an earlier test had computed would be taken from the cache, with no moment to be killed in."""
    shutil.rmtree(settings.VAR / "population", ignore_errors=True)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return registered_zoo.written(tmp_path_factory.mktemp("zoo"))


@pytest.fixture
def environment(other_process: dict[str, str], folders: dict[str, Path]) -> dict[str, str]:
    return {**other_process, "ASSIZE_MODELS": str(folders["ours"].parent)}


def asked(folders: dict[str, Path]) -> Run:
    case = a_case()
    zoo = registered_zoo.registered(case, ACTOR, folders)
    job = actions.register_job(by=ACTOR, job=registered_zoo.a_job(case, ACTOR, zoo))
    return actions.ask_to_run(by=ACTOR, job=job)


def state(run: Run) -> str:
    run.refresh_from_db()
    return run.state


def check_done_once(run: Run) -> None:
    assert run.comparison == Comparison.objects.get()
    problems = [problem for proof in verification.proofs().values() for problem in proof()]
    assert problems == []


def test_a_worker_runs_it_and_repeated_messages_change_nothing(
    environment: dict[str, str], folders: dict[str, Path]
) -> None:
    run = asked(folders)
    for _ in range(3):
        tasks.sweep.delay()
        tasks.run.delay(run_id=run.pk)
    with a_worker(environment, "one"), a_worker(environment, "two"):
        until(lambda: state(run) == Run.State.DONE)
    check_done_once(run)


def test_a_killed_worker_started_again_takes_it_up(
    environment: dict[str, str], folders: dict[str, Path]
) -> None:
    run = asked(folders)
    with a_worker(environment):
        until(lambda: state(run) == Run.State.RUNNING and run.done > 0)
    assert pipeline.unfinished() == [run.pk]
    with a_worker(environment):
        until(lambda: state(run) == Run.State.DONE)
    check_done_once(run)
