"""A campaign in made logs stands on top; ordinary use has nothing pointed out."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.logs import analyse, words
from comparison.logs.accounts import quiet_share
from comparison.logs.analyse import LOCK
from comparison.logs.errors import LogsUnreadable
from comparison.logs.groups import LIMITS
from comparison.logs.record import read_log_record
from core.errors import Conflict
from core.locks import if_free
from tests.bench.api_logs import Made, write_logs, write_samples

SIZE = 15_000


def specified(folder: Path, *, samples: bool) -> Path:
    published = '[samples]\nfile = "samples.jsonl"\n' if samples else ""
    (folder / "spec.toml").write_text(f'[logs]\ntitle = "Logs"\nfile = "logs.jsonl"\n{published}')
    return folder / "spec.toml"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Made, list[int], dict[str, Any]]:
    """A folder with logs that hold a campaign, what was made, which samples were taken, and the record."""
    folder = tmp_path_factory.mktemp("logs")
    made = write_logs(folder / "logs.jsonl", SIZE, seed=11, campaign=0.25)
    taken = write_samples(folder / "samples.jsonl", made, 600, seed=11, taken=0.3)
    told: list[tuple[int, int, str]] = []
    record = analyse(
        specified(folder, samples=True), folder / "out", progress=lambda *step: told.append(step)
    )
    assert [done for done, _, _ in told] == list(range(6))
    return folder, made, taken, record


Run = tuple[Path, Made, list[int], dict[str, Any]]


def test_the_accounts_of_the_campaign_are_ranked_on_top(run: Run) -> None:
    folder, made, _, record = run
    with (folder / "out" / "accounts.csv").open(encoding="utf-8") as file:
        ranked = [row["account"] for row in csv.DictReader(file)]
    assert sorted(ranked[: len(made.campaign)]) == made.campaign
    assert len(ranked) == record["accounts"]
    assert record["groups"][0]["marks"] == list(LIMITS)
    assert [len(group["marks"]) == len(LIMITS) for group in record["groups"]].count(True) == 1
    assert record["exchanges"] == made.exchanges
    assert "bear all 6 marks" in words.report(record)


def test_the_templates_stand_in_the_record_with_what_varies_masked(run: Run) -> None:
    record = run[3]
    texts = {row["number"]: row["text"] for row in record["templates"]}
    shown = [texts[number] for number in record["groups"][0]["templates"][:3]]
    assert any(text.startswith("You are an experienced annotator of conversations.") for text in shown)
    assert all("…" in text for text in shown)


def test_each_figure_stands_beside_all_other_accounts(run: Run) -> None:
    record = run[3]
    for group in record["groups"]:
        for name, figures in group["beside"].items():
            counts = record["measures"][name]["counts"]
            known = sum(counts) - sum(figures["members"])
            assert figures["others"] == known
            assert figures["beyond"] is None or 0 <= figures["beyond"] <= known
            assert all(own <= whole for own, whole in zip(figures["members"], counts, strict=True))
    assert record["groups"][0]["beside"]["quiet"]["value"] > record["groups"][0]["beside"]["quiet"]["median"]
    assert sum(record["hours"]) == sum(count for _, count in record["days"]) == record["exchanges"]


def test_samples_taken_from_the_outputs_are_found_and_no_others(run: Run) -> None:
    folder, made, taken, record = run
    with (folder / "out" / "duplicates.csv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file))
    found = {int(pair["sample_line"]) for pair in pairs}
    assert found <= set(taken)
    assert len(found) > 0.9 * len(taken)
    assert {pair["account"] for pair in pairs} <= set(made.campaign)
    exact = _exactly_alike(folder, 0.7)
    assert {(int(pair["line"]), int(pair["sample_line"])) for pair in pairs} == exact
    repeated = record["duplicates"]["compared"]["repeated_samples"]
    assert 0 <= len(found) - record["duplicates"]["samples"] <= repeated
    assert record["duplicates"]["groups"][0]["outputs"] == record["duplicates"]["outputs"]


def _exactly_alike(folder: Path, least: float) -> set[tuple[int, int]]:
    """Every pair of at least this similarity, by comparing all with all that share a run."""
    outputs, samples = (
        [
            _runs(json.loads(line)["output"])
            for line in (folder / name).read_text(encoding="utf-8").splitlines()
        ]
        for name in ("logs.jsonl", "samples.jsonl")
    )
    by_run: dict[tuple[str, ...], list[int]] = {}
    for line, runs in enumerate(outputs, start=1):
        for run in runs:
            by_run.setdefault(run, []).append(line)
    pairs = set()
    for line, runs in enumerate(samples, start=1):
        for other in {one for run in runs for one in by_run.get(run, [])}:
            theirs = outputs[other - 1]
            if min(len(runs), len(theirs)) >= 12 and len(runs & theirs) / len(runs | theirs) >= least:
                pairs.add((other, line))
    return pairs


def _runs(text: str) -> set[tuple[str, ...]]:
    parts = text.lower().split()
    return {tuple(parts[at : at + 5]) for at in range(len(parts) - 4)}


@pytest.mark.parametrize("seed", range(3))
def test_in_ordinary_use_nothing_is_pointed_out(tmp_path: Path, seed: int) -> None:
    write_logs(tmp_path / "logs.jsonl", SIZE, seed=seed)
    record = analyse(specified(tmp_path, samples=False), tmp_path / "out")
    assert all(len(group["marks"]) < len(LIMITS) for group in record["groups"])
    assert record["groups"], "ordinary use has groups, too: applications and firms with several keys"
    assert words.headline(record).startswith("No group of accounts bears all")


def test_an_analysis_is_kept_and_the_working_copy_is_not(run: Run) -> None:
    folder = run[0]
    names = sorted(path.name for path in (folder / "out").iterdir())
    assert names == ["accounts.csv", "duplicates.csv", "left-out.jsonl", "logs.json"]
    with pytest.raises(Conflict, match="holds an analysis already"):
        analyse(folder / "spec.toml", folder / "out")


def small(folder: Path, **changes: Any) -> Path:
    row = {"account": "a", "time": 1, "prompt": "Say it", "output": "It"} | changes
    (folder / "logs.jsonl").write_text(json.dumps(row))
    return specified(folder, samples=False)


def test_what_a_killed_analysis_left_is_gone_and_no_two_write_to_one_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "working-killed").mkdir(parents=True)
    (out / "working-killed" / "logs.duckdb").write_text("what was logged")
    for name in ("duplicates.csv", "left-out.jsonl"):
        (out / name).write_text("of another analysis")
    (out / "working-papers").mkdir()
    with if_free(out / LOCK), pytest.raises(Conflict, match="Another analysis"):
        analyse(small(tmp_path), out)
    analyse(small(tmp_path), out)
    assert sorted(path.name for path in out.iterdir()) == [
        "accounts.csv", "left-out.jsonl", "logs.json", "working-papers",
    ]  # fmt: skip


def test_a_record_cut_short_by_a_kill_does_not_pass_for_an_analysis(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_text

    def killed(path: Path, text: str, **how: Any) -> int:
        write(path, text[:40], **how)
        raise KeyboardInterrupt

    spec = small(tmp_path)
    monkeypatch.setattr(Path, "write_text", killed)
    with pytest.raises(KeyboardInterrupt):
        analyse(spec, tmp_path / "out")
    monkeypatch.undo()
    assert analyse(spec, tmp_path / "out")["exchanges"] == 1


def test_a_record_is_taken_whatever_its_accounts_are_called(tmp_path: Path) -> None:
    record = analyse(small(tmp_path, account="a" * 400), tmp_path / "out")
    assert record["ranked"][0]["account"] == "a" * 299 + "…"
    assert "a" * 400 in (tmp_path / "out" / "accounts.csv").read_text()
    assert read_log_record((tmp_path / "out" / "logs.json").read_bytes())["exchanges"] == 1


def test_samples_of_which_no_text_is_found_are_refused(tmp_path: Path) -> None:
    small(tmp_path)
    (tmp_path / "samples.jsonl").write_text('{"text": "It"}\n')
    with pytest.raises(LogsUnreadable, match="None of the files of samples holds the field output"):
        analyse(specified(tmp_path, samples=True), tmp_path / "out")


def test_the_same_logs_give_the_same_record(run: Run, tmp_path: Path) -> None:
    folder, _, _, record = run
    assert analyse(folder / "spec.toml", tmp_path / "out") == record


def test_quiet_hours_are_found_around_midnight() -> None:
    by_day = np.zeros((2, 24), dtype=np.int64)
    by_day[0, 3:21] = 10
    by_day[1] = 10
    assert quiet_share(by_day).tolist() == [0.0, 0.25]
