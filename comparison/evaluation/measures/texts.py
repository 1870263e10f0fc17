"""The suspect's likelihood of texts: what was served, what authors wrote, what was trained on when."""

import numpy as np

from comparison.evaluation import refusals, words
from comparison.evaluation.bench import Part, nothing_shown
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.evaluation.spec import REFERENCE
from comparison.statistics.assignment import Floats
from comparison.statistics.crosslikelihood import interaction
from comparison.statistics.errors import MeasureRefused
from comparison.statistics.logged import logged_output as rank_of_served
from comparison.statistics.palimpsest import palimpsest as trace_of_order

BROKEN = -3.0
"""log10 p of the claimant's own model below which what was served is no draw like the fresh answers."""


def logged_output(pair: Pair) -> Measured:
    """How much more the suspect likes what was served than what might have been."""
    bench = pair.bench
    own = pair.reference if bench is None else bench.models[bench.reference]
    if pair.reference.content_sha256 != own.content_sha256:
        raise MeasureRefused(refusals.LOGS_OF_ANOTHER)
    served, fresh = (_given(pair, pair.suspect, "logs", name) for name in ("served", "fresh"))
    found = rank_of_served(-served, -fresh)
    detail = {"mean_rank": found.mean_rank, "prompts": found.prompts, "answers": fresh.shape[1]}
    caveats = [words.LOGGED_DRAWN.format(answers=fresh.shape[1], prompts=found.prompts)]
    if pair.suspect.content_sha256 != own.content_sha256:
        control = _control(pair)
        detail["claimants_own"] = control
        if control is None:
            caveats.append(words.LOGGED_UNCHECKED)
        elif control["log10_p"] < BROKEN:
            raise MeasureRefused(
                refusals.SERVED_OTHERWISE,
                remedy="State temperature, top_p and max_tokens of the service in [logs], or give answers "
                "drawn by the service itself as fresh.",
            )
        else:
            caveats.append(words.LOGGED_CONTROL.format(rank=control["mean_rank"]))
    return Measured(abs(found.log10_p), found.log10_p, tuple(caveats), detail)


def _control(pair: Pair) -> dict[str, float] | None:
    """The same test on the claimant's own model, of which the served answers are draws; None without it."""
    try:
        served, fresh = (_given(pair, pair.reference, "logs", name) for name in ("served", "fresh"))
    except MeasureRefused:
        return None
    found = rank_of_served(-served, -fresh)
    return {"mean_rank": found.mean_rank, "log10_p": found.log10_p}


def cross_likelihood(pair: Pair) -> Measured:
    """How much likelier the suspect finds the claimant's texts than its quality and theirs explain."""
    bench = pair.bench
    if bench is None or pair.reference.content_sha256 != bench.models[bench.reference].content_sha256:
        raise MeasureRefused(refusals.TEXTS_OF_ANOTHER)
    suspect = _given(pair, pair.suspect, "authors", "authors")
    names = list(bench.texts())
    if REFERENCE not in names:
        raise MeasureRefused(refusals.NONE_BY_CLAIMANT, remedy='Write reference = "FILE".')
    writers = {} if bench.inputs.authors else bench.authors()
    if pair.suspect.content_sha256 in {model.content_sha256 for model in writers.values()}:
        raise MeasureRefused(refusals.WROTE_THEM)
    independent = bench.others(pair.reference, pair.suspect)
    rows = bench.known({name: model for name, model in independent.items() if name not in writers}, "authors")
    others = [one.authors for one in rows if one.authors is not None]
    table = np.stack([suspect, *others])
    found = interaction(table, suspect=0, author=names.index(REFERENCE), seed=pair.seed)
    detail = {
        "low": found.low, "high": found.high, "z": found.z, "authors": names, "models": len(table),
        "texts": table.shape[2],
    }  # fmt: skip
    caveat = words.CROSS.format(low=found.low, high=found.high, authors=len(names), models=len(others))
    return Measured(found.value, caveats=(caveat,), detail=detail)


def palimpsest(pair: Pair) -> Measured:
    """Whether the suspect finds texts the likelier, the later the claimant's model was trained on them."""
    bench = pair.bench
    if bench is None or bench.inputs.training is None:
        raise nothing_shown("training")
    if pair.reference.content_sha256 != bench.models[bench.reference].content_sha256:
        raise MeasureRefused(refusals.ORDER_OF_ANOTHER)
    suspect = _given(pair, pair.suspect, "training", "training")
    known = bench.known(bench.others(pair.reference, pair.suspect), "training")
    others = [one.training for one in known if one.training is not None]
    control = np.mean(others, axis=0) if others else None
    steps = np.array(bench.inputs.training.steps)
    found = trace_of_order(steps, suspect, control)
    caveats = (
        words.ORDER_PUBLIC,
        words.ORDER_CONTROLLED.format(models=len(others)) if others else words.ORDER_UNCONTROLLED,
    )
    return Measured(
        abs(found.log10_p),
        found.log10_p,
        caveats,
        {"correlation": found.value, "texts": found.units, "controls": len(others)},
    )


def _given(pair: Pair, model: Model, part: Part, name: str) -> Floats:
    """The likelihoods that a model gave; raises why there are none."""
    if pair.bench is None:
        raise nothing_shown(part)
    found = getattr(pair.bench.of(model, part), name)
    if found is None:
        raise MeasureRefused(
            refusals.NO_LIKELIHOODS.format(model=pair.called(model), texts=refusals.TEXTS[part]),
            remedy="Ask for them, or compare by methods that need none.",
        )
    values: Floats = found
    return values
