"""What the runner says a model gives is what the model gives, however the work is cut into batches."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM

from comparison.runner import batches
from comparison.runner.batches import in_batches
from comparison.runner.errors import RunnerRefused
from comparison.runner.loading import load
from comparison.runner.observing import DEPTHS, NEIGHBOURS, observe
from comparison.runner.sampling import Manner, draw, pick
from comparison.runner.scoring import likelihoods
from comparison.runner.tokens import decode, encode
from comparison.statistics.cka import unbiased_cka
from comparison.weights.folder import open_folder
from tests.factories import running_models as models

TOLERANCE = 1e-4
"""Nats by which results of other batch sizes, and of other devices, may differ in single precision."""
RANDOM = np.random.default_rng(3)
PROBE = [RANDOM.integers(2, models.WORDS, size=length) for length in (12, 12, 9, 12, 5, 12)]


def running(folder: Path, family: str = "llama", seed: int = 0) -> Any:
    return load(open_folder(models.save(folder / f"{family}-{seed}", family, seed)))


def direct(one: Any, ids: Any) -> Any:
    """What transformers gives itself, one sequence at a time."""
    model = AutoModelForCausalLM.from_pretrained(
        one.folder.path, dtype=torch.float32, attn_implementation="eager"
    ).eval()
    with torch.no_grad():
        return model(torch.tensor(ids)[None], output_hidden_states=True, output_attentions=True)


@pytest.mark.parametrize("family", models.CONFIGS)
def test_an_observation_is_what_the_model_gives(tmp_path: Path, family: str) -> None:
    one = running(tmp_path, family)
    seen = observe(one, PROBE, seed=7)
    assert seen.logprobs is not None
    assert seen.answers is not None
    assert seen.top_logprobs is not None
    assert seen.attention is not None
    states, attention = [], []
    for row, ids in enumerate(PROBE):
        gave = direct(one, ids)
        chances = torch.log_softmax(gave.logits[0, :-1], -1).numpy()
        each = np.arange(len(ids) - 1)
        np.testing.assert_allclose(seen.logprobs[row, each], chances[each, ids[1:]], atol=TOLERANCE)
        assert np.isnan(seen.logprobs[row, len(ids) - 1 :]).all()
        assert (seen.answers[row, each] == chances.argmax(1)).mean() > 0.99
        np.testing.assert_allclose(
            seen.top_logprobs[row, each], np.sort(chances, axis=1)[:, ::-1][:, :20], atol=TOLERANCE
        )
        states.append(gave.hidden_states[-1][0, -1].numpy())
        attention.append(np.concatenate([layer[0].numpy() for layer in gave.attentions]))
    last = np.stack(states)
    assert seen.last_geometry is not None
    assert len(seen.last_geometry) == len(DEPTHS)
    same = unbiased_cka(last, last)
    assert seen.last_geometry[-1] @ seen.last_geometry[-1] == pytest.approx(same, abs=1e-5)
    queries = sum(len(ids) - 2 for ids in PROBE)
    two_back = sum(np.trace(one, -2, axis1=1, axis2=2) for one in attention) / queries
    np.testing.assert_allclose(seen.attention[:, 2], two_back, atol=1e-5)
    assert seen.attention.shape == (models.LAYERS * models.HEADS, 12)


def test_geometries_multiply_to_the_unbiased_cka(tmp_path: Path) -> None:
    seen = []
    states = []
    for seed in (0, 1):
        one = running(tmp_path, seed=seed)
        seen.append(observe(one, PROBE, seed=7))
        states.append(np.stack([direct(one, ids).hidden_states[-1][0, -1].numpy() for ids in PROBE]))
    assert seen[0].last_geometry is not None
    assert seen[1].last_geometry is not None
    assert seen[0].last_geometry[-1] @ seen[1].last_geometry[-1] == pytest.approx(
        unbiased_cka(*states), abs=1e-4
    )
    assert seen[0].neighbours is not None
    assert seen[0].neighbours.shape[2] == NEIGHBOURS


@pytest.mark.parametrize("family", ["llama", "gpt2", "mixtral"])
def test_the_size_of_batches_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, family: str
) -> None:
    one = running(tmp_path, family)
    prompts, outputs = [ids[:4] for ids in PROBE], [ids[4:] for ids in PROBE]
    manner = Manner(answers=3, most=5, seed=11)
    found = []
    for most in (1, 4, 64):
        monkeypatch.setattr(batches, "MOST", most)
        found.append((observe(one, PROBE, 7), likelihoods(one, prompts, outputs), draw(one, prompts, manner)))
    for seen, scores, drawn in found[1:]:
        for name, part in seen.parts().items():
            if name not in ("top_tokens", "answers", "neighbours"):
                np.testing.assert_allclose(part, found[0][0].parts()[name], atol=TOLERANCE)
        np.testing.assert_allclose(scores, found[0][1], atol=TOLERANCE)
        assert [[list(ids) for ids in answers] for answers in drawn] == [
            [list(ids) for ids in answers] for answers in found[0][2]
        ]


def test_a_likelihood_is_the_mean_over_the_output(tmp_path: Path) -> None:
    one = running(tmp_path)
    prompt, output = PROBE[0][:5], PROBE[0][5:]
    chances = torch.log_softmax(direct(one, PROBE[0]).logits[0], -1).numpy()
    expected = np.mean([chances[4 + at, token] for at, token in enumerate(output)])
    assert likelihoods(one, [prompt], [output])[0] == pytest.approx(expected, abs=TOLERANCE)
    alone = torch.log_softmax(direct(one, [0, *output]).logits[0], -1).numpy()
    expected = np.mean([alone[at, token] for at, token in enumerate(output)])
    assert likelihoods(one, [PROBE[0][:0]], [output])[0] == pytest.approx(expected, abs=TOLERANCE)


def test_answers_come_as_often_as_the_model_says(tmp_path: Path) -> None:
    one = running(tmp_path)
    manner = Manner(answers=4000, most=1, seed=5)
    drawn = np.array([int(ids[0]) for ids in draw(one, [PROBE[0]], manner)[0]])
    shares = torch.softmax(direct(one, PROBE[0]).logits[0, -1], -1).numpy()
    counts = np.bincount(drawn, minlength=models.WORDS)
    assert np.abs(counts / len(drawn) - shares).max() < 4 * np.sqrt(shares.max() / len(drawn))
    again = draw(one, [PROBE[0]], manner)[0]
    assert [list(ids) for ids in again] == [[token] for token in drawn]


def test_an_answer_ends_where_the_model_ends_it() -> None:
    sure = np.array([[0.0, 9.0, 0.0], [5.0, 5.0, -50.0]])
    assert list(pick(sure, np.array([0.5, 0.75]), 1.0)) == [1, 1]
    assert list(pick(sure, np.array([0.999999, 0.0]), 0.5)) == [1, 0]


def test_memory_that_runs_out_halves_the_batch() -> None:
    done: list[tuple[int, int]] = []

    def run(begin: int, end: int) -> None:
        if end - begin > 2:
            raise torch.OutOfMemoryError("CUDA out of memory")
        done.append((begin, end))

    in_batches(7, 8, run)
    assert done == [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7)]

    def never(begin: int, end: int) -> None:
        raise MemoryError

    with pytest.raises(RunnerRefused, match="not memory enough"):
        in_batches(2, 2, never)


def test_tokens_beyond_the_vocabulary_are_named(tmp_path: Path) -> None:
    one = running(tmp_path)
    with pytest.raises(RunnerRefused, match=r"number 96, and one of the models knows 96 tokens.*llama-0"):
        observe(one, [np.array([3, 96, 4])], 7)
    with pytest.raises(RunnerRefused, match="reads 2 to 64"):
        observe(one, [np.arange(1)], 7)


def test_text_is_read_by_the_models_own_tokenizer(tmp_path: Path) -> None:
    folder = open_folder(models.save(tmp_path / "m"))
    assert [list(ids) for ids in encode(folder, ["w5 w6", "w7"])] == [[5, 6], [7]]
    assert decode(folder, encode(folder, ["w5 w6"])) == ["w5 w6"]
    (tmp_path / "m" / "tokenizer.json").write_text("{")
    with pytest.raises(RunnerRefused, match="cannot be read"):
        encode(folder, ["w5"])
    (tmp_path / "m" / "tokenizer.json").unlink()
    with pytest.raises(RunnerRefused, match=r"has no tokenizer\.json"):
        encode(folder, ["w5"])
