"""How long a search takes on ten thousand paragraphs, beside the bare engine on the same index.

Run it with ``python -m tests.bench.search``.
"""

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import tantivy

from authorities.importers.akoma_ntoso import read
from search.backends.base import Document
from search.backends.embedded import EmbeddedBackend
from search.query import parse

_JUDGMENTS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "judgments"
_ROUNDS = 3
_PUBLIC = frozenset({"public"})
_WORDS = (
    "the", "of", "to", "and", "costs", "appeal", "court", "claimant", "defendant", "judgment",
    "evidence", "model", "training", "copy", "infringement", "injunction", "contract", "trade",
    "mark", "jurisdiction", "service", "party",
)  # fmt: skip
_FLOOR_TERMS = ("cost", "appeal", "claimant", "evid", "court", "infring", "jurisdict", "judgment", "mark")
QUERIES = (
    "costs", "appeal", "infringement", "jurisdiction", "claimant", "skykick", "xylophone", "the",
    "costs appeal", "trade mark", "bad faith", "service out jurisdiction",
    "witness statement evidence", "the court of appeal", "burden of proof", "Google v Oracle",
    '"trade mark"', '"bad faith"', '"secondary infringement"', '"the court of appeal"',
    '"in the present case"', "injunct*", "train*", "juris*", "c*", "fine-tun*", "costs OR damages",
    "costs AND appeal NOT hearing", "appeal -costs", "NOT costs",
    "(costs OR damages) AND (claimant OR defendant)", "party:sky", 'court:"Supreme Court" appeal',
    "title:republic", "date:2020..2024 AND costs", "date:>2023-06-01", "kind:judgment evidence",
    "[2024] UKSC 36", "[2022] EWHC 2578 (Ch)", "§247", "No. 23-1732", "s.29A(1)(b)",
)  # fmt: skip


def measure(paragraphs: int = 10_000) -> dict[str, Any]:
    """Milliseconds at p50 and p95 of a fixed list of queries, snippets included, and the floor beside them.

    Args:
        paragraphs: how many documents the index holds; real judgments, repeated as often as it takes, or
            generated text where the judgments are absent.

    The floor is one bare term search for the ten best, without scope, snippets or stored fields;
    ``ratio`` is to it at p50.
    """
    documents, source = _corpus(paragraphs)
    with TemporaryDirectory() as folder:
        engine = EmbeddedBackend(Path(folder))
        began = time.perf_counter()
        engine.write(documents, [])
        index_seconds = time.perf_counter() - began
        ours = [_timed(partial(_search, engine, query)) for _ in range(_ROUNDS) for query in QUERIES]
        floor = _floor(Path(folder), len(ours))
    p50, floor_p50 = _quantile(ours, 50), _quantile(floor, 50)
    return {
        "paragraphs": len(documents),
        "corpus": source,
        "queries": len(QUERIES),
        "index_seconds": round(index_seconds, 3),
        "p50_ms": p50,
        "p95_ms": _quantile(ours, 95),
        "floor_p50_ms": floor_p50,
        "floor_p95_ms": _quantile(floor, 95),
        "ratio": round(p50 / floor_p50, 1),
    }


def _search(engine: EmbeddedBackend, query: str) -> None:
    engine.search(parse(query), scopes=_PUBLIC, limit=10, offset=0)


def _floor(folder: Path, times: int) -> list[float]:
    index = tantivy.Index.open(str(folder))
    searcher = index.searcher()
    queries = [tantivy.Query.term_query(index.schema, "text_stem", term) for term in _FLOOR_TERMS]
    return [_timed(partial(searcher.search, queries[turn % len(queries)], 10)) for turn in range(times)]


def _corpus(paragraphs: int) -> tuple[list[Document], str]:
    files = sorted(_JUDGMENTS.glob("*.xml"))
    real = [document for path in files for document in _documents(path)] if files else _generated(paragraphs)
    repeated = [replace(real[number % len(real)], id=str(number)) for number in range(paragraphs)]
    return repeated, "judgments" if files else "generated"


def _documents(path: Path) -> list[Document]:
    judgment = read(path)
    return [
        Document(
            id=f"{path.stem}#{part.anchor}",
            kind="judgment",
            scope="public",
            title=judgment.name,
            text=part.text,
            url=f"/{path.stem}#{part.anchor}",
            citation=judgment.neutral_citation,
            party=judgment.name,
            court=judgment.court,
            date=judgment.date,
            paragraph=part.number or part.anchor,
        )
        for part in judgment.paragraphs
    ]


def _generated(paragraphs: int) -> list[Document]:
    order = random.Random(7)  # noqa: S311 - a fixed order, not a secret
    commonness = [1 / rank for rank in range(1, len(_WORDS) + 1)]
    return [
        Document(
            id=str(number),
            kind="judgment",
            scope="public",
            title=f"Claimant {number // 100} v Defendant {number // 100}",
            text=" ".join(order.choices(_WORDS, commonness, k=order.randint(20, 160))),
            url=f"/{number}",
            citation=f"[2025] EWHC {number // 100} (Ch)",
            court="High Court",
            date=date(2015 + number % 10, 1, 1),
            paragraph=str(number % 100),
        )
        for number in range(paragraphs)
    ]


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def _quantile(milliseconds: list[float], percent: int) -> float:
    return round(statistics.quantiles(milliseconds, n=100)[percent - 1], 3)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(), indent=2) + "\n")
