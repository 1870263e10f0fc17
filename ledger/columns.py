"""Columns that a migration gives to rows that the ledger proves: an event tells of each row as it then is."""

from collections.abc import Callable, Collection
from typing import Any

from core.actor import machine
from ledger.actions import record
from ledger.hashing import row_digest
from ledger.models import Event


def tell_of_columns(
    model: Any,
    columns: Collection[str],
    *,
    verb: str,
    name: Callable[[Any], str],
    chain: Callable[[Any], str],
) -> None:
    """The ledger tells of each row of the model with its new columns.

    A row that somebody altered after its last event gets none now, and stays reported.

    Args:
        model: as the migration knows it.
        columns: the new ones.
        verb: what the migration did to a row.
        name: of a row, which a migration's model does not know.
        chain: key of a row's chain.
    """
    model.__str__ = name
    for row in model.objects.iterator():
        events = Event.objects.filter(thing_type=model._meta.label_lower, thing_id=str(row.pk))
        last = events.order_by("pk").last()
        if last is not None and last.thing_digest == row_digest(row, without=columns):
            record(
                chain=chain(row), by=machine("command", "migration"), verb=verb, thing=row,
                facts={"columns": sorted(columns)},
            )  # fmt: skip
