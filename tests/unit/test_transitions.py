"""Every table of transitions speaks of every state."""

from typing import Any

import pytest
from django.apps import apps

TABLES = {
    model._meta.label: (model.State, model.TRANSITIONS)  # type: ignore[attr-defined]
    for model in apps.get_models()
    if hasattr(model, "TRANSITIONS")
}


def test_the_state_machines_are_known() -> None:
    assert set(TABLES) == {
        "bundles.Build",
        "bundles.FileCheck",
        "bundles.RedactedCopy",
        "bundles.Redaction",
        "cases.DueDate",
        "comparison.LogRun",
        "comparison.Run",
        "evidence.Intake",
    }


@pytest.mark.parametrize("label", TABLES)
def test_every_state_has_its_line_and_can_be_reached(label: str) -> None:
    states, table = TABLES[label]
    assert set(table) == set(states)
    assert _reached(next(iter(states)), table) == set(states)


def _reached(start: Any, table: dict[Any, set[Any]]) -> set[Any]:
    found, waiting = {start}, [start]
    while waiting:
        fresh = table[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found
