"""``match`` and ``csu`` over the layers of two models."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from math import log10

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation import refusals, words
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.statistics import csu as by_number
from comparison.statistics import match as by_gate_and_up
from comparison.statistics.assignment import SMALLEST_LOG10, Correlation
from comparison.statistics.errors import MeasureRefused
from comparison.weights.arrays import Matrix
from comparison.weights.layouts import Layer, Mlp

PROBES = 1024
"""Tokens whose embeddings are the probes."""
WHOLE_MAP = 1_000_000_000
"""Pairs of neurons over all pairs of layers up to which every layer is compared with every other."""
Test = Callable[[by_gate_and_up.Layer, by_gate_and_up.Layer], Correlation]


@dataclass(frozen=True, slots=True)
class _Blocks:
    """The feed-forward blocks of one model, to be observed on probes ``[tokens, width]``."""

    model: Model
    probes: Matrix
    blocks: tuple[tuple[Layer, Mlp], ...]

    @classmethod
    def of(cls, model: Model, probes: Matrix) -> "_Blocks":
        blocks = tuple((layer, mlp) for layer in model.parts.layers for mlp in layer.mlps)
        return cls(model, probes, blocks)

    @property
    def names(self) -> list[str]:
        return [mlp.name for _, mlp in self.blocks]

    @property
    def widths(self) -> list[int]:
        return [mlp.up.height for _, mlp in self.blocks]

    def observe(self, number: int, *, gate: bool) -> by_gate_and_up.Layer:
        """The block's projections of the probes, ``[neurons, tokens]``, less what all probes have in common.

        The embeddings stand for what reaches the block, times the gain of the norm before it. That leaves
        the same under rotation of the stream, and says as much of where the neurons came from.
        """
        layer, mlp = self.blocks[number]
        seen = (self.probes * self.model.parts.gain(layer.mlp_norm)).T
        up = _centred(mlp.up.read() @ seen)
        return by_gate_and_up.Layer(_centred(mlp.gate.read() @ seen) if gate and mlp.gate else up, up)


def match(pair: Pair) -> Measured:
    """The matched-neuron test over the layers of gated models."""
    for model in pair.with_weights:
        if any(mlp.gate is None for layer in model.parts.layers for mlp in layer.mlps):
            raise MeasureRefused(
                refusals.NO_GATE.format(model=pair.called(model)),
                remedy="Use csu for this family.",
            )
    return _over_layers(pair, "match", by_gate_and_up.match, gate=True)


def csu(pair: Pair) -> Measured:
    """The test of neurons by their own number over the layers of models of one width."""
    ours, theirs = (
        {mlp.up.height for layer in model.parts.layers for mlp in layer.mlps} for model in pair.with_weights
    )
    if ours != theirs or len(ours) != 1:
        raise MeasureRefused(refusals.OTHER_WIDTHS, remedy="Use match, which needs none.")
    return _over_layers(pair, "csu", lambda one, other: by_number.csu(one.up, other.up), gate=False)


def _over_layers(pair: Pair, method: str, test: Test, *, gate: bool) -> Measured:
    probes = pair.embeddings(PROBES)
    ours, theirs = _Blocks.of(pair.reference, probes[0]), _Blocks.of(pair.suspect, probes[1])
    places = _places(len(ours.blocks), len(theirs.blocks))
    every = sum(ours.widths) * sum(theirs.widths) <= WHOLE_MAP
    found = np.full((len(ours.blocks), len(theirs.blocks)), np.nan)
    held = cache(partial(ours.observe, gate=gate)) if every else partial(ours.observe, gate=gate)

    def against(column: int, rows: list[int]) -> list[float]:
        seen = theirs.observe(column, gate=gate)
        return [test(held(row), seen).log10_p for row in rows]

    for column, place in enumerate(places):
        rows = list(range(len(ours.blocks))) if every else [place]
        pair.begin(f"{method}, layer {column + 1} of {len(places)}")
        facts = [method, "layer", column, *pair.facts]
        found[rows, column] = pair.store.value(facts, partial(against, column, rows))
    by_place = [float(found[place, column]) for column, place in enumerate(places)]
    log10_p = together(by_place, found if every else None)
    return Measured(
        value=abs(log10_p),
        log10_p=log10_p,
        caveats=(words.WHOLE_MAP if every else words.BY_PLACE, *pair.token_caveats()),
        detail={
            "reference": ours.names,
            "suspect": theirs.names,
            "log10_p": [[None if np.isnan(p) else float(p) for p in row] for row in found],
            "probes": len(probes[0]),
        },
    )


def together(by_place: list[float], every: NDArray[np.float64] | None) -> float:
    """log10 p of all layers together.

    Those at the same depth count by Fisher's method; where all were compared, so does the smallest of them
    times their number, and of these two tests the smaller counts twice.
    """
    fisher = by_gate_and_up.combined(by_place)
    if every is None:
        return fisher
    smallest = float(every.min()) + log10(every.size)
    return max(min(0.0, min(fisher, smallest) + log10(2)), SMALLEST_LOG10)


def _places(ours: int, theirs: int) -> list[int]:
    """For each block of the suspect, the one of the reference at the same depth."""
    return [round(number * (ours - 1) / max(theirs - 1, 1)) for number in range(theirs)]


def _centred(values: Matrix) -> Matrix:
    centred: Matrix = values - values.mean(axis=1, keepdims=True)
    return centred
