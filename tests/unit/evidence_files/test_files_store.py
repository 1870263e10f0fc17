import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import InvalidInput, NotFound, TooLarge
from evidence.files.store import ContentStore, read_chunks

ROOT = Path(__file__).resolve().parents[3]
CONTENT = b"Exhibit HP1" * 1000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> ContentStore:
    return ContentStore(tmp_path / "store")


def left_behind(store: ContentStore) -> list[Path]:
    return [path for path in store.root.rglob("*") if path.is_file()]


def test_content_lies_under_its_hash_and_is_read_only(store: ContentStore) -> None:
    stored = store.put([CONTENT[:10], CONTENT[10:]], limit=len(CONTENT))
    assert (stored.sha256, stored.size, stored.new) == (DIGEST, len(CONTENT), True)
    path = store.path(DIGEST)
    assert path == store.root / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert path.stat().st_mode & 0o777 == 0o444
    assert left_behind(store) == [path]
    with store.open(DIGEST) as file:
        assert file.read() == CONTENT


def test_the_same_content_is_never_written_twice(store: ContentStore) -> None:
    store.put([CONTENT], limit=10**6)
    before = store.path(DIGEST).stat()
    assert store.put([CONTENT], limit=10**6).new is False
    after = store.path(DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert left_behind(store) == [store.path(DIGEST)]


def test_too_large_leaves_nothing(store: ContentStore) -> None:
    with pytest.raises(TooLarge, match="Split it"):
        store.put([CONTENT, CONTENT], limit=len(CONTENT) + 1)
    assert left_behind(store) == []


def test_a_source_that_fails_leaves_nothing(store: ContentStore) -> None:
    def cut_off() -> Iterator[bytes]:
        yield CONTENT
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put(cut_off(), limit=10**6)
    assert left_behind(store) == []


def test_verify_finds_a_flipped_byte_and_a_missing_file(store: ContentStore) -> None:
    store.put([CONTENT], limit=10**6)
    assert store.verify(DIGEST)
    path = store.path(DIGEST)
    path.chmod(0o644)
    path.write_bytes(b"X" + CONTENT[1:])
    assert not store.verify(DIGEST)
    path.unlink()
    assert not store.verify(DIGEST)
    with pytest.raises(NotFound, match="backup"):
        store.open(DIGEST)


def test_all_lists_what_is_stored_in_order(store: ContentStore) -> None:
    digests = [store.put([bytes([number])], limit=1).sha256 for number in range(20)]
    (store.root / "incoming" / "stray").write_bytes(b"half a file")
    assert list(store.all()) == sorted(digests)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63])
def test_what_is_no_hash_is_refused(store: ContentStore, name: str) -> None:
    with pytest.raises(InvalidInput):
        store.path(name)


def test_processes_that_put_the_same_content_agree(store: ContentStore, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(CONTENT * 50)
    program = (
        "import sys; from pathlib import Path; from evidence.files.store import ContentStore, read_chunks;"
        "sys.stdin.readline();"
        "store, source = ContentStore(Path(sys.argv[1])), Path(sys.argv[2]);"
        "r = [store.put(read_chunks(source), limit=10**9) for _ in range(20)];"
        "sys.stdout.write(str(sum(s.new for s in r)))"
    )
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(store.root), str(source)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    firsts = [int(writer.communicate(timeout=60)[0]) for writer in writers]
    assert sum(firsts) == 1
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    assert list(store.all()) == [digest]
    assert store.verify(digest)
    assert left_behind(store) == [store.path(digest)]


def test_read_chunks_gives_the_whole_file(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(CONTENT * 300)
    assert b"".join(read_chunks(path)) == CONTENT * 300
