"""Comparisons that were set up before they could name all that models are shown."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from comparison import actions
from comparison.models import ComparisonJob, SignerKey
from core import clock
from core.actor import Actor
from ledger import verification
from ledger.actions import record
from ledger.models import Event
from tests.factories import a_case

BEFORE = [("comparison", "0006_expert_reports")]


def test_rows_from_before_are_told_of_and_refuse_changes(committed: None, actor: Actor) -> None:
    case = a_case()
    ours, theirs = (actions.register(by=actor, case=case, vendor="V", name=name) for name in ("a", "b"))
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    executor.migrate(BEFORE)
    try:
        old = executor.loader.project_state(BEFORE).apps.get_model("comparison", "ComparisonJob").objects

        def a_row(title: str, **fixed: Any) -> Any:
            made = old.create(
                case_id=case.pk, title=title, question="both", reference_id=ours.pk, suspect_id=theirs.pk,
                made_at=clock.now(), made_by="Priya Nair", **fixed,
            )  # fmt: skip
            record(chain=case.chain, by=actor, verb="set up the comparison", thing=made)
            return made

        a_row("Draft")
        fixed = {"content": "x", "sha256": "0" * 64, "registered_at": clock.now(), "registered_by": "P"}
        registered = a_row("Registered", **fixed)
        altered = a_row("Altered")
        old.filter(pk=altered.pk).update(title="Altered unseen")
        with pytest.raises(DatabaseError), transaction.atomic():
            old.filter(pk=registered.pk).update(title="x")
    finally:
        MigrationExecutor(connection).migrate(leaves)
    told = Event.objects.filter(verb="made room for more inputs in").values_list("thing_label", flat=True)
    assert sorted(told) == ["Draft", "Registered"]
    problems = [problem for name in ("ledger chains", "rows") for problem in verification.proofs()[name]()]
    assert [problem.what for problem in problems] == [
        f"comparison.comparisonjob {altered.pk} (Altered unseen)"
    ]
    job = ComparisonJob.objects.get(pk=registered.pk)
    assert (job.content, job.temperature, job.training_order) == ("x", None, None)
    with pytest.raises(DatabaseError), transaction.atomic():
        ComparisonJob.objects.filter(pk=job.pk).update(temperature=0.7)


def test_keys_from_before_they_could_be_withdrawn_are_told_of(committed: None, actor: Actor) -> None:
    case = a_case()
    executor = MigrationExecutor(connection)
    leaves = executor.loader.graph.leaf_nodes()
    before = [("comparison", "0008_analyses_can_be_cancelled")]
    executor.migrate(before)
    try:
        keys = executor.loader.project_state(before).apps.get_model("comparison", "SignerKey")
        keys.__str__ = lambda key: str(key.name)  # type: ignore[assignment, misc]
        for number, name in enumerate(("Kept", "Altered")):
            made = keys.objects.create(
                case_id=case.pk, name=name, public_key=f"{number}" * 64, fingerprint=f"{number}" * 64,
                obtained_how="In person", recorded_at=clock.now(), recorded_by="Priya Nair",
            )  # fmt: skip
            record(chain=case.chain, by=actor, verb="recorded the key of", thing=made)
        keys.objects.filter(name="Altered").update(obtained_how="Not at all")
    finally:
        MigrationExecutor(connection).migrate(leaves)
    told = Event.objects.filter(verb="made room for a withdrawal in").values_list("thing_label", flat=True)
    assert list(told) == ["Kept"]
    problems = [problem for name in ("ledger chains", "rows") for problem in verification.proofs()[name]()]
    assert [problem.what for problem in problems] == [
        f"comparison.signerkey {SignerKey.objects.get(name='Altered').pk} (Altered)"
    ]
