"""The cache that all processes of one machine share when there is no Redis."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache

from core.locks import only_one


class SharedFolder(FileBasedCache):
    """Django's cache in a folder, made safe for what guards the sign-in.

    A used code and the lock of a rate limit are taken with ``add``, so two processes may not both
    succeed; and a full folder gives up only what has expired, never a limit that still holds.
    """

    _dir: str
    _max_entries: int
    _list_cache_files: Callable[[], list[str]]
    _is_expired: Callable[[BinaryIO], bool]

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """True for exactly one of those who add the same key at the same time."""
        with only_one(Path(f"{self._dir}.lock")):
            return bool(super().add(key, value, timeout, version))

    def _cull(self) -> None:
        entries = self._list_cache_files()
        if len(entries) < self._max_entries:
            return
        for entry in entries:
            # Another process may have removed it first.
            with suppress(FileNotFoundError), Path(entry).open("rb") as file:
                self._is_expired(file)
