from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import And, Citation, Not, Or, Phrase, Prefix, QueryError, Word, as_text, parse
from search.query.tree import Node

_PIECES = st.sampled_from(
    [
        "AND", "OR", "NOT", "(", ")", '"', "“", "”", "*", "-", ":", "date:", "party:", "kind:", "..", ">",
        "2025", "2025-02-30", "[2025] EWHC 2863 (Ch)", "[2024", "UKSC", "36]", "§247", "costs", "a*", " ",
        "\n", "\x00", "é", "深圳", "ECLI:", "http://x", "'s", "\u00a0", "\ud800",
    ]
)  # fmt: skip
_RUNS = st.lists(_PIECES, max_size=14)


def _problem(text: str) -> QueryError | None:
    try:
        return None if as_text(parse(text)) else QueryError("Nothing was read", remedy="", position=0)
    except QueryError as error:
        return error


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=80), _RUNS.map("".join), _RUNS.map(" ".join)))
def test_any_text_is_a_query_or_a_query_error(text: str) -> None:
    problem = _problem(text)
    if problem:
        assert problem.remedy
        assert 1 <= problem.position <= max(1, len(text) + 1)


_WORDS = st.text(alphabet="abcdefghij", min_size=1, max_size=8)
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    _WORDS.map(Word),
    _WORDS.map(Prefix),
    st.lists(_WORDS, min_size=1, max_size=3).map(" ".join).map(Phrase),
    st.integers(1, 9999).map(lambda number: Citation(f"[2025] EWHC {number} (Ch)")),
)


def _written(tree: Node) -> str:
    match tree:
        case Word(text) | Citation(text):
            return text
        case Prefix(text):
            return f"{text}*"
        case Phrase(text):
            return f'"{text}"'
        case Not(part):
            return f"NOT ({_written(part)})"
        case And(parts):
            return " ".join(f"({_written(part)})" for part in parts)
        case Or(parts):
            return " OR ".join(f"({_written(part)})" for part in parts)
        case _:
            raise AssertionError(tree)


_TREES = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(And),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Or),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(_TREES)
def test_a_tree_written_out_is_read_back_the_same(tree: Node) -> None:
    assert parse(_written(tree)) == tree
