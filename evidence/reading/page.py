"""A page as reading needs it, whoever extracted it, and the lines of a document one by one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol


class Line(Protocol):
    """A line of a page: its number from 1, its text and where in the page's text it starts."""

    @property
    def number(self) -> int:
        """Position on the page, from 1."""
        ...

    @property
    def text(self) -> str:
        """The characters of the line."""
        ...

    @property
    def start(self) -> int:
        """Offset of the line in the page's text."""
        ...


class Page(Protocol):
    """A page: its number from 1, its text and its lines."""

    @property
    def number(self) -> int:
        """Position in the document, from 1."""
        ...

    @property
    def text(self) -> str:
        """All characters of the page."""
        ...

    @property
    def lines(self) -> Sequence[Line]:
        """The lines from the top down."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A non-blank line and where it stands.

    Args:
        page: number of the page, from 1.
        line: number of the line on its page, from 1.
        start: offset of ``text`` in the page's text.
        text: the line without white space around it.
    """

    page: int
    line: int
    start: int
    text: str


def places(pages: Sequence[Page]) -> list[Place]:
    """Every non-blank line of the document, in order."""
    return [place for page in pages for place in _on(page)]


def _on(page: Page) -> Iterator[Place]:
    for line in page.lines:
        if text := line.text.strip():
            yield Place(page.number, line.number, line.start + line.text.index(text), text)


_PARAGRAPH_ONE = re.compile(r"1\.?\s+[A-Z“\"(\[]|1\.$|\(1\)\s+(?:The|This|On|In)\b")
_TOP_LINES = 60


def front_matter(lines: Sequence[Place]) -> list[Place]:
    """The lines before the first numbered paragraph, at most 60, all on the first page that has text."""
    top: list[Place] = []
    for line in lines[:_TOP_LINES]:
        if line.page != lines[0].page or (len(top) > 4 and _PARAGRAPH_ONE.match(line.text)):
            break
        top.append(line)
    return top
