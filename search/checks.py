"""Index against database: the two cannot drift without being named."""

from collections.abc import Iterator

from ledger.verification import Problem
from search import registry
from search.actions import backend
from search.models import OutboxEntry


def index_matches_database() -> Iterator[Problem]:
    """Every document the database has is in the index and no other, once the outbox is empty."""
    waiting = set(OutboxEntry.objects.values_list("kind", "source_id"))
    held = set(backend().ids())
    expected: set[str] = set()
    pending: set[str] = set()
    for source in registry.sources():
        for source_id in source.all_ids():
            ids = {document.id for document in source.load(source_id)}
            (pending if (source.kind, source_id) in waiting else expected).update(ids)
    for lost in sorted(expected - held):
        yield Problem(f"search document {lost}", "is in the database but not in the index")
    if not waiting:
        for extra in sorted(held - expected - pending):
            yield Problem(f"search document {extra}", "is in the index but not in the database")
