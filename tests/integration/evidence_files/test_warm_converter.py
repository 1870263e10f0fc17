"""The warm converter: each conversion apart from the next, and none outliving the process that asked."""

import io
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import billiard
import docx
import pytest

from core.errors import NotConverted
from evidence.files.convert import Conversion
from evidence.files.convert import convert as convert_file
from evidence.files.limits import Limits
from evidence.files.warm import CONVERTER
from tests.integration.evidence_files.conftest import Convert

LONG = b"word\n" * 100_000
ROOT = Path(__file__).resolve().parents[3]


def children(pid: int) -> list[int]:
    """The processes that the process has started and that have not ended."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = status.read_text().rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(parent) == pid and state != "Z":
            found.append(int(status.parent.name))
    return found


def programs(pid: int) -> list[int]:
    """The warm converters of the process."""
    return [child for child in children(pid) if _is_program(child)]


def conversions(program: int) -> list[int]:
    """The conversions under way that are confined: they lead a session and stand in their work folder."""
    return [child for child in children(program) if _is_confined(child)]


def _is_program(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return b"--serve" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return False


def _is_confined(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return os.getsid(pid) == pid and Path(f"/proc/{pid}/cwd").readlink().name.startswith("work")
    return False


def wait_for(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.fixture
def program(convert: Convert) -> int:
    """This process's warm converter, which has converted before."""
    convert("first.txt", b"Privileged advice on the merits.")
    (program,) = programs(os.getpid())
    return program


@contextmanager
def running(program: int, convert: Convert, limits: Limits) -> Iterator[tuple[int, Callable[[], Conversion]]]:
    """A long conversion that is under way: its process, and how it ended."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(lambda: convert("long.txt", LONG, limits=limits))
        wait_for(lambda: conversions(program))
        (conversion,) = conversions(program)
        yield conversion, lambda: future.result(60)


def test_a_conversion_that_crashes_takes_nothing_with_it(program: int, convert: Convert) -> None:
    with running(program, convert, Limits()) as (conversion, result):
        os.kill(conversion, signal.SIGSEGV)
        with pytest.raises(NotConverted, match="signal SIGSEGV") as refused:
            result()
    assert refused.value.reason == "broken"
    assert convert("next.txt", b"Dear Sirs").pdf.exists()
    assert programs(os.getpid()) == [program]


def test_a_conversion_out_of_time_is_killed_alone(program: int, convert: Convert) -> None:
    with running(program, convert, Limits(seconds=2)) as (conversion, result):
        with pytest.raises(NotConverted) as refused:
            result()
        assert gone(conversion)
    assert refused.value.reason == "timeout"
    assert convert("next.txt", b"Dear Sirs").pdf.exists()
    assert programs(os.getpid()) == [program]


def test_a_conversion_has_its_limits_and_its_neighbours_theirs(program: int, convert: Convert) -> None:
    limits = Limits(memory_bytes=1024**3, output_bytes=1024**2, seconds=30)
    with running(program, convert, limits) as (conversion, _):
        table = Path(f"/proc/{conversion}/limits").read_text()
        os.kill(conversion, signal.SIGKILL)
    held = {line[:26].strip(): line[26:].split()[:2] for line in table.splitlines()}
    assert held["Max address space"] == [str(1024**3)] * 2
    assert held["Max file size"] == [str(1024**2)] * 2
    assert held["Max core file size"] == ["0", "0"]
    assert held["Max cpu time"] == [str(30 * (os.cpu_count() or 1) + 5)] * 2
    with pytest.raises(NotConverted) as refused:
        convert("a.txt", LONG[:100_000], limits=Limits(memory_bytes=300 * 1024**2))
    assert refused.value.reason == "too-large"
    assert convert("next.txt", b"Dear Sirs").pdf.exists()
    assert programs(os.getpid()) == [program]


def test_a_conversion_holds_nothing_of_the_one_before_nor_of_the_line(program: int, convert: Convert) -> None:
    with running(program, convert, Limits()) as (conversion, _):
        open_files = {
            int(each.name): str(each.readlink()) for each in Path(f"/proc/{conversion}/fd").iterdir()
        }
        environment = Path(f"/proc/{program}/environ").read_bytes()
        kept = [str(each.readlink()) for each in Path(f"/proc/{program}/fd").iterdir()]
        os.kill(conversion, signal.SIGKILL)
    assert open_files[0] == os.devnull
    assert open_files[1] == open_files[2] != os.devnull
    assert not [name for name in open_files.values() if name.startswith(("socket:", "pipe:"))]
    assert not [name for name in (*open_files.values(), *kept) if "source-1" in name or "work-1" in name]
    assert {name.split(":")[0] for name in kept} == {os.devnull, "socket", "anon_inode"}  # the last a pidfd
    assert b"SECRET_KEY" not in environment
    assert os.environ["SECRET_KEY"].encode() not in environment


def test_the_program_has_one_thread(program: int) -> None:
    assert len(list(Path(f"/proc/{program}/task").iterdir())) == 1


def test_a_program_that_died_is_started_again(program: int, convert: Convert) -> None:
    os.kill(program, signal.SIGKILL)
    wait_for(lambda: gone(program))
    assert convert("next.txt", b"Dear Sirs").pdf.exists()
    (successor,) = programs(os.getpid())
    assert successor != program


def test_a_program_that_dies_under_a_conversion_costs_no_document(program: int, convert: Convert) -> None:
    with running(program, convert, Limits(seconds=4)) as (conversion, result):
        os.kill(program, signal.SIGKILL)
        with pytest.raises(NotConverted) as refused:
            result()
    assert refused.value.reason == "timeout"  # of the fresh process that took over
    assert gone(conversion)


def _word() -> bytes:
    document = docx.Document()
    document.add_paragraph("Allegation", style="List Number")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"Dear Sirs\n"),
        ("a.html", b"<html><p>Dear Sirs</p></html>"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.eml", b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nDear b\n"),
        ("a.docx", _word()),
    ],
)
def test_warm_and_fresh_give_the_same_bytes(convert: Convert, name: str, content: bytes) -> None:
    warm = convert(name, content)
    with CONVERTER.busy:
        fresh = convert(name, content)
    assert warm.pdf.read_bytes() == fresh.pdf.read_bytes()
    assert (warm.tool, warm.version, warm.notes) == (fresh.tool, fresh.version, fresh.notes)


def _in_a_fork(folder: Path) -> None:
    source = folder / "source.txt"
    source.write_bytes(b"Dear Sirs")
    convert_file(source, name=source.name, workdir=folder / "work")
    (folder / "programs").write_text(" ".join(map(str, programs(os.getpid()))))


@pytest.mark.parametrize("process", [multiprocessing.get_context("fork").Process, billiard.Process])
def test_a_forked_worker_has_a_program_of_its_own(
    program: int, convert: Convert, tmp_path: Path, process: Callable[..., multiprocessing.Process]
) -> None:
    worker = process(target=_in_a_fork, args=(tmp_path,), daemon=True)
    worker.start()
    worker.join(60)
    assert worker.exitcode == 0
    own = [int(pid) for pid in (tmp_path / "programs").read_text().split()]
    assert len(own) == 1
    assert own != [program]
    wait_for(lambda: gone(own[0]))
    assert convert("next.txt", b"Dear Sirs").pdf.exists()
    assert programs(os.getpid()) == [program]


def test_the_program_and_its_conversion_end_with_a_killed_caller(tmp_path: Path) -> None:
    source = tmp_path / "long.txt"
    source.write_bytes(LONG)
    code = (
        "from pathlib import Path; from evidence.files.convert import convert; import sys;"
        "convert(Path(sys.argv[1]), name='long.txt', workdir=Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", code, str(source), str(tmp_path / "work")]
    with subprocess.Popen(command, cwd=ROOT) as caller:
        try:
            wait_for(lambda: [child for program in programs(caller.pid) for child in conversions(program)])
            (program,) = programs(caller.pid)
            (conversion,) = conversions(program)
        finally:
            caller.kill()
    wait_for(lambda: gone(program) and gone(conversion))
