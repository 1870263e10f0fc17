import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.backends.base import Document
from search.backends.embedded import EmbeddedBackend
from search.query import QueryError, parse

_WORDS = [
    "costs", "AND", "OR", "NOT", "-the", '"bad faith"', "tra*", "§247", "23-1732", "[2024] UKSC 36", "(", ")",
    "date:2024", "date:<1900", "party:sky", "kind:judgment", "x" * 300, "a-b*", "深圳*", "'s", "\ud800b",
]  # fmt: skip


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedBackend:
    folder: Path = tmp_path_factory.mktemp("index")
    engine = EmbeddedBackend(folder)
    texts = [
        "costs of bad faith",
        "training § 247 in No. 23-1732",
        "[2024] UKSC 36 on <b>costs</b>",
        "\ud800 深圳白云",
    ]
    engine.write(
        [
            Document(
                f"{scope}-{number}", "judgment", scope, "Sky v SkyKick", text, "/", "[2024] UKSC 36", "Sky"
            )
            for number, text in enumerate(texts)
            for scope in ("public", "case:secret")
        ],
        [],
    )
    return engine


@settings(max_examples=250, deadline=None)
@given(
    st.one_of(st.text(max_size=40), st.lists(st.sampled_from(_WORDS), min_size=1, max_size=7).map(" ".join))
)
def test_any_query_that_parses_is_answered_within_its_scope(backend: EmbeddedBackend, text: str) -> None:
    for suggestion in backend.suggest(text, scopes=frozenset({"public"}), limit=3):
        assert suggestion
    try:
        tree = parse(text)
    except QueryError:
        return
    results = backend.search(tree, scopes=frozenset({"public"}), limit=10, offset=0)
    assert results.total == len(results.hits)
    for hit in results.hits:
        assert hit.id.startswith("public-")
        assert "<" not in re.sub("</?mark>", "", hit.snippet)
    assert backend.search(tree, scopes=frozenset(), limit=10, offset=0).total == 0
