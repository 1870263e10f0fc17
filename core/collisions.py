"""What the database says when two write at once, as an error of the tree."""

import sqlite3

from django.db import OperationalError

from core.errors import AssizeError, Conflict

SERIALIZATION_FAILURE, DEADLOCK_DETECTED = "40001", "40P01"
"""PostgreSQL's SQLSTATEs for a transaction that it ended in favour of another."""
PRIMARY = 0xFF
"""The part of SQLite's result code that says busy or locked, whatever of."""


def of_the_tree(error: Exception) -> AssizeError | None:
    """The error itself where it was raised on purpose; Conflict for a lost collision; None for any other."""
    if isinstance(error, AssizeError):
        return error
    if isinstance(error, OperationalError) and _lost(error.__cause__):
        return Conflict(
            "Somebody else was writing at the same moment, so nothing was saved.", remedy="Try again."
        )
    return None


def _lost(cause: BaseException | None) -> bool:
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & PRIMARY in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return getattr(cause, "sqlstate", None) in (SERIALIZATION_FAILURE, DEADLOCK_DETECTED)
