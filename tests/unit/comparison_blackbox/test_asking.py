"""A model is asked within its budget, whatever its server does, and everything stands in the transcript."""

import json
import math
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.blackbox.answering import write_answers
from comparison.blackbox.asking import Asking, read_asking
from comparison.blackbox.client import LOCK, Outcome, ask, retry_after
from comparison.blackbox.errors import AskingInvalid, EndpointRefused
from comparison.blackbox.transcript import FILE, Transcript, read_entries
from comparison.evaluation.answers import read_answers
from core.errors import Conflict
from core.locks import if_free
from tests.factories.model_server import model_server

KEY = "sk-very-secret"


def asking(
    folder: Path,
    url: str,
    *,
    prompts: int = 4,
    budget: str = "requests = 100",
    pace: str = "",
    kind: str = "chat",
) -> Asking:
    rows = [{"prompt": f"Question {n}" if kind == "chat" else [n + 1, n + 2, n + 3]} for n in range(prompts)]
    (folder / "prompts.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    request = "" if kind == "chat" else "logprobs = 3\necho = true\n"
    (folder / "spec.toml").write_text(
        f'[endpoint]\nurl = "{url}"\nkind = "{kind}"\nmodel = "suspect"\nkey = "SUSPECT_KEY"\n'
        "max_tokens = 20\n"
        f'[prompts]\nfile = "prompts.jsonl"\n[request]\n{request}[budget]\n{budget}\n'
        f"[pace]\na_minute = 100000\nwait = 0.01\nattempts = 3\ntimeout = 0.4\n{pace}"
    )
    return read_asking(folder / "spec.toml")


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUSPECT_KEY", KEY)


def counts(outcome: Outcome) -> tuple[int, int, int, int]:
    return outcome.answered, outcome.refused, outcome.failed, outcome.left


def test_every_prompt_is_asked_in_order_and_stands_word_for_word(tmp_path: Path) -> None:
    with model_server() as served:
        outcome = ask(asking(tmp_path, served.url), tmp_path / "out")
    assert counts(outcome) == (4, 0, 0, 0)
    assert [body["messages"][0]["content"] for body in served.asked] == [f"Question {n}" for n in range(4)]
    assert set(served.authorisations) == {f"Bearer {KEY}"}
    entries = list(read_entries(tmp_path / "out" / FILE))
    assert [entry["kind"] for entry in entries] == ["begun", *["sent", "answered"] * 4]
    assert json.loads(entries[1]["request"]) == served.asked[0]
    assert json.loads(entries[2]["answer"])["choices"][0]["message"]["content"] == "To Question 0"
    assert (outcome.cost.requests, outcome.cost.tokens) == (4, 4 * 12)


@pytest.mark.parametrize("deed", ["429", "500", "slow", "drip", "cut", "html", "empty", "hangup", "redirect"])
def test_each_failure_is_tried_again_and_told(tmp_path: Path, deed: str) -> None:
    with model_server([deed]) as served:
        outcome = ask(asking(tmp_path, served.url, prompts=1), tmp_path / "out")
    assert counts(outcome) == (1, 0, 0, 0)
    assert len(served.asked) == 2
    answers = [entry for entry in read_entries(tmp_path / "out" / FILE) if entry["kind"] == "answered"]
    assert answers[0]["problem"]
    assert not answers[1]["problem"]
    assert outcome.cost.requests == 2


def test_the_key_never_stands_in_the_transcript_even_when_the_server_repeats_it(tmp_path: Path) -> None:
    with model_server(["500"]) as served:
        ask(asking(tmp_path, served.url), tmp_path / "out")
    content = (tmp_path / "out" / FILE).read_text()
    assert KEY not in content
    assert "refused Bearer [key]" in content
    assert list(read_entries(tmp_path / "out" / FILE))


@pytest.mark.parametrize("key", ["sk/very/secret", 'sk"very\\secret'])
def test_the_key_is_hidden_however_json_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SUSPECT_KEY", key)
    written = json.dumps(key)[1:-1]
    transcript = Transcript(tmp_path / FILE, key)
    transcript.write({"kind": "answered", "answer": f"{key} {written} " + written.replace("/", r"\/")})
    assert [entry["answer"] for entry in read_entries(tmp_path / FILE)] == ["[key] [key] [key]"]


def test_an_error_does_not_tell_the_key_that_a_server_repeats(tmp_path: Path) -> None:
    with model_server(["401"]) as served, pytest.raises(EndpointRefused) as refusal:
        ask(asking(tmp_path, served.url), tmp_path / "out")
    assert KEY not in str(refusal.value)
    assert "refused Bearer [key]" in str(refusal.value)


@pytest.mark.parametrize("key", ["1", "sent", "EMPTY", "sk-two\nlines-of-it", "sk-clé-of-letters"])
def test_what_can_be_no_key_is_refused_before_anything_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("SUSPECT_KEY", key)
    with model_server() as served:
        with pytest.raises(AskingInvalid, match="SUSPECT_KEY holds no key") as refusal:
            ask(asking(tmp_path, served.url), tmp_path / "out")
        assert not served.asked
    assert "sk-" not in str(refusal.value)


def test_no_two_processes_spend_one_budget(tmp_path: Path) -> None:
    with model_server() as served:
        spec = asking(tmp_path, served.url)
        with if_free(tmp_path / "out" / LOCK), pytest.raises(Conflict, match="Another process is asking"):
            ask(spec, tmp_path / "out")
        assert not served.asked
        assert counts(ask(spec, tmp_path / "out")) == (4, 0, 0, 0)


def test_the_wait_counts_for_the_next_prompt_too(tmp_path: Path) -> None:
    with model_server(["429:1"]) as served:
        spec = asking(tmp_path, served.url, prompts=2)
        outcome = ask(replace(spec, pace=replace(spec.pace, attempts=1)), tmp_path / "out")
    assert counts(outcome) == (1, 0, 1, 0)
    first, second = (entry for entry in read_entries(tmp_path / "out" / FILE) if entry["kind"] == "sent")
    assert datetime.fromisoformat(second["at"]) - datetime.fromisoformat(first["at"]) >= timedelta(seconds=1)


@pytest.mark.parametrize(
    ("answer", "ended"),
    [
        ({"choices": ["x"]}, "failed"),
        ({"choices": [None]}, "failed"),
        ({"choices": [{"message": {"content": "cut \ud83d"}}]}, "answered"),
        ({"choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": 10**400}}, "answered"),
    ],
)
def test_a_strange_answer_ends_as_one_and_the_others_are_written(
    tmp_path: Path, answer: dict[str, Any], ended: str
) -> None:
    budget = "requests = 9\nmoney = 1.0\nprice_in = 1\nprice_out = 1"
    with model_server([json.dumps(answer)] * 6) as served:
        spec = asking(tmp_path, served.url, prompts=2, budget=budget)
        outcome = ask(spec, tmp_path / "out")
    assert getattr(outcome, ended) == 2
    write_answers(spec, list(read_entries(tmp_path / "out" / FILE)), tmp_path / "out")
    assert read_answers(tmp_path / "out" / "answers.jsonl").replies is not None


@pytest.mark.parametrize(
    ("part", "value", "left"),
    [
        ("token_logprobs", [None, -math.inf, -1], [None, -1]),
        ("token_logprobs", [None, math.nan, -1], [None, -1]),
        ("token_logprobs", [None, "-2", -1], [None, -1]),
        ("token_logprobs", [None, 0.5, -(10**400)], [None, None]),
        ("top_logprobs", [None, {"b": -1}], [-2, -1]),
        ("top_logprobs", [None, [{"token": "b"}], None], [-2, -1]),
        ("top_logprobs", [None, {"b": math.nan}, {"token_id:7": "x"}], [-2, -1]),
        ("tokens", [{"id": 1}, {"id": 2}, {"id": 3}], None),
    ],
)
def test_log_probabilities_that_are_none_leave_the_others(
    tmp_path: Path, part: str, value: list[Any], left: list[float | None] | None
) -> None:
    given = {
        "tokens": ["a", "b", "c"], "token_logprobs": [None, -2, -1],
        "top_logprobs": [None, {"b": -2}, {"c": -1}],
    }  # fmt: skip
    answer = {"choices": [{"text": "x", "logprobs": given | {part: value}}]}
    with model_server([json.dumps(answer)]) as served:
        spec = asking(tmp_path, served.url, prompts=1, kind="completions")
        ask(spec, tmp_path / "out")
    write_answers(spec, list(read_entries(tmp_path / "out" / FILE)), tmp_path / "out")
    observed = read_answers(tmp_path / "out" / "answers.jsonl")
    assert observed.replies is not None
    if left is None:
        assert observed.logprobs is None
    else:
        assert observed.logprobs is not None
        assert [None if np.isnan(one) else one for one in observed.logprobs[0]] == left


def test_the_wait_that_a_server_asks_for_is_kept(tmp_path: Path) -> None:
    with model_server(["429:1"]) as served:
        ask(asking(tmp_path, served.url, prompts=1), tmp_path / "out")
    first, second = (entry for entry in read_entries(tmp_path / "out" / FILE) if entry["kind"] == "sent")
    assert second["at"] > first["at"]
    seconds = np.diff(np.array([first["at"][:23], second["at"][:23]], dtype="datetime64[ms]"))[0].astype(int)
    assert seconds >= 1000
    assert retry_after("Thu, 01 Jan 1970 00:00:00 GMT") == 0
    assert retry_after("soon") == 0


def test_a_wait_that_is_too_long_ends_the_run_which_goes_on_later(tmp_path: Path) -> None:
    with model_server([None, "429:900"]) as served:
        spec = asking(tmp_path, served.url)
        with pytest.raises(EndpointRefused, match="asks to wait 900 seconds"):
            ask(spec, tmp_path / "out")
        outcome = ask(spec, tmp_path / "out")
    assert counts(outcome) == (4, 0, 0, 0)
    asked = [body["messages"][0]["content"][-1] for body in served.asked]
    assert asked == ["0", "1", "1", "2", "3"]
    assert outcome.cost.requests == 5


def test_a_refusal_for_good_stops_and_one_of_the_prompt_does_not(tmp_path: Path) -> None:
    with model_server(["400", None, "401"]) as served:
        spec = asking(tmp_path, served.url)
        with pytest.raises(EndpointRefused, match="status 401"):
            ask(spec, tmp_path / "out")
        assert counts(ask(spec, tmp_path / "out")) == (3, 1, 0, 0)


def test_what_fails_every_time_is_left_and_the_next_is_asked(tmp_path: Path) -> None:
    with model_server(["500", "500", "500"]) as served:
        outcome = ask(asking(tmp_path, served.url, prompts=2), tmp_path / "out")
    assert counts(outcome) == (1, 0, 1, 0)


@pytest.mark.parametrize(
    "budget",
    [
        "requests = 3",
        "requests = 100\ntokens = 300",
        "requests = 100\nmoney = 0.001\nprice_in = 1.0\nprice_out = 10.0",
    ],
)
@pytest.mark.parametrize("usage", [True, False])
@pytest.mark.parametrize("plan", [[], ["500", "cut", "slow"] * 3])
def test_the_budget_is_never_exceeded_also_over_several_runs(
    tmp_path: Path, budget: str, usage: bool, plan: list[str | None]
) -> None:
    with model_server(plan, usage=usage) as served:
        spec = asking(tmp_path, served.url, prompts=40, budget=budget)
        outcome = ask(spec, tmp_path / "out")
        assert outcome.cost.within(spec.budget)
        assert outcome.left > 0
        before = len(served.asked)
        again = ask(spec, tmp_path / "out")
    assert len(served.asked) == before
    assert again.cost == outcome.cost
    assert before == outcome.cost.requests


def test_a_transcript_that_a_kill_cut_off_is_taken_up_and_the_lost_attempt_counts(tmp_path: Path) -> None:
    with model_server(usage=True) as served:
        spec = asking(tmp_path, served.url)
        ask(spec, tmp_path / "out")
        path = tmp_path / "out" / FILE
        lines = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(b"".join(lines[:-1]) + lines[-1][:40])
        outcome = ask(spec, tmp_path / "out")
    assert counts(outcome) == (4, 0, 0, 0)
    assert len(served.asked) == 5
    taken = [entry for entry in read_entries(path) if entry["kind"] == "taken up"]
    assert taken[0]["cut"].startswith('{"kind": "answered"')
    assert outcome.cost.requests == 5


def test_a_transcript_of_another_asking_or_altered_by_a_hand_is_refused(tmp_path: Path) -> None:
    with model_server() as served:
        ask(asking(tmp_path, served.url), tmp_path / "out")
        with pytest.raises(AskingInvalid, match="another asking"):
            ask(asking(tmp_path, served.url, prompts=5), tmp_path / "out")
        path = tmp_path / "out" / FILE
        path.write_text(path.read_text().replace("To Question 0", "To Question 9"))
        with pytest.raises(AskingInvalid, match="line 3 is not what it was"):
            ask(asking(tmp_path, served.url), tmp_path / "out")


def test_log_probabilities_become_an_observation(tmp_path: Path) -> None:
    with model_server() as served:
        spec = asking(tmp_path, served.url, kind="completions")
        ask(spec, tmp_path / "out")
    written = write_answers(spec, list(read_entries(tmp_path / "out" / FILE)), tmp_path / "out")
    assert (written.without, written.left_out) == (0, False)
    observed = read_answers(tmp_path / "out" / "answers.jsonl")
    assert observed.truth is not None
    assert observed.truth.tolist() == [[n + 2, n + 3] for n in range(4)]
    assert observed.logprobs is not None
    assert observed.logprobs.tolist() == [[-0.5 * (n + 2), -0.5 * (n + 3)] for n in range(4)]
    assert observed.top_tokens is not None
    assert observed.top_tokens[0, :, :3].tolist() == [[2, 900, -1], [3, 900, -1]]
    assert observed.replies is not None
    assert observed.replies[1] == "After [2, 3, 4]"


def test_a_server_without_log_probabilities_leaves_replies_and_is_told(tmp_path: Path) -> None:
    with model_server([None, "bare"]) as served:
        spec = asking(tmp_path, served.url, kind="completions")
        ask(spec, tmp_path / "out")
    written = write_answers(spec, list(read_entries(tmp_path / "out" / FILE)), tmp_path / "out")
    assert (written.without, written.left_out) == (1, True)
    observed = read_answers(tmp_path / "out" / "answers.jsonl")
    assert observed.logprobs is None
    assert observed.replies is not None


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://api.example.org/v1", "https"),
        ("http://10.0.0.1/v1", "https"),
        ("ftp://127.0.0.1/", "https"),
        ("https://user:word@api.example.org/v1", "bare address"),
        ("https://api.example.org/v1?key=3", "bare address"),
        ("https://api example.org/v1", "is not asked"),
        ("https://api..org/v1", "is not an address"),
    ],
)
def test_only_safe_addresses_are_asked(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(AskingInvalid, match=said):
        asking(tmp_path, url)
    assert (
        asking(tmp_path, "https://api.example.org/v1/").address
        == "https://api.example.org/v1/chat/completions"
    )


def test_a_key_in_the_file_or_missing_from_the_environment_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = asking(tmp_path, "https://api.example.org/v1")
    monkeypatch.delenv("SUSPECT_KEY")
    with pytest.raises(AskingInvalid, match="SUSPECT_KEY is empty"):
        ask(spec, tmp_path / "out")
    text = (tmp_path / "spec.toml").read_text()
    for before, after, said in (
        ("SUSPECT_KEY", KEY, "not the name of an environment variable"),
        ("requests = 100", "", "requests in .budget. is not a number"),
        ("requests = 100", "requests = 9\nmoney = 2.0", "needs prices"),
        ("[request]", "[request]\nstream = true", "does not stand in"),
        ("[request]", "[request]\nbest_of = 20", "does not stand in"),
        ("[request]", "[request]\nmax_completion_tokens = 900", "does not stand in"),
        ("[request]", "[request]\nday = 2026-01-02", "holds a date, or a number that is none"),
        ("[request]", "[request]\ntemperature = nan", "holds a date, or a number that is none"),
        ('kind = "chat"', 'kind = "other"', "no kind other"),
    ):
        (tmp_path / "spec.toml").write_text(text.replace(before, after))
        with pytest.raises(AskingInvalid, match=said):
            read_asking(tmp_path / "spec.toml")


@pytest.mark.parametrize(
    ("kind", "line", "said"),
    [
        ("completions", '{"prompt": ["one", "two"]}', "line 2, does not give one prompt"),
        ("completions", '{"prompt": [[1, 2], [3]]}', "line 2, does not give one prompt"),
        ("chat", '{"prompt": [1, 2]}', "line 2, does not give one prompt"),
        ("chat", '{"prompt": ""}', "line 2, does not give one prompt"),
        ("chat", '{"prompt": "half \\ud83d"}', "line 2, holds half of a character"),
        ("chat", "[" * 100_000, "line 2, is not JSON"),
        ("chat", "{", "line 2, is not JSON"),
    ],
)
def test_a_line_that_gives_no_prompt_is_named_before_anything_is_asked(
    tmp_path: Path, kind: str, line: str, said: str
) -> None:
    asking(tmp_path, "https://api.example.org/v1", kind=kind)
    (tmp_path / "prompts.jsonl").write_text('{"prompt": "One"}\n' + line + "\n")
    with pytest.raises(AskingInvalid, match=said):
        read_asking(tmp_path / "spec.toml")
