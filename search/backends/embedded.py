"""The search engine that needs no server: tantivy in one folder."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import tantivy
from tantivy import Index, IndexWriter, Occur, Query, Schema, SchemaBuilder, Searcher, SearchResult

from core.errors import InvalidInput, Unavailable
from core.locks import only_one
from search.backends import analysis
from search.backends.base import Document, Hit, Results
from search.backends.compilation import Compiler
from search.backends.documents import indexed
from search.backends.snippets import Marked, marked_by, snippet
from search.query.tree import Node

_WRITER_MEMORY_BYTES = 50_000_000
_MOST_RESULTS = 10_000
_TITLES_READ_PER_SUGGESTION = 10
_SHOWN = ("id", "kind", "title", "citation", "paragraph", "url")


class EmbeddedBackend:
    """A full-text index in a folder, for one machine; it is made when it does not exist.

    Args:
        folder: holds nothing but this index; may be deleted and built again from the database.

    Raises:
        Unavailable: when the folder holds an index that this version cannot read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._schema = _schema()
        self._compiler = Compiler(self._schema)
        self._seen: tuple[int, int] | None = None
        folder.mkdir(parents=True, exist_ok=True)
        if Index.exists(str(folder)):
            self._index = _opened(self._schema, folder)
        else:
            with only_one(self._lock):
                self._index = _opened(self._schema, folder)

    def write(self, upserts: Sequence[Document], deletes: Sequence[str]) -> None:
        """All of it is in the index, or none of it; waits for any other writer to finish first."""
        with self._writer() as writer:
            for removed in deletes:
                writer.delete_documents_by_term("id", analysis.encodable(removed))
            for document in {document.id: document for document in upserts}.values():
                writer.delete_documents_by_term("id", analysis.encodable(document.id))
                writer.add_document(indexed(document))

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
        """The documents that match the tree, best first; none outside the scopes is shown or counted.

        Raises:
            InvalidInput: when a beginning of a word after other words (``fine-t*``) fits too many words.
        """
        began = time.perf_counter()
        searcher = self._searcher()
        query = self._compiler.within(
            self._compiler.compile(tree), scopes=scopes, kinds=kinds, without=without
        )
        wanted = max(0, min(limit, _MOST_RESULTS))
        try:
            found = searcher.search(query, limit=max(1, wanted), offset=max(0, offset))
        except ValueError as error:  # a phrase whose last word may go on in more ways than the engine follows
            raise InvalidInput(
                "Too many words begin with the letters before the asterisk.",
                remedy="Type more letters of the word.",
                field="query",
            ) from error
        marked = marked_by(tree)
        hits = tuple(_hit(searcher, score, address, marked) for score, address in found.hits[:wanted])
        return Results(_total(found), hits, (time.perf_counter() - began) * 1000)

    def suggest(
        self, prefix: str, *, scopes: frozenset[str], limit: int, without: frozenset[str] = frozenset()
    ) -> list[str]:
        """Titles, then words, that go on from what was typed; each occurs within the scopes."""
        tokens = analysis.tokens(prefix)
        if not tokens or limit < 1:
            return []
        searcher = self._searcher()
        titled = self._compiler.within(self._compiler.titled(tokens), scopes=scopes, without=without)
        suggestions = self._titles(searcher, tokens, titled, limit)
        kept = prefix[: analysis.start_of_last_token(prefix)].lstrip()
        before = [(Occur.Must, self._compiler.sequence("text", [token])) for token in tokens[:-1]]
        among = Query.boolean_query([(Occur.Must, Query.all_query()), *before])
        among = self._compiler.within(among, scopes=scopes, without=without)
        most = limit + len(analysis.STOPWORDS)
        for term, _ in searcher.terms_with_prefix("text", tokens[-1], among, most):
            if term != tokens[-1] and term not in analysis.STOPWORDS:
                suggestions.append(f"{kept}{term}")
        return suggestions[:limit]

    def count(self, *, scopes: frozenset[str] | None = None) -> int:
        """How many documents there are, in these scopes or in all."""
        searcher = self._searcher()
        if scopes is None:
            return searcher.num_docs
        query = self._compiler.within(Query.all_query(), scopes=scopes)
        return _total(searcher.search(query, limit=1))

    def ids(self) -> Iterator[str]:
        """The id of every document in the index, as it stands at the first step."""
        searcher = self._searcher()
        for _, address in searcher.search(Query.all_query(), limit=max(1, searcher.num_docs)).hits:
            yield str(searcher.doc(address).get_first("id"))

    def clear(self) -> None:
        """The index is empty."""
        with self._writer() as writer:
            writer.delete_all_documents()

    @property
    def _lock(self) -> Path:
        return self._folder / "writing.lock"

    @contextmanager
    def _writer(self) -> Iterator[IndexWriter]:
        with only_one(self._lock):
            writer = self._index.writer(_WRITER_MEMORY_BYTES, 1)
            try:
                yield writer
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()

    def _searcher(self) -> Searcher:
        try:
            state = (self._folder / "meta.json").stat()
        except FileNotFoundError:
            raise Unavailable(
                f"The search index in {self._folder} is missing.", remedy="Build the index again."
            ) from None
        seen = (state.st_mtime_ns, state.st_ino)
        if seen != self._seen:
            self._index.reload()
            self._seen = seen
        return self._index.searcher()

    def _titles(self, searcher: Searcher, tokens: list[str], query: Query, limit: int) -> list[str]:
        found = searcher.search(query, limit=limit * _TITLES_READ_PER_SUGGESTION).hits
        titles = dict.fromkeys(str(searcher.doc(address).get_first("title")) for _, address in found)
        return sorted(titles, key=lambda title: not _begins_with(title, tokens))[:limit]


def _begins_with(title: str, tokens: list[str]) -> bool:
    words = analysis.tokens(title)[: len(tokens)]
    return words[:-1] == tokens[:-1] and words[-1].startswith(tokens[-1])


def _opened(schema: Schema, folder: Path) -> Index:
    try:
        index = Index(schema, path=str(folder))
    except ValueError as error:
        raise Unavailable(
            f"The search index in {folder} cannot be read: {error}.",
            remedy="Delete that folder and build the index again.",
        ) from error
    index.register_tokenizer("exact", analysis.exact())
    index.register_tokenizer("stemmed", analysis.stemmed())
    index.register_tokenizer("verbatim", analysis.verbatim())
    index.config_reader("manual")
    return index


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in ("id", "url", "paragraph"):
        builder.add_text_field(name, stored=True, tokenizer_name="verbatim", index_option="basic")
    for name in ("scope", "kind_key", "part", "citation_key", "cited"):
        builder.add_text_field(name, tokenizer_name="verbatim", index_option="basic")
    for name in ("kind", "title", "text", "citation", "party"):
        builder.add_text_field(name, stored=True, tokenizer_name="exact")
    builder.add_text_field("court", tokenizer_name="exact")
    builder.add_text_field("title_stem", tokenizer_name="stemmed")
    builder.add_text_field("text_stem", tokenizer_name="stemmed")
    builder.add_integer_field("day", indexed=True, fast=True)
    return builder.build()


def _hit(searcher: Searcher, score: float, address: tantivy.DocAddress, marked: Marked) -> Hit:
    document = searcher.doc(address)
    stored = {name: str(document.get_first(name) or "") for name in _SHOWN}
    return Hit(**stored, score=float(score), snippet=snippet(str(document.get_first("text") or ""), marked))


def _total(found: SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]
