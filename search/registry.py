"""Apps say here what can be found in them; search itself knows no app."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from search.backends.base import Document

Load = Callable[[str], Iterable[Document]]
AllIds = Callable[[], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of thing that is indexed.

    Args:
        kind: "exhibit", "authority".
        load: from a source's id to the documents it now has; none when it is gone or withdrawn.
        all_ids: every source that ought to be in the index.
    """

    kind: str
    load: Load
    all_ids: AllIds


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """The source's documents will be indexed; called from ``AppConfig.ready()``."""
    _sources[source.kind] = source


def source(kind: str) -> Source:
    """The registered source of this kind."""
    return _sources[kind]


def sources() -> list[Source]:
    """All registered sources."""
    return list(_sources.values())
