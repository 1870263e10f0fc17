"""Two clicks at once in the room for comparing models: one does it, the other is told that it is done."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from cases.models import Case
from comparison import actions
from comparison.evaluation.measures import Measured
from comparison.models import PopulationMember
from comparison.weights import manifest
from core.errors import AssizeError
from ledger import verification
from ledger.models import Event
from tests.factories import ACTOR, a_case
from tests.factories import tiny_models as tiny
from tests.factories.comparison_records import record


@pytest.fixture
def case(committed: None) -> Case:
    return a_case()


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each came to: ``done``, or the class of its error."""
    together = Barrier(len(acts))

    def act(one: Callable[[], object]) -> str:
        try:
            together.wait(20)
            one()
        except Exception as error:  # noqa: BLE001 - what a thread came to is its answer
            return "refused" if isinstance(error, AssizeError) else type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as people:
        return sorted(people.map(act, acts))


def twice(act: Callable[..., object], **given: Any) -> list[str]:
    return at_once(*[lambda: act(by=ACTOR, **given)] * 2)


def test_two_clicks_at_once_do_it_once(case: Case, tmp_path: Path) -> None:
    ours, theirs = (
        manifest(tiny.write(tmp_path / name, tiny.independent(seed)))
        for seed, name in enumerate(("ours", "theirs"))
    )
    models = [
        actions.register(by=ACTOR, case=case, vendor="V", name=one.folder, manifest=one)
        for one in (ours, theirs)
    ]
    content = json.loads(record({"match": Measured(0.9, -50.0, ())}))
    for side, model in zip(("reference", "suspect"), models, strict=True):
        content["result"]["manifest"]["models"][side]["manifest_sha256"] = model.manifest_sha256
    population = actions.make_population(by=ACTOR, case=case, name="Theirs")
    member = {"population": population, "artefact": models[1], "lineage": "l", "stratum": "same-data"}
    key = {"public_key": f"ed25519:{'11' * 32}", "name": "Room", "obtained_how": "In person"}
    for act, given in (
        (actions.register, {"case": case, "vendor": "V", "name": "Third"}),
        (actions.make_population, {"case": case, "name": "Ours"}),
        (actions.add_member, member),
        (actions.record_key, {"case": case, **key}),
        (actions.import_record, {"case": case, "content": json.dumps(content).encode()}),
    ):
        assert twice(act, **given) == ["done", "refused"], act.__name__
    assert twice(actions.own_signature, case=case, sha256="0" * 64) == ["done", "done"]
    assert case.comparisons.count() == 1
    drafts = [
        actions.set_up(by=ACTOR, case=case, title="t", reference=models[0], suspect=models[1])
        for _ in range(2)
    ]
    for draft in drafts:
        actions.change(by=ACTOR, job=draft, title="t", methods=["hashes"])
    registering = [lambda draft=draft: actions.register_job(by=ACTOR, job=draft) for draft in drafts]
    assert at_once(*registering) == ["done", "refused"]
    joined = PopulationMember.objects.get()
    again = PopulationMember.objects.get()
    taking_out = [lambda one=one: actions.remove_member(by=ACTOR, member=one) for one in (joined, again)]
    assert at_once(*taking_out) == ["done", "refused"]
    assert Event.objects.filter(verb="took out of the population").count() == 1
    assert [
        problem for proof in ("ledger chains", "rows") for problem in verification.proofs()[proof]()
    ] == []
