"""Laying out the bundle's own pages with WeasyPrint, in processes of their own.

A child process loads WeasyPrint while the documents are opened; one is kept for the next bundle. It reads one
JSON request a line (template name and context) and answers with the PDF's length as eight bytes, then the
PDF; when it ends without an answer, what went wrong stands on its standard error.
"""

import atexit
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Self

from core.errors import Unavailable

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
LENGTH = struct.Struct(">Q")


class Typesetter:
    """A running layout process."""

    def __init__(self) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bundles.pdf.typeset"],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
        )
        self._asked = False

    @property
    def free(self) -> bool:
        """Whether it runs and owes no answer."""
        return not self._asked and self._process.poll() is None

    def close(self) -> None:
        """The process has ended."""
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def pdf(self, template: str, context: dict[str, Any]) -> bytes:
        """The template laid out with the context.

        Raises:
            Unavailable: WeasyPrint or a library below it cannot run here.
        """
        self._asked = True
        try:
            self._stream(self._process.stdin).write(json.dumps([template, context]).encode() + b"\n")
            self._stream(self._process.stdin).flush()
            header = self._stream(self._process.stdout).read(LENGTH.size)
        except BrokenPipeError:
            header = b""
        if len(header) != LENGTH.size:
            self._process.wait()
            self._complaints.seek(0)
            reason = self._complaints.read().decode(errors="replace").strip().splitlines()
            raise Unavailable(
                f"The bundle's index could not be laid out: {reason[-1] if reason else 'the program ended'}.",
                remedy="Check that WeasyPrint and Pango are installed.",
            )
        content = self._stream(self._process.stdout).read(LENGTH.unpack(header)[0])
        self._asked = False
        return content

    @staticmethod
    def _stream(pipe: IO[bytes] | None) -> IO[bytes]:
        if pipe is None:  # Popen was asked for pipes; this satisfies the type checker
            raise BrokenPipeError
        return pipe


_kept: list[Typesetter] = []
"""The one that this process used last: the next bundle need not wait for WeasyPrint to load."""


def _forget() -> None:
    """A process that is forked from this one leaves its layout process alone."""
    _kept.clear()


def _end() -> None:
    while _kept:
        _kept.pop().close()


os.register_at_fork(after_in_child=_forget)
atexit.register(_end)


@contextmanager
def typesetter() -> Iterator[Typesetter]:
    """A layout process: the one that was used last, where it is free, or a new one."""
    found = _taken() or Typesetter()
    try:
        yield found
    finally:
        if found.free and not _kept:
            _kept.append(found)
        else:
            found.close()


def _taken() -> Typesetter | None:
    with suppress(IndexError):
        kept = _kept.pop()
        if kept.free:
            return kept
        kept.close()
    return None


class Typesetting:
    """Layout processes, one at first, and one for each core where parts are laid out side by side."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._idle: SimpleQueue[Typesetter] = SimpleQueue()
        self._running = 0
        self._add()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def many(self, template: str, contexts: Sequence[dict[str, Any]]) -> list[bytes]:
        """The template laid out with each context, in their order.

        Raises:
            Unavailable: WeasyPrint or a library below it cannot run here.
        """
        while self._running < min(len(contexts), len(os.sched_getaffinity(0))):
            self._add()
        with ThreadPoolExecutor(self._running) as pool:
            return list(pool.map(lambda context: self.pdf(template, context), contexts))

    def pdf(self, template: str, context: dict[str, Any]) -> bytes:
        """The template laid out with the context.

        Raises:
            Unavailable: WeasyPrint or a library below it cannot run here.
        """
        free = self._idle.get()
        try:
            return free.pdf(template, context)
        finally:
            self._idle.put(free)

    def _add(self) -> None:
        self._idle.put(self._stack.enter_context(typesetter()))
        self._running += 1


def lay_out(template: str, context: dict[str, Any]) -> bytes:
    """The template as PDF; nothing outside it is ever fetched."""
    import weasyprint
    from weasyprint.urls import URLFetchingError

    def refuse(url: str, *_: object, **__: object) -> None:
        raise URLFetchingError(f"A bundle's own pages fetch nothing: {url}")

    html = _templates().get_template(template).render(context)
    fonts = _fonts()
    document = weasyprint.HTML(string=html, url_fetcher=refuse).render(font_config=fonts)
    content: bytes = document.write_pdf()
    return content


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@cache
def _templates() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"), autoescape=True, undefined=jinja2.StrictUndefined
    )


def _converse() -> None:
    _fonts()  # loads WeasyPrint before the first request comes
    for line in sys.stdin.buffer:
        template, context = json.loads(line)
        content = lay_out(template, context)
        sys.stdout.buffer.write(LENGTH.pack(len(content)) + content)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _converse()
