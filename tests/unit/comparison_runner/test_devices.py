"""Processor and graphics card give the same within the stated tolerance; runs where there is a card."""

from pathlib import Path

import numpy as np
import pytest
import torch

from comparison.runner.loading import load
from comparison.runner.observing import observe
from comparison.runner.sampling import Manner, draw
from comparison.runner.scoring import likelihoods
from comparison.weights.folder import open_folder
from tests.factories import running_models as models
from tests.unit.comparison_runner.test_running import PROBE, TOLERANCE


@pytest.mark.skipif(not torch.cuda.is_available(), reason="this machine has no graphics card")
@pytest.mark.parametrize("family", ["llama", "gpt2", "mixtral"])
def test_processor_and_graphics_card_agree(tmp_path: Path, family: str) -> None:
    folder = open_folder(models.save(tmp_path / family, family))
    ours, theirs = (load(folder, device) for device in ("cpu", "cuda"))
    one, other = (observe(running, PROBE, 7).parts() for running in (ours, theirs))
    for name in ("logprobs", "top_logprobs", "attention", "geometry", "last_geometry", "rows"):
        np.testing.assert_allclose(one[name], other[name], atol=TOLERANCE)
    halves = [ids[:4] for ids in PROBE], [ids[4:] for ids in PROBE]
    np.testing.assert_allclose(likelihoods(ours, *halves), likelihoods(theirs, *halves), atol=TOLERANCE)
    manner = Manner(answers=2, most=4, seed=3)
    same = [
        np.array_equal(a, b)
        for mine, yours in zip(draw(ours, halves[0], manner), draw(theirs, halves[0], manner), strict=True)
        for a, b in zip(mine, yours, strict=True)
    ]
    assert np.mean(same) > 0.9
