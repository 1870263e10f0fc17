"""A query as typed, answered in one shape for page, API and command alike."""

from dataclasses import asdict, dataclass
from typing import Any

from search.actions import backend
from search.backends.base import Hit
from search.models import IndexedSource, OutboxEntry
from search.query import QueryError, as_text, parse

KINDS = {"exhibit": "Exhibits", "authority": "Authorities"}
ENGINE = "embedded"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found within the scopes it was asked in.

    Args:
        query: as typed.
        tree: how it was understood, in words.
        milliseconds: the engine's time.
        total: all that was found, of which ``hits`` is one page.
    """

    query: str
    tree: str
    milliseconds: float
    total: int
    hits: tuple[Hit, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer as every caller prints it; the index is one, so an answer is never partial."""
        return {
            "query": self.query,
            "tree": self.tree,
            "engine": ENGINE,
            "milliseconds": round(self.milliseconds, 2),
            "total": self.total,
            "partial": False,
            "hits": [asdict(hit) for hit in self.hits],
        }


def find(
    query: str,
    *,
    scopes: frozenset[str],
    kinds: frozenset[str] | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Answer:
    """What the query finds in these scopes, best first.

    What changed since it was indexed is left out until it is indexed anew: it may have been withdrawn, or
    be privileged now.

    Raises:
        QueryError: the query cannot be read; it says where and what to write instead.
        InvalidInput: it fits too much for the engine to follow.
    """
    tree = parse(query)
    results = backend().search(
        tree, scopes=scopes, limit=limit, offset=offset, kinds=kinds, without=outdated()
    )
    return Answer(query, as_text(tree), results.milliseconds, results.total, results.hits)


def waiting(kind: str) -> set[str]:
    """The sources of this kind, by id, that the index has still to learn of or learn anew."""
    return set(OutboxEntry.objects.filter(kind=kind).order_by().values_list("source_id", flat=True))


def outdated() -> frozenset[str]:
    """The documents, by id, whose sources have changed since the index learned of them."""
    changed: dict[str, set[str]] = {}
    for kind, source_id in OutboxEntry.objects.order_by().values_list("kind", "source_id"):
        changed.setdefault(kind, set()).add(source_id)
    held = (
        IndexedSource.objects.filter(kind=kind, source_id__in=ids).values_list("document_ids", flat=True)
        for kind, ids in changed.items()
    )
    return frozenset(document for sources in held for documents in sources for document in documents)


def suggestions(typed: str, *, scopes: frozenset[str], limit: int = 8) -> list[dict[str, str]]:
    """Ways to go on from what was typed, each of which ``find`` finds in these scopes.

    ``label`` is what is shown; ``value`` is the query that finds it.
    """
    found = backend().suggest(typed, scopes=scopes, limit=limit, without=outdated())
    return [{"label": suggestion, "value": _as_query(suggestion)} for suggestion in found]


def _as_query(suggestion: str) -> str:
    try:
        parse(suggestion)
    except QueryError:
        bare = "".join(character for character in suggestion if character not in '"“”')
        return f'"{bare}"'
    return suggestion
