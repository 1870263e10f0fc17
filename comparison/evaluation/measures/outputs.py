"""What two models gave on the same probe: representations, attention, log-probabilities and answers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation import refusals, words
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.observations import Observed
from comparison.statistics import raw, residual
from comparison.statistics.errors import MeasureRefused
from comparison.statistics.neighbours import shared_neighbours

FEWEST = 16
"""Positions or questions below which answers say nothing."""


def cka(pair: Pair) -> Measured:
    """How alike sampled positions lie to each other in both models, in the mean over depths."""
    return _products(pair, "geometry")


def reef(pair: Pair) -> Measured:
    """The same of each sequence's last token, which tokenizers need not share."""
    return _products(pair, "last_geometry")


def mutual_knn(pair: Pair) -> Measured:
    """The share of nearest positions that both models have in common, in the mean over depths."""
    ours, theirs = _both(pair, "neighbours")
    values = [shared_neighbours(one, other) for one, other in zip(ours, theirs, strict=True)]
    return Measured(
        float(np.mean(values)), caveats=(words.REPRESENTATIONS_ORDINARY,), detail={"by_depth": values}
    )


def raw_attention(pair: Pair) -> Measured:
    """The correlation of attention by distance, heads matched as well as they go."""
    ours, theirs = _both(pair, "attention", aligned=False)
    most = min(ours.shape[1], theirs.shape[1])
    value = raw.raw_attention(ours[:, :most], theirs[:, :most])
    return Measured(value, caveats=(words.ATTENTION_ORDINARY,), detail={"distances": most})


def agreement(pair: Pair) -> Measured:
    """The share of positions, or of questions in words, to which both give the same answer."""
    sides = pair.observed("probe")
    if all(side.answers is None and side.replies is not None for side in sides):
        ours, theirs = _numbered(*(_said(side) for side in sides))
    else:
        ours, theirs = _both(pair, "answers")
    known = (ours >= 0) & (theirs >= 0)
    _enough(int(known.sum()))
    value = raw.agreement(ours[known], theirs[known])
    return Measured(value, caveats=(words.BEHAVIOUR_ORDINARY,), detail={"answers": int(known.sum())})


def same_wrong(pair: Pair) -> Measured:
    """Where both are wrong, the share with the same wrong answer."""
    ours, theirs = _both(pair, "answers")
    truth = _truth(pair)
    known = (ours >= 0) & (theirs >= 0) & (truth >= 0)
    both = known & (ours != truth) & (theirs != truth)
    _enough(int(both.sum()))
    value = raw.same_wrong(ours[known], theirs[known], truth[known])
    return Measured(value, caveats=(words.BEHAVIOUR_ORDINARY,), detail={"both_wrong": int(both.sum())})


def capa(pair: Pair) -> Measured:
    """Agreement as distributions beyond what both models' accuracies give."""
    tokens, logprobs = _both(pair, "top_tokens"), _both(pair, "top_logprobs")
    right = _both(pair, "logprobs")
    known = np.isfinite(right[0]) & np.isfinite(right[1])
    _enough(int(known.sum()))
    ours, theirs = (np.exp(side[known].astype(np.float64)) for side in logprobs)
    alike = tokens[0][known][:, :, None] == tokens[1][known][:, None, :]
    alike &= tokens[0][known][:, :, None] >= 0
    together = np.einsum("qi,qj,qij->q", ours, theirs, alike).mean()
    accuracies = [float(np.exp(side[known].astype(np.float64)).mean()) for side in right]
    options = int(max(side.max() for side in tokens)) + 1
    value = raw.beyond_chance(float(together), accuracies[0], accuracies[1], options)
    return Measured(
        value,
        caveats=(words.BEHAVIOUR_ORDINARY, words.SHORTLISTED.format(count=tokens[0].shape[2])),
        detail={"accuracies": accuracies, "positions": int(known.sum())},
    )


def residual_logprob(pair: Pair) -> Measured:
    """How alike both models' log-probabilities are once those of the population are taken out."""
    ours, theirs = _both(pair, "logprobs")
    others = _others(pair, ours.shape)
    known = np.isfinite(ours) & np.isfinite(theirs) & np.isfinite(others).all(axis=0)
    _enough(int(known.sum()))
    x, y, population = ours[known], theirs[known], others[:, known]
    fits = [residual.fit(side, population) for side in (x, y)]
    if residual.both_strange(*fits):
        raise MeasureRefused(
            refusals.OTHER_DOMAIN,
            remedy="Name independent models trained on like data as [[population]].",
        )
    value = residual.residual_correlation(x, y, population)
    strange = (words.ONE_OUTSIDE,) if any(one.strange for one in fits) else ()
    detail = {
        "population": len(population),
        "fit": {
            side: {"level": one.level, "shape": one.shape, "limit": one.limit}
            for side, one in zip(("reference", "suspect"), fits, strict=True)
        },
    }
    return Measured(
        value, caveats=(words.RESIDUAL_DOMAIN.format(count=len(population)), *strange), detail=detail
    )


def _others(pair: Pair, shape: tuple[int, ...]) -> NDArray[Any]:
    """The population's log-probabilities, ``[models, sequences, positions]``."""
    bench = pair.bench
    known = bench.known(bench.others(pair.reference, pair.suspect), "probe") if bench else []
    alike = [one.logprobs for one in known if one.logprobs is not None and one.logprobs.shape == shape]
    return np.stack(alike) if alike else np.zeros((0, *shape))


def _products(pair: Pair, name: str) -> Measured:
    ours, theirs = _both(pair, name, aligned=name == "geometry")
    values = [float(one.astype(np.float64) @ other) for one, other in zip(ours, theirs, strict=True)]
    return Measured(
        float(np.mean(values)), caveats=(words.REPRESENTATIONS_ORDINARY,), detail={"by_depth": values}
    )


def _both(pair: Pair, name: str, *, aligned: bool = True) -> tuple[NDArray[Any], NDArray[Any]]:
    """This part of what both gave; ``aligned`` requires that they read the same tokens."""
    sides = pair.observed("probe")
    for side, model in zip(sides, (pair.reference, pair.suspect), strict=True):
        if getattr(side, name) is None:
            raise MeasureRefused(
                refusals.NOTHING_OF.format(model=pair.called(model), part=refusals.NOT_GIVEN[name]),
                remedy="Use other methods.",
            )
    ours, theirs = (getattr(side, name) for side in sides)
    truths = [side.truth for side in sides if side.truth is not None]
    if aligned and (
        ours.shape[:2] != theirs.shape[:2] or not all(np.array_equal(truths[0], t) for t in truths)
    ):
        raise MeasureRefused(
            refusals.READ_OTHERWISE,
            remedy="Give a probe whose tokens both have; reef and raw-attention need none.",
        )
    if not aligned and name == "last_geometry" and ours.shape != theirs.shape:
        raise MeasureRefused(refusals.OTHER_SEQUENCES, remedy="Show both the same probe.")
    return ours, theirs


def _truth(pair: Pair) -> NDArray[Any]:
    truths = [side.truth for side in pair.observed("probe") if side.truth is not None]
    if not truths:
        raise MeasureRefused(refusals.NO_TRUTH, remedy="Give them with the observations.")
    return truths[0]


def _said(side: Observed) -> NDArray[np.str_]:
    replies = side.replies if side.replies is not None else np.zeros(0, dtype=np.str_)
    return np.array([" ".join(str(one).casefold().split()) for one in replies])


def _numbered(*sides: NDArray[np.str_]) -> list[NDArray[Any]]:
    """Answers in words as numbers, the same for the same words; -1 where there is none."""
    if len({side.shape for side in sides}) > 1:
        raise MeasureRefused(refusals.OTHER_QUESTIONS, remedy="Ask both the same.")
    numbers = {"": -1} | {text: place for place, text in enumerate(sorted({*np.concatenate(sides)} - {""}))}
    return [np.array([numbers[str(text)] for text in side]) for side in sides]


def _enough(count: int) -> None:
    if count < FEWEST:
        raise MeasureRefused(
            refusals.FEW_ANSWERS.format(answers=count, fewest=FEWEST),
            remedy=f"Use a probe that gives {FEWEST} or more.",
        )
