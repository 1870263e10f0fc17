"""Documents made ready for a bundle in processes of their own, once for all bundles that they are in.

Where the caller gives a folder, what was found of a document and its copy with coarser images are kept there
under the hash of its file, so that an unchanged document is never looked at twice.
"""

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

from bundles.pdf.sources import sha256_of
from bundles.pdf.survey import Coarser, PageSurvey, as_json, from_json

PROJECT = Path(__file__).parents[2]
SECONDS, PAGE_SECONDS = 120.0, 0.5
"""In which one document is prepared, and each of its pages; a program that takes longer is stopped."""

EDITION = 4
"""Changes with what is found of a document, so that what was kept before is found anew."""


@dataclass(frozen=True)
class Prepared:
    """A document as it goes into a bundle.

    Args:
        pages: what each page shows; empty where PDFium cannot say.
        file: a copy with coarser images, or None for the document itself.
        coarser: what that copy saves.
    """

    pages: tuple[PageSurvey, ...] = ()
    file: Path | None = None
    coarser: Coarser | None = None


@dataclass(frozen=True)
class _Asked:
    path: Path
    password: str | None
    dpi: int | None
    seconds: float
    sha256: "Future[str | None] | None"


class Preparing:
    """Running child processes that prepare documents; use it as a context."""

    def __init__(self, folder: Path, *, keep: bool, processes: int) -> None:
        self._folder, self._keep = folder, keep
        self._pool = ThreadPoolExecutor(processes)
        self._idle: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        self._all: list[subprocess.Popen[bytes]] = []
        self._copies = 0
        for _ in range(processes):
            self._idle.put(None)  # started when the first document needs it

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)
        for process in self._all:
            process.kill()
        self._pool.shutdown()
        for process in self._all:
            process.communicate()

    def prepare(
        self,
        path: Path,
        password: str | None,
        dpi: int | None,
        pages: int,
        sha256: "Future[str | None] | None" = None,
    ) -> "Future[Prepared]":
        """The document of so many pages ready, its images no finer than ``dpi``; empty where time ran out.

        ``sha256`` is the hash of the file where somebody computes it already.
        """
        self._copies += 1
        asked = _Asked(path, password, dpi, SECONDS + PAGE_SECONDS * pages, sha256)
        return self._pool.submit(self._prepared, asked, f"{self._copies}-{dpi}")

    def _prepared(self, asked: _Asked, name: str) -> Prepared:
        if not self._keep:
            return self._ask(asked, self._folder / f"{name}.pdf", None)
        sha256 = (asked.sha256 and asked.sha256.result()) or sha256_of(asked.path)
        key, dpi = f"{sha256}-{EDITION}", asked.dpi
        looked, copy = self._folder / f"{key}.json", self._folder / f"{key}-{dpi}.pdf"
        answered = self._folder / f"{key}-{dpi}.json"
        pages = _read(looked)
        if pages is not None and (dpi is None or (known := _read(answered)) is not None):
            coarser = Coarser(**known) if dpi is not None and known else None
            return Prepared(from_json(pages), copy if coarser else None, coarser)
        part = _part(copy)
        found = self._ask(asked, part, pages)
        if not found.pages:
            return found  # looked at again the next time, which may have more time
        if found.file:
            part.replace(copy)
            found = Prepared(found.pages, copy, found.coarser)
        _write(looked, as_json(found.pages))
        if dpi is not None:
            _write(answered, vars(found.coarser) if found.coarser else {})
        return found

    def _ask(self, asked: _Asked, out: Path, pages: Any) -> Prepared:
        process = self._idle.get() or self._started()
        next_time: subprocess.Popen[bytes] | None = process
        watch = threading.Timer(asked.seconds, process.kill)
        watch.start()
        request = {
            "path": str(asked.path),
            "password": asked.password,
            "dpi": asked.dpi,
            "out": str(out),
            "pages": pages,
            # What is kept is found once for many bundles, so it may take longer.
            "pixels": self._keep,
        }
        try:
            _pipe(process.stdin).write(json.dumps(request).encode() + b"\n")
            _pipe(process.stdin).flush()
            answer = json.loads(_pipe(process.stdout).readline())
        except (BrokenPipeError, ValueError):
            # PDFium itself ended on this file, or was stopped. Its pages have numbers at the usual place.
            next_time = None
            return Prepared()
        finally:
            watch.cancel()
            self._idle.put(next_time)
        coarser = Coarser(**answer["coarser"]) if answer["coarser"] else None
        return Prepared(from_json(answer["pages"]), out if coarser else None, coarser)

    def _started(self) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "bundles.pdf.preparing"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._all.append(process)
        return process


def _read(path: Path) -> Any:
    with suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    return None


def _write(path: Path, content: Any) -> None:
    part = _part(path)
    part.write_text(json.dumps(content), encoding="ascii")
    part.replace(path)


def _part(path: Path) -> Path:
    """Where a file is written before it is put in its place; two builds at once do not meet there."""
    return path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.part")


def _pipe(stream: IO[bytes] | None) -> IO[bytes]:
    if stream is None:  # Popen was asked for pipes; this satisfies the type checker
        raise BrokenPipeError
    return stream
