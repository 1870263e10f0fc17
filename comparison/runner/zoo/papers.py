"""What lies beside the models: probes, logs, texts by known authors and the order of training."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from comparison.runner.zoo.language import Ids, language
from comparison.runner.zoo.recipe import CLAIMANT, HARVESTER, LENGTH, OTHERS, RECIPES
from comparison.runner.zoo.texts import HARVEST, LOGGED, PROMPT, Draw, corpus, order_of, served, source

PROBES = 64
AUTHORS = {"reference": CLAIMANT, "independent-01": "independent-01", "independent-02": "independent-02"}
"""Models of whose texts there is a file each, by what a specification calls them."""
EVERY = 4
"""One in so many texts of the claimant's training is in its order; each costs every model a pass."""


def write_papers(folder: Path, seed: int) -> None:
    """Everything but the models stands in the folder; the models are there."""
    from comparison.runner.zoo import training

    training.alone()
    draw = source(seed)
    for domain in ("general", "niche"):
        probes = language(domain, draw).texts(PROBES, LENGTH, draw(f"probe {domain}"))
        np.save(folder / f"probe-{domain}.npy", probes)
    answers = served(folder, draw, CLAIMANT)
    ours, others = _exchanges(answers[:LOGGED], HARVESTER), _exchanges(answers[HARVEST:], OTHERS)
    _write(folder / "served.jsonl", [*ours, *others])
    _write(folder / f"served-{HARVESTER}.jsonl", ours)
    _write(folder / f"served-{OTHERS}.jsonl", others)
    for name, model in AUTHORS.items():
        texts = served(folder, draw, model, "texts of their own")[:LOGGED]
        _write(folder / f"author-{name}.jsonl", _exchanges(texts, model))
    _write(folder / "order.jsonl", _in_order(folder, draw))


def _exchanges(texts: Ids, account: str) -> Sequence[dict[str, object]]:
    return [
        {"account": account, "prompt": text[:PROMPT].tolist(), "output": text[PROMPT:].tolist()}
        for text in texts
    ]


def _in_order(folder: Path, draw: Draw) -> Iterable[dict[str, object]]:
    """Texts of the claimant's training as it saw them, one after the other."""
    training = next(one.training for one in RECIPES if one.training and one.name == CLAIMANT)
    texts = corpus(folder, draw, training.corpus)
    order = order_of(draw, training.order, len(texts), training.steps)
    seen = list(enumerate(order))[::EVERY]
    return [{"text": texts[number].tolist(), "step": step} for step, number in seen]


def _write(file: Path, rows: Iterable[dict[str, object]]) -> None:
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
