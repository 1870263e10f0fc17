"""The working database: one file beside the result, in which what does not fit into memory waits on disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from comparison.logs.errors import LogsUnreadable

DATABASE = "logs.duckdb"
WORKING = "working-"
"""How the name of its folder begins."""
A_THREAD = 256
"""MiB; each thread that reads JSON lines holds twice the longest line."""


@contextmanager
def working_database(beside: Path, memory_mib: int) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database that is gone afterwards, and that never loads anything from a network.

    Args:
        beside: the folder in which its own is made, on a disk with room for the logs.
        memory_mib: what it may hold in memory, ``A_THREAD`` or more.

    Raises:
        LogsUnreadable: that is not enough.
    """
    with TemporaryDirectory(prefix=WORKING, dir=beside) as folder:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": f"{memory_mib}MiB",
            "temp_directory": f"{folder}/overflow",
            "threads": max(1, min(len(os.sched_getaffinity(0)), memory_mib // A_THREAD)),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }
        connection = duckdb.connect(f"{folder}/{DATABASE}", config=settings)
        try:
            connection.execute("SET TimeZone = 'UTC'; SET enable_progress_bar = false")
            yield connection
        except duckdb.OutOfMemoryException as error:
            raise LogsUnreadable(
                f"The analysis does not fit into {memory_mib} MiB of memory.",
                remedy="Write a larger memory_mib under [settings], and see that the disk has room.",
            ) from error
        finally:
            connection.close()
