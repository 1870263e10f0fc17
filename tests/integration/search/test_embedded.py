from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.errors import InvalidInput, Unavailable
from search.backends.base import Backend, Document, Hit
from search.backends.embedded import EmbeddedBackend
from search.query import parse

PUBLIC = frozenset({"public"})
MATTER = "case:7b1c"


def _document(number: str, text: str = "", **changed: object) -> Document:
    plain = Document(
        id=number, kind="judgment", scope="public", title="Untitled", text=text, url=f"/{number}"
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


DOCUMENTS = [
    _document("google", title="Google v Oracle", party="Google", citation="593 US 1", date=date(2021, 4, 5)),
    _document("oracle", title="Oracle v Google", party="Oracle", date=date(2018, 3, 27)),
    _document("howell", title="Howell v Crown", party="Howell"),
    _document("howells", title="Howells v Crown", party="Howells"),
    _document(
        "getty",
        title="Getty Images v Stability AI",
        citation="[2025] EWHC 2863 (Ch)",
        court="Chancery Division of the High Court",
        date=date(2025, 11, 4),
    ),
    _document(
        "getty-45",
        "The claim for secondary infringement fails: the model stores no copy, as was said in Google.",
        title="Getty Images v Stability AI",
        citation="[2025] EWHC 2863 (Ch)",
        paragraph="45",
        date=date(2025, 11, 4),
    ),
    _document("citing", "See [2025]EWHC 2863 (Ch) on infringement that is secondary to use."),
    _document("statute", "A fair use under § 247 of the Act, docket No. 23-1732."),
    _document("stop", "To be or not to be injuncted; injunctions were refused."),
    _document(
        "secret", "The Zephyrine training run.", scope=MATTER, kind="exhibit", title="Zephyrine training logs"
    ),
    _document("hidden", "Zephyrine again.", scope="case:other", kind="exhibit", title="Zephyrine notes"),
]


@pytest.fixture
def engine(tmp_path: Path) -> EmbeddedBackend:
    backend = EmbeddedBackend(tmp_path / "index")
    backend.write(DOCUMENTS, [])
    return backend


def _find(engine: Backend, query: str, scopes: Iterable[str] = PUBLIC, **more: object) -> list[Hit]:
    options = {"limit": 20, "offset": 0, **more}
    results = engine.search(parse(query), scopes=frozenset(scopes), **options)  # type: ignore[arg-type]
    if "limit" not in more:
        assert results.total == len(results.hits)
    return list(results.hits)


def _ids(engine: Backend, query: str, scopes: Iterable[str] = PUBLIC) -> set[str]:
    return {hit.id for hit in _find(engine, query, scopes)}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("storing", {"getty-45"}),
        ('"secondary infringement"', {"getty-45"}),
        ("secondary infringement", {"getty-45", "citing"}),
        ('"to be or not to be"', {"stop"}),
        ('"to be not to be"', set()),
        ("injunct*", {"stop"}),
        ("injunction", {"stop"}),
        ('"injunction"', set()),
        ("§247", {"statute"}),
        ("§ 247", {"statute"}),
        ("No. 23-1732", {"statute"}),
        ("23-17*", {"statute"}),
        ("title:Howell", {"howell"}),
        ("party:Howell", {"howell"}),
        ("title:Howell*", {"howell", "howells"}),
        ("Howell", {"howell"}),
        ("infringement NOT Google", {"citing"}),
        ("infringement -secondary", set()),
        ("(storing OR injunctions) NOT refused", {"getty-45"}),
        ('court:"High Court"', {"getty"}),
        ("date:2025", {"getty", "getty-45"}),
        ("date:2018..2021-04", {"google", "oracle"}),
        ("date:>2021-04-05 kind:judgment", {"getty", "getty-45"}),
        ("date:<2019", {"oracle"}),
        ("citation:593", {"google"}),
        ("[2025] ewhc 2863 (ch)", {"getty", "getty-45", "citing"}),
        ("the storing of copies", {"getty-45"}),
    ],
)
def test_queries_find_what_they_say(engine: EmbeddedBackend, query: str, found: set[str]) -> None:
    assert _ids(engine, query) == found


def test_not_alone_finds_everything_else(engine: EmbeddedBackend) -> None:
    everything = {document.id for document in DOCUMENTS if document.scope == "public"}
    assert _ids(engine, "NOT infringement") == everything - {"getty-45", "citing"}


def test_a_case_name_in_its_order_comes_first(engine: EmbeddedBackend) -> None:
    assert [hit.id for hit in _find(engine, "Google v Oracle")] == ["google", "oracle"]
    assert [hit.id for hit in _find(engine, "Oracle v Google")] == ["oracle", "google"]


def test_names_rank_over_running_text(engine: EmbeddedBackend) -> None:
    assert [hit.id for hit in _find(engine, "Google")][-1] == "getty-45"


def test_a_citation_puts_the_case_first_then_its_paragraphs_then_mentions(engine: EmbeddedBackend) -> None:
    assert [hit.id for hit in _find(engine, "[2025] EWHC 2863 (Ch)")] == ["getty", "getty-45", "citing"]


def test_a_hit_shows_where_it_matched(engine: EmbeddedBackend) -> None:
    (hit,) = _find(engine, '"secondary infringement"')
    assert hit.snippet.startswith("The claim for <mark>secondary infringement</mark> fails")
    assert (hit.paragraph, hit.url, hit.citation) == ("45", "/getty-45", "[2025] EWHC 2863 (Ch)")


@pytest.mark.parametrize(
    "query", ["Zephyrine", "Zeph*", '"zephyrine training"', "NOT costs", "kind:exhibit", "title:logs"]
)
def test_a_document_outside_the_scopes_never_shows(engine: EmbeddedBackend, query: str) -> None:
    assert not {"secret", "hidden"} & _ids(engine, query)
    assert "hidden" not in _ids(engine, query, {"public", MATTER})
    assert "secret" in _ids(engine, query, {"public", MATTER})
    assert not _ids(engine, query, ())


def test_counts_and_suggestions_stay_within_the_scopes(engine: EmbeddedBackend) -> None:
    assert engine.suggest("zeph", scopes=PUBLIC, limit=5) == []
    assert engine.suggest("zeph", scopes=frozenset({MATTER}), limit=5) == [
        "Zephyrine training logs",
        "zephyrine",
    ]
    assert engine.count() == len(DOCUMENTS)
    assert engine.count(scopes=PUBLIC) == len(DOCUMENTS) - 2
    assert engine.count(scopes=frozenset()) == 0


def test_suggestions_complete_titles_then_words(engine: EmbeddedBackend) -> None:
    assert engine.suggest("gett", scopes=PUBLIC, limit=5) == ["Getty Images v Stability AI"]
    assert engine.suggest("secondary inf", scopes=PUBLIC, limit=5) == ["secondary infringement"]
    assert engine.suggest("  ", scopes=PUBLIC, limit=5) == []


def test_kinds_and_pages_of_results(engine: EmbeddedBackend) -> None:
    both = frozenset({"public", MATTER})
    exhibits = engine.search(parse("NOT costs"), scopes=both, limit=5, offset=0, kinds=frozenset({"exhibit"}))
    assert [hit.id for hit in exhibits.hits] == ["secret"]
    pages = [_find(engine, "NOT costs", limit=4, offset=offset) for offset in (0, 4, 8)]
    assert [len(page) for page in pages] == [4, 4, 1]
    assert len({hit.id for page in pages for hit in page}) == 9
    assert engine.search(parse("NOT costs"), scopes=PUBLIC, limit=0, offset=0).total == 9


def test_writing_again_replaces_and_deleting_removes(engine: EmbeddedBackend) -> None:
    engine.write([replace(DOCUMENTS[-2], text="Now about quartz.", title="Quartz")], ["hidden", "unknown"])
    assert _ids(engine, "zephyrine", {MATTER, "case:other"}) == set()
    assert _ids(engine, "quartz", {MATTER}) == {"secret"}
    assert engine.suggest("zeph", scopes=frozenset({MATTER, "case:other"}), limit=5) == []
    assert sorted(engine.ids()) == sorted(document.id for document in DOCUMENTS if document.id != "hidden")


def test_two_open_engines_see_each_other_s_writing(engine: EmbeddedBackend, tmp_path: Path) -> None:
    other = EmbeddedBackend(tmp_path / "index")
    other.write([_document("new", "quartz")], [])
    assert _ids(engine, "quartz") == {"new"}
    engine.write([], ["new"])
    assert _ids(other, "quartz") == set()
    other.clear()
    assert engine.count() == 0
    assert list(engine.ids()) == []


def test_a_beginning_that_fits_too_many_words_is_answered_in_words(engine: EmbeddedBackend) -> None:
    engine.write([_document("many", " ".join(f"x c{number}" for number in range(17_000)))], [])
    assert _ids(engine, "c*") >= {"many"}
    assert _ids(engine, "x-c1699*") == {"many"}
    with pytest.raises(InvalidInput, match="Type more letters"):
        _find(engine, "x-c*")


def test_an_index_that_cannot_be_read_says_how_to_get_a_new_one(
    engine: EmbeddedBackend, tmp_path: Path
) -> None:
    (tmp_path / "index" / "meta.json").write_text("{}")
    with pytest.raises(Unavailable, match="Delete that folder"):
        EmbeddedBackend(tmp_path / "index")
    (tmp_path / "index" / "meta.json").unlink()
    with pytest.raises(Unavailable, match="Build the index again"):
        engine.count()
