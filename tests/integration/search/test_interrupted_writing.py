import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.backends.base import Document
from search.backends.embedded import EmbeddedBackend

_ROOT = Path(__file__).resolve().parents[3]
_KILLED_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
from search.backends.base import Document
from search.backends.embedded import EmbeddedBackend

class Fatal(list):
    def __iter__(self):
        for number in range(3000):
            yield Document(f"new-{number}", "judgment", "public", "t", "words " * 400, "/")
        os.kill(os.getpid(), signal.SIGKILL)

EmbeddedBackend(Path(sys.argv[1])).write(Fatal(), ["old-0"])
"""
_ADDS_ITS_OWN = """
import sys
from pathlib import Path
from search.backends.base import Document
from search.backends.embedded import EmbeddedBackend

engine = EmbeddedBackend(Path(sys.argv[1]))
for number in range(8):
    engine.write([Document(f"{sys.argv[2]}-{number}", "judgment", "public", "t", "text", "/")], [])
"""


def _old() -> list[Document]:
    return [Document(f"old-{number}", "judgment", "public", "t", "text", "/") for number in range(3)]


class _Failing(list[Document]):
    def __iter__(self) -> Iterator[Document]:
        yield Document("new", "judgment", "public", "t", "text", "/")
        raise OSError("the disk went away")


def test_a_write_that_fails_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    engine = EmbeddedBackend(tmp_path)
    engine.write(_old(), [])
    with pytest.raises(OSError, match="went away"):
        engine.write(_Failing(), ["old-0"])
    assert sorted(engine.ids()) == ["old-0", "old-1", "old-2"]
    engine.write([], ["old-0"])
    assert sorted(engine.ids()) == ["old-1", "old-2"]


def test_a_killed_writer_leaves_the_index_as_it_was_and_unlocked(tmp_path: Path) -> None:
    engine = EmbeddedBackend(tmp_path)
    engine.write(_old(), [])
    killed = subprocess.run(
        [sys.executable, "-c", _KILLED_WHILE_WRITING, str(tmp_path)], cwd=_ROOT, check=False
    )
    assert killed.returncode == -9
    assert sorted(engine.ids()) == ["old-0", "old-1", "old-2"]
    EmbeddedBackend(tmp_path).write([], ["old-0"])
    assert sorted(engine.ids()) == ["old-1", "old-2"]


def test_writers_in_two_processes_take_turns(tmp_path: Path) -> None:
    engine = EmbeddedBackend(tmp_path)
    command = [sys.executable, "-c", _ADDS_ITS_OWN, str(tmp_path)]
    writers = [subprocess.Popen([*command, name], cwd=_ROOT) for name in ("a", "b")]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0]
    assert sorted(engine.ids()) == sorted(f"{name}-{number}" for name in ("a", "b") for number in range(8))
