"""Law data against the shared research: everything covered, nothing copied, no doubt hidden."""

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jurisdictions.deadlines import load_pack

ROOT = Path(__file__).resolve().parents[3]
LAW = ROOT.parent / "shared" / "law"
RUN = 12

pytestmark = pytest.mark.skipif(not LAW.is_dir(), reason="the shared research (../shared/law) is not here")


def research(name: str) -> Any:
    return json.loads((LAW / name).read_text(encoding="utf-8"))


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def causes() -> dict[str, Any]:
    return {c["id"]: c for p in (ROOT / "jurisdictions/data/causes").glob("*.toml") for c in toml(p)["cause"]}


def authorities() -> dict[str, Any]:
    return {a["key"]: a for a in toml(ROOT / "authorities/data/ai-ip.toml")["authority"]}


def strings(value: Any, leave_out: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text inside a JSON or TOML value, fields named in ``leave_out`` excepted."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in leave_out:
                yield from strings(inner, leave_out)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, leave_out)


def runs(texts: Iterable[str]) -> dict[tuple[str, ...], str]:
    """Every run of twelve consecutive words, with its text."""
    found: dict[tuple[str, ...], str] = {}
    for text in texts:
        words = re.findall(r"[\w.&()\[\]/-]+", text.lower())
        for start in range(len(words) - RUN + 1):
            found[tuple(words[start : start + RUN])] = text
    return found


FACTS = frozenset({"name", "title", "citation", "authority", "source", "court", "date", "source_url"})


@pytest.mark.parametrize(
    ("name", "ours"),
    [
        ("precedents.json", lambda: authorities()),
        ("elements.json", lambda: causes()),
        ("deadlines.json", lambda: toml(ROOT / "jurisdictions/data/rules/ew-civil.toml")),
    ],
)
def test_no_sentence_is_copied(name: str, ours: Callable[[], dict[str, Any]]) -> None:
    theirs = runs(strings(research(name), FACTS))
    mine = runs(strings(ours(), FACTS - {"title"}))
    assert mine, "our texts are long enough to be compared"
    assert {mine[run] for run in mine.keys() & theirs.keys()} == set()


def test_every_authority_is_covered_and_no_doubt_is_hidden() -> None:
    source = research("precedents.json")
    rows = {row["id"]: row for row in source["precedents"] + source["statutes_guidance"]}
    ours = authorities()
    assert ours.keys() == rows.keys()
    assert [k for k, row in rows.items() if ours[k]["verified"] and not row["confirmed"]] == []


def test_every_cause_and_element_is_covered_and_no_doubt_is_hidden() -> None:
    ours = causes()
    rows = {row["id"]: row for row in research("elements.json")["causes"]}
    assert ours.keys() == rows.keys()
    for key, row in rows.items():
        for kind, named in (("elements", "element"), ("defences", "defence")):
            mine = ours[key].get(named, [])
            assert len(mine) == len(row[kind]), key
            for here, there in zip(mine, row[kind], strict=True):
                assert there["confirmed"] or not here["verified"], (key, here["text"])


def test_every_english_rule_is_encoded_or_says_why_not() -> None:
    rows = {row["id"]: row for row in research("deadlines.json")["rules"] if row["jurisdiction"] == "EW"}
    pack = load_pack()
    assert rows.keys() <= pack.rules.keys() | pack.not_encoded.keys()
    shared = rows.keys() & pack.rules.keys()
    assert [key for key in shared if pack.rules[key].verified and not rows[key]["confirmed"]] == []
    figures = {key for key in shared if isinstance(rows[key]["period"], int)}
    assert [key for key in figures if pack.rules[key].period != rows[key]["period"]] == []
