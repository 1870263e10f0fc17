"""Every measurement runs at a tiny size and answers in the shape that the closing note quotes."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench import __main__ as bench
from tests.bench import bundle, checking, comparison, intake, pages, search, site
from tests.bench.intake_documents import mixed


@pytest.fixture(autouse=True)
def _leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever a measurement puts into the folder of temporary files is gone when it ends."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield
    assert list(tmp_path.iterdir()) == []


def test_documents_are_the_same_every_time_and_of_every_kind() -> None:
    first, again = mixed(10), mixed(10)
    endings = {Path(name).suffix for name, _ in first}
    assert endings == {".pdf", ".txt", ".eml", ".html", ".docx"}
    assert first == again
    assert not {content for _, content in mixed(10, 10)} & {content for _, content in first}


def test_intake_tells_rates_steps_and_floor() -> None:
    measured = intake.measure(documents=2)
    assert measured["documents"] == 2
    assert measured["pages"] > 3  # the PDF has three
    assert sum(measured["steps"].values()) == pytest.approx(1, abs=0.01)
    assert set(measured["steps"]) >= {"convert", "read", "picture", "entities", "rest"}
    assert set(measured["convert_ms"]) == {"PDF document", "plain text"}
    assert measured["documents_per_second"] < measured["floor_documents_per_second"]
    assert measured["ratio"] > 1
    assert measured["two_workers"]["documents_per_second"] > 0


def test_pages_tell_time_queries_and_floor_and_name_the_one_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = pages._addresses

    def with_a_missing_one(rows: dict[str, str], filings: int) -> dict[str, str]:
        return {**sound(rows, filings), "missing": "/matters/nowhere/"}

    monkeypatch.setattr(pages, "_addresses", with_a_missing_one)
    measured = pages.measure(filings=60, requests=2)
    each = measured["each"]
    assert measured["failed"] == ["missing"], {name: each[name] for name in measured["failed"]}
    assert "HTTP 404" in each.pop("missing")["failed"]
    assert {"matters", "overview", "docket", "filing", "exhibits", "search", "ledger"} <= set(each)
    for page in each.values():
        assert 0 < page["p50_ms"] <= page["p95_ms"]
        assert page["queries"] > 0
    assert measured["worst_p95_ms"] == max(page["p95_ms"] for page in each.values())
    assert measured["floor"]["p50_ms"] > 0


def test_search_stands_beside_its_floor() -> None:
    measured = search.measure(paragraphs=50)
    assert measured["paragraphs"] == 50
    assert 0 < measured["p50_ms"] <= measured["p95_ms"]
    assert 0 < measured["floor_p50_ms"] <= measured["floor_p95_ms"]
    assert measured["ratio"] > 0


def test_bundle_stands_beside_qpdf() -> None:
    measured = bundle.measure(documents=2, pages=4, runs=1, many=0)
    assert measured["build"]["passed"]
    assert measured["named_links_kept"] == "2000 of 2000"
    assert measured["kept"]["after_one_insertion"]["pages"] == measured["kept"]["first"]["pages"] + 3
    assert measured["pages"] > 4
    assert measured["qpdf"]["seconds"] > 0
    assert measured["ratio"] > 0


def test_only_the_named_parts_are_measured_and_only_json_is_printed() -> None:
    refused = subprocess.run(
        [sys.executable, "-m", "tests.bench", "weather"], cwd=site.PROJECT, capture_output=True, text=True
    )
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "intake" in refused.stderr
    machine = bench.machine()
    assert machine["cores"] >= 1
    assert machine["memory_mib"] > 100


def test_the_check_of_a_bundle_is_measured_beside_reading_its_text() -> None:
    measured = checking.measure(documents=2, pages=6)
    assert measured["pages"] > 6
    assert set(measured["ratio"]) == set(checking.PROFILES)
    assert min(measured["ratio"].values()) > 0


def test_reading_weights_and_match_stand_beside_their_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "WORKER", False)
    measured = comparison.measure(mib=16, neurons=(64,))
    assert measured["streaming"]["plain_read_gb_s"] > 0
    assert min(measured["streaming"]["share_of_plain"].values()) > 0
    assert measured["match"]["64"]["ratio"]["independent"] > 0
    assert "PyTorch" in measured["left_out"]
