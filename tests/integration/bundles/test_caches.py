"""Caches give back the room of what nobody needs any more."""

import os
import time
from pathlib import Path

import pytest
from django.conf import LazySettings

from bundles.tasks import CACHES, UNUSED_DAYS, forget_what_is_unused
from core.unused import DAY


@pytest.fixture
def var(tmp_path: Path, settings: LazySettings) -> Path:
    settings.VAR = tmp_path
    return tmp_path


def put(path: Path, *, written: float, read: float) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"kept")
    now = time.time()
    os.utime(path, (now - read * DAY, now - written * DAY))
    return path


def test_what_nobody_needed_is_gone_and_nothing_else(var: Path) -> None:
    long = UNUSED_DAYS + 1
    old = [put(var / name / "ab" / "old", written=long, read=long) for name in CACHES]
    used = put(var / "prepared" / "used", written=long, read=1)
    fresh = put(var / "thumbnails" / "fresh", written=1, read=long)
    store = put(var / "store" / "original", written=long, read=long)
    forget_what_is_unused()
    assert [path.exists() for path in old] == [False] * len(CACHES)
    assert used.exists()
    assert fresh.exists()
    assert store.exists(), "an original is no cache"
    forget_what_is_unused()


def test_folders_that_are_not_there_yet_are_no_fault(var: Path) -> None:
    forget_what_is_unused()
    assert list(var.iterdir()) == []
