"""Marking what changed, and bringing the index up to it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager

from django.conf import settings
from django.db import transaction

from core.locks import only_one
from core.queue import enqueue
from search import registry
from search.backends.base import Backend, Document
from search.backends.embedded import EmbeddedBackend
from search.models import IndexedSource, OutboxEntry

BATCH = 200


def backend() -> Backend:
    """The search engine of this installation."""
    return EmbeddedBackend(settings.INDEX_ROOT)


def mark_changed(kind: str, source_id: object) -> None:
    """The index will learn of this source; call it inside the transaction that changes the source."""
    OutboxEntry.objects.create(kind=kind, source_id=str(source_id))
    enqueue("search.drain")


def drain() -> int:
    """The index holds everything the outbox told of; answers how many entries were worked off.

    An entry is removed only after the index has committed. A kill in between repeats the same write,
    which replaces documents by id and so changes nothing. One process drains at a time, so that an
    older reading of a source cannot overwrite a newer one.
    """
    with _draining():
        return _drain()


def _draining() -> AbstractContextManager[None]:
    """No other process drains the outbox or empties the index; not to be entered twice."""
    return only_one(settings.INDEX_ROOT / "drain.lock")


def _drain() -> int:
    done = 0
    while entries := list(OutboxEntry.objects.all()[:BATCH]):
        _write({(entry.kind, entry.source_id) for entry in entries})
        OutboxEntry.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
        done += len(entries)
    return done


def _write(changed: set[tuple[str, str]]) -> None:
    upserts: list[Document] = []
    deletes: list[str] = []
    during: dict[tuple[str, str], list[str]] = {}
    after: dict[tuple[str, str], list[str]] = {}
    for kind, source_id in sorted(changed):
        documents = list(registry.source(kind).load(source_id))
        known = IndexedSource.objects.filter(kind=kind, source_id=source_id).first()
        fresh = [document.id for document in documents]
        gone = sorted(set(known.document_ids if known else []) - set(fresh))
        deletes += gone
        upserts += documents
        during[kind, source_id], after[kind, source_id] = fresh + gone, fresh
    # Until the index has committed it may hold the old documents as well as the new.
    _note_held(during)
    backend().write(upserts, deletes)
    _note_held(after)


def _note_held(held: Mapping[tuple[str, str], list[str]]) -> None:
    with transaction.atomic():
        for (kind, source_id), ids in held.items():
            IndexedSource.objects.update_or_create(
                kind=kind, source_id=source_id, defaults={"document_ids": ids}
            )


def rebuild() -> int:
    """The index is emptied and every source marked; answers how many sources."""
    with _draining():
        backend().clear()
        IndexedSource.objects.all().delete()
        marked = 0
        for source in registry.sources():
            for source_id in source.all_ids():
                OutboxEntry.objects.create(kind=source.kind, source_id=source_id)
                marked += 1
        _drain()
    return marked
