"""What models of the zoo read: drawn from languages, or answered by a model that is there already."""

from collections.abc import Callable, Iterator
from pathlib import Path
from zlib import crc32

import numpy as np

from comparison.runner.zoo.language import Ids, language
from comparison.runner.zoo.recipe import BATCH, LENGTH, SERVED, STEPS, Training

Draw = Callable[[str], np.random.Generator]
PROMPT = 8
"""Words of a prompt; the answer fills the text."""
HARVEST, LOGGED = 1000, 100
"""Answers from which a student learns; how many of them, and of others, are in the logs."""


def source(seed: int) -> Draw:
    """A source of chance for every name, the same for the same seed."""
    return lambda name: np.random.default_rng([seed, crc32(name.encode())])


def seed_of(draw: Draw, name: str) -> int:
    """A seed for PyTorch."""
    return int(draw(name).integers(2**62))


def corpus(folder: Path, draw: Draw, name: str) -> Ids:
    """The texts of that name, ``[texts, words]``."""
    if name.startswith(SERVED):
        return served(folder, draw, name.removeprefix(SERVED))[:HARVEST]
    return language(name.split()[0], draw).texts(STEPS * BATCH, LENGTH, draw(f"corpus {name}"))


def order_of(draw: Draw, name: str, texts: int, steps: int) -> Ids:
    """Which text comes when: all of them once before any comes again."""
    random, passes = draw(f"order {name}"), -(-steps * BATCH // texts)
    return np.concatenate([random.permutation(texts) for _ in range(passes)])[: steps * BATCH]


def batches(folder: Path, draw: Draw, training: Training) -> Iterator[Ids]:
    """What each step of a training reads, ``[BATCH, words]``."""
    texts = corpus(folder, draw, training.corpus)
    order = order_of(draw, training.order, len(texts), training.steps)
    return (texts[order[at : at + BATCH]] for at in range(0, len(order), BATCH))


def served(folder: Path, draw: Draw, name: str, purpose: str = "logs") -> Ids:
    """What a model answered, ``[texts, words]``: ``HARVEST`` to whom learns from it, then to others."""
    from comparison.runner.zoo import training

    prompts = language("general", draw).texts(HARVEST + LOGGED, PROMPT, draw(f"prompts {purpose}"))
    model = training.read(folder / "models" / name)
    answers: Ids = training.answered(model, prompts, LENGTH - PROMPT, seed_of(draw, f"{purpose} {name}"))
    return answers
