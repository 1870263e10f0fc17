"""What is hashed, and how: canonical JSON under SHA-256."""

import hashlib
import json
from collections.abc import Container, Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db import models

from ledger.models import Event

HASHED = (
    "sequence", "previous_hash", "at", "actor", "actor_user_id", "origin", "address", "request_id",
    "verb", "thing_type", "thing_id", "thing_label", "thing_digest", "facts",
)  # fmt: skip


def _plain(value: Any) -> Any:
    """A value as JSON can hold it, the same on every database."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case _:
            return value


def canonical(facts: dict[str, Any]) -> str:
    """The one JSON text of these facts: sorted keys, no spaces, dates in ISO 8601 and UTC."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def event_hash(chain_key: str, event: Event) -> str:
    """SHA-256 (hex) over the chain's name and every field of the event."""
    body = {name: _plain(getattr(event, name)) for name in HASHED}
    return hashlib.sha256(canonical({"chain": chain_key, **body}).encode()).hexdigest()


def row_digest(thing: models.Model, without: Container[str] = ()) -> str:
    """SHA-256 (hex) over every stored column of a row and what it is joined to, as the database has it.

    Args:
        thing: the row.
        without: columns that it had not yet when it was last written.
    """
    columns = [field.attname for field in thing._meta.concrete_fields if field.attname not in without]
    row = {column: _plain(getattr(thing, column)) for column in columns}
    for joined in thing._meta.many_to_many:
        row[joined.name] = sorted(getattr(thing, joined.name).values_list("pk", flat=True), key=str)
    return hashlib.sha256(canonical(row).encode()).hexdigest()


def text_digest(pages: Iterable[tuple[int, str]]) -> str:
    """SHA-256 (hex) over the number and the text of every page or paragraph, in order."""
    digest = hashlib.sha256()
    for number, text in pages:
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(f"{number} {len(encoded)} ".encode() + encoded)
    return digest.hexdigest()
