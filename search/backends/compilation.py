"""Query trees as tantivy queries."""

from tantivy import FieldType, Occur, Query, Schema

from search.backends import analysis
from search.query.tree import And, Citation, DateRange, Field, Node, Not, Or, Phrase, Prefix, Word

# A match in a case's name or citation outranks any match in running text: BM25 of one word in running text
# stays below 25 even in a hundred thousand paragraphs.
_EXACT_BOOSTS = {"text": 1.0, "title": 10.0, "citation": 12.0, "party": 8.0}
_TITLE_STEM_BOOST = 8.0
_TITLE_ORDER_BOOST = 20.0
_TEXT_ORDER_BOOST = 2.0
_THE_CASE_ITSELF = 2000.0
_ITS_PARAGRAPHS = 1000.0
_WHOLE_TITLED_SO = 15.0
_TIE_BREAKER = 0.1


class Compiler:
    """Turns trees into queries over one schema."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema

    def within(
        self,
        query: Query,
        *,
        scopes: frozenset[str],
        kinds: frozenset[str] | None = None,
        without: frozenset[str] = frozenset(),
    ) -> Query:
        """The same query within these scopes and kinds, less the documents named by id; scores unchanged."""
        allowed = [(Occur.Must, query), (Occur.Must, self._one_of("scope", scopes))]
        if without:
            allowed.append((Occur.MustNot, self._one_of("id", without)))
        if kinds is not None:
            allowed.append((Occur.Must, self._one_of("kind_key", kinds)))
        return Query.boolean_query(allowed)

    def compile(self, tree: Node) -> Query:
        """The query that finds what the tree describes."""
        match tree:
            case Word(text):
                return self._word(text)
            case Phrase(text):
                return self._in_exact_fields(analysis.tokens(text))
            case Prefix(text):
                return self._in_exact_fields(analysis.tokens(text), prefix=True)
            case Citation(text):
                return self._citation(text)
            case Field(name, value):
                return self.sequence(name, analysis.tokens(value.text), prefix=isinstance(value, Prefix))
            case DateRange():
                return self._dated(tree)
            case And(parts):
                return self._all_of(parts)
            case Or(parts):
                return Query.boolean_query([(Occur.Should, self.compile(part)) for part in parts])
            case Not(part):
                return Query.boolean_query([(Occur.Must, _everything()), (Occur.MustNot, self.compile(part))])

    def sequence(self, field: str, tokens: list[str], *, prefix: bool = False) -> Query:
        """These tokens side by side in a field of exact tokens; with ``prefix`` the last may go on."""
        if not tokens:
            return Query.empty_query()
        if prefix:
            # Tokens hold letters, marks, digits and the section sign only, so they are their own pattern.
            patterns = [*tokens[:-1], f"{tokens[-1]}.*"]
            if len(patterns) == 1:
                return Query.regex_query(self._schema, field, patterns[0])
            return Query.regex_phrase_query(self._schema, field, list[str | tuple[int, str]](patterns))
        if len(tokens) == 1:
            return Query.term_query(self._schema, field, tokens[0])
        return Query.phrase_query(self._schema, field, list[str | tuple[int, str]](tokens))

    def titled(self, tokens: list[str]) -> Query:
        """Documents whose titles hold these tokens in a row, the last as a beginning; whole ones first."""
        return self._boosted("title", tokens, prefix=True)

    def _one_of(self, field: str, values: frozenset[str]) -> Query:
        query = Query.term_set_query(self._schema, field, sorted(values)) if values else Query.empty_query()
        return Query.const_score_query(query, 0.0)

    def _word(self, text: str) -> Query:
        tokens = word_tokens(text)
        if len(tokens) != 1:
            return self._in_exact_fields(tokens)
        stem = analysis.stem(tokens[0])
        return Query.disjunction_max_query(
            [
                Query.term_query(self._schema, "text_stem", stem),
                Query.boost_query(Query.term_query(self._schema, "title_stem", stem), _TITLE_STEM_BOOST),
                *(self._boosted(field, tokens) for field in _EXACT_BOOSTS if field != "text"),
            ],
            _TIE_BREAKER,
        )

    def _in_exact_fields(self, tokens: list[str], *, prefix: bool = False) -> Query:
        return Query.disjunction_max_query(
            [self._boosted(field, tokens, prefix=prefix) for field in _EXACT_BOOSTS], _TIE_BREAKER
        )

    def _boosted(self, field: str, tokens: list[str], *, prefix: bool = False) -> Query:
        query = Query.boost_query(self.sequence(field, tokens, prefix=prefix), _EXACT_BOOSTS[field])
        if field != "title":
            return query
        # Every paragraph carries its case's name: who types the name means the case, not one of them.
        whole = Query.term_query(self._schema, "part", "whole")
        return Query.boolean_query(
            [(Occur.Must, query), (Occur.Should, Query.const_score_query(whole, _WHOLE_TITLED_SO))]
        )

    def _citation(self, text: str) -> Query:
        own = Query.term_query(self._schema, "citation_key", text)
        whole = Query.boolean_query(
            [(Occur.Must, own), (Occur.Must, Query.term_query(self._schema, "part", "whole"))]
        )
        return Query.disjunction_max_query(
            [
                Query.const_score_query(whole, _THE_CASE_ITSELF),
                Query.const_score_query(own, _ITS_PARAGRAPHS),
                Query.term_query(self._schema, "cited", text),
            ]
        )

    def _dated(self, days: DateRange) -> Query:
        # A document without a date has no day at all, so an open range leaves it out too.
        in_range = Query.range_query(
            self._schema,
            "day",
            FieldType.Integer,
            days.first.toordinal() if days.first else 1,
            days.last.toordinal() if days.last else None,
        )
        return Query.const_score_query(in_range, 0.0)

    def _all_of(self, parts: tuple[Node, ...]) -> Query:
        wanted = [part for part in parts if not isinstance(part, Not)]
        telling = [part for part in wanted if not _is_stopword(part)]
        clauses = [
            (Occur.Should if telling and _is_stopword(part) else Occur.Must, self.compile(part))
            for part in wanted
        ] or [(Occur.Must, _everything())]
        clauses += [(Occur.MustNot, self.compile(part.part)) for part in parts if isinstance(part, Not)]
        for run in _runs_of_words(parts):
            clauses.append((Occur.Should, Query.boost_query(self.sequence("title", run), _TITLE_ORDER_BOOST)))
            clauses.append((Occur.Should, Query.boost_query(self.sequence("text", run), _TEXT_ORDER_BOOST)))
        return Query.boolean_query(clauses)


def word_tokens(text: str) -> list[str]:
    """The exact tokens of a word, without the possessive ending."""
    tokens = analysis.tokens(text)
    return tokens[:-1] if len(tokens) > 1 and text[-2:].lower() in ("'s", "’s") else tokens


def _everything() -> Query:
    return Query.const_score_query(Query.all_query(), 0.0)


def _is_stopword(part: Node) -> bool:
    return isinstance(part, Word) and all(token in analysis.STOPWORDS for token in analysis.tokens(part.text))


def _runs_of_words(parts: tuple[Node, ...]) -> list[list[str]]:
    runs: list[list[str]] = [[]]
    for part in parts:
        if isinstance(part, Word):
            runs[-1].extend(analysis.tokens(part.text))
        else:
            runs.append([])
    return [run for run in runs if len(run) > 1]
