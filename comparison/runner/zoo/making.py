"""The zoo made: each model in its turn, two processes side by side."""

import json
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from comparison.runner.zoo.language import WORDS
from comparison.runner.zoo.papers import write_papers
from comparison.runner.zoo.recipe import RECIPES, Recipe, Shape
from comparison.runner.zoo.texts import batches, seed_of, source

HEADS = ("b", "c", "d", "f", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z")
TAILS = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "an", "en", "in", "on", "un", "ar", "er", "or")


def make(folder: Path, seed: int, tell: Callable[[str], None]) -> None:
    """The folder holds every model, and what lies beside them."""
    running: dict[str, Future[None]] = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for recipe in RECIPES:
            for name in recipe.needs:
                running[name].result()
            running[recipe.name] = pool.submit(make_model, folder, seed, recipe)
        for name, done in running.items():
            done.result()
            tell(name)
        pool.submit(write_papers, folder, seed).result()


def make_model(folder: Path, seed: int, recipe: Recipe) -> None:
    """The model of the recipe stands in its folder; those that it needs are there."""
    from comparison.runner.zoo import training
    from comparison.runner.zoo.changes import changed

    training.alone()
    draw, models, learnt = source(seed), folder / "models", recipe.training
    if learnt is None or recipe.parents:
        parents = [training.tensors_of(training.read(models / name)) for name in recipe.parents]
        model = training.holding(*changed(parents, Shape(), recipe.changes, draw(recipe.name)))
    else:
        model = training.fresh(learnt.shape, seed_of(draw, f"start {learnt.start}"))
    if learnt:
        teacher = training.read(models / learnt.teacher) if learnt.teacher else None
        training.taught(model, batches(folder, draw, learnt), learnt.rate, teacher)
    model.save_pretrained(models / recipe.name)
    (models / recipe.name / "tokenizer.json").write_text(tokenizer())


def tokenizer() -> str:
    """A tokenizer with a word of two syllables for each number."""
    words = [f"{head}{tail}" for head in HEADS for tail in TAILS]
    vocab = {word: number for number, word in enumerate(words[:WORDS])}
    model = {"type": "WordLevel", "vocab": vocab, "unk_token": words[0]}
    return json.dumps({"version": "1.0", "pre_tokenizer": {"type": "WhitespaceSplit"}, "model": model})
