"""What every search engine does for the rest of the system."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from search.query.tree import Node


@dataclass(frozen=True)
class Document:
    """One thing that can be found: a whole judgment, a paragraph of it, a page of an exhibit.

    Args:
        id: unique in the index; writing the same id again replaces the document.
        kind: ``judgment``, ``exhibit`` and so on.
        scope: who may find it: ``public`` or ``case:<uuid>``.
        paragraph: number of the paragraph or page; empty for the thing as a whole.
    """

    id: str
    kind: str
    scope: str
    title: str
    text: str
    url: str
    citation: str = ""
    party: str = ""
    court: str = ""
    date: datetime.date | None = None
    paragraph: str = ""


@dataclass(frozen=True)
class Hit:
    """One answer; the snippet is safe HTML whose only element is ``<mark>``."""

    id: str
    kind: str
    title: str
    citation: str
    paragraph: str
    score: float
    snippet: str
    url: str


@dataclass(frozen=True)
class Results:
    """One page of answers, best first; ``total`` counts all that this reader may find."""

    total: int
    hits: tuple[Hit, ...]
    milliseconds: float


class Backend(Protocol):
    """A search engine; a document outside the given scopes, or among those left out, shows in no answer."""

    def write(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """All of it is in the index, or none of it."""

    def search(
        self,
        tree: Node,
        *,
        scopes: frozenset[str],
        limit: int,
        offset: int,
        kinds: frozenset[str] | None = None,
        without: frozenset[str] = frozenset(),
    ) -> Results:
        """The documents that match the tree, best first; ``without`` holds ids that are left out."""

    def suggest(
        self, prefix: str, *, scopes: frozenset[str], limit: int, without: frozenset[str] = frozenset()
    ) -> list[str]:
        """Ways to complete what was typed, each of which finds something within the scopes."""

    def count(self, *, scopes: frozenset[str] | None = None) -> int:
        """How many documents there are, in these scopes or in all."""

    def ids(self) -> Iterator[str]:
        """The id of every document in the index."""

    def clear(self) -> None:
        """The index is empty."""
