"""The working database: one file beside the result, in which what does not fit into memory waits on disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb


@contextmanager
def working_database(beside: Path, memory_mib: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that is gone afterwards, and that never loads anything from a network.

    Args:
        beside: the folder in which its own is made, on a disk with room for the logs.
        memory_mib: what it may hold in memory.
    """
    with TemporaryDirectory(prefix="working-", dir=beside) as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mib}MiB",
            "temp_directory": f"{folder}/overflow",
            "threads": len(os.sched_getaffinity(0)),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(f"{folder}/logs.duckdb", config=settings)
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
        finally:
            connection.close()
