"""The suspect's likelihood of texts: what was served, what authors wrote, what was trained on when."""

from typing import Any

import numpy as np

from comparison.evaluation import words
from comparison.evaluation.bench import Part
from comparison.evaluation.measures.pair import Measured, Pair
from comparison.evaluation.model import Model
from comparison.evaluation.spec import REFERENCE
from comparison.statistics.assignment import Floats
from comparison.statistics.crosslikelihood import interaction
from comparison.statistics.errors import MeasureRefused
from comparison.statistics.logged import Exchangeability
from comparison.statistics.logged import logged_output as rank_of_served
from comparison.statistics.palimpsest import palimpsest as trace_of_order

BROKEN = -3.0
"""log10 p of the claimant's own model below which what was served is no draw like the fresh answers."""


def logged_output(pair: Pair) -> Measured:
    """How much more the suspect likes what was served than what might have been."""
    bench = pair.bench
    own = pair.reference if bench is None else bench.models[bench.reference]
    if pair.reference.content_sha256 != own.content_sha256:
        raise MeasureRefused("The logs are of another model than this parent.")
    found, answers = _ranked(pair, pair.suspect)
    detail: dict[str, Any] = {"mean_rank": found.mean_rank, "prompts": found.prompts, "answers": answers}
    caveats = [words.LOGGED_DRAWN.format(answers=answers, prompts=found.prompts)]
    if pair.suspect.content_sha256 != own.content_sha256:
        control = _control(pair)
        detail["claimants_own"] = control
        if control is None:
            caveats.append(words.LOGGED_UNCHECKED)
        elif control["log10_p"] < BROKEN:
            raise MeasureRefused(
                "The claimant's own model prefers what was served to what it answers now, so that the one is "
                "no draw like the other.",
                remedy="State temperature, top_p and max_tokens of the service in [logs], or give answers "
                "drawn by the service itself as fresh.",
            )
        else:
            caveats.append(words.LOGGED_CONTROL.format(rank=control["mean_rank"]))
    return Measured(abs(found.log10_p), found.log10_p, tuple(caveats), detail)


def _control(pair: Pair) -> dict[str, float] | None:
    """The same test on the claimant's own model, of which the served answers are draws; None without it."""
    try:
        found, _ = _ranked(pair, pair.reference)
    except MeasureRefused:
        return None
    return {"mean_rank": found.mean_rank, "log10_p": found.log10_p}


def _ranked(pair: Pair, model: Model) -> tuple[Exchangeability, int]:
    """The model's test, and how many fresh answers there were to each prompt.

    Of the same answer to the same prompt the first counts: one that the service gave from memory, or that
    stands in the log twice, is one draw, and each of its ranks would be the same.
    """
    served, fresh = (_given(pair, model, "logs", name) for name in ("served", "fresh"))
    logs = pair.bench.inputs.logs if pair.bench else None
    if logs is not None and len(logs.served) == len(served) == len(fresh):
        first = sorted({one: place for place, one in reversed([*enumerate(logs.served)])}.values())
        served, fresh = served[first], fresh[first]
    return rank_of_served(-served, -fresh), fresh.shape[1]


def cross_likelihood(pair: Pair) -> Measured:
    """How much likelier the suspect finds the claimant's texts than its quality and theirs explain."""
    bench = pair.bench
    if bench is None or pair.reference.content_sha256 != bench.models[bench.reference].content_sha256:
        raise MeasureRefused("The texts are not of this parent.")
    suspect = _given(pair, pair.suspect, "authors", "authors")
    names = list(bench.texts())
    if REFERENCE not in names:
        raise MeasureRefused(
            "The authors' texts have none by the claimant's model.", remedy='Write reference = "FILE".'
        )
    if len(suspect) != len(names):
        raise MeasureRefused(
            f"{pair.suspect.name} gives likelihoods of texts by {len(suspect)} authors of {len(names)}.",
            remedy="Score the texts of the authors that the comparison names.",
        )
    writers = {} if bench.inputs.authors else bench.authors()
    if pair.suspect.content_sha256 in {model.content_sha256 for model in writers.values()}:
        raise MeasureRefused("This model wrote texts itself; others form the null.")
    independent = bench.others(pair.reference, pair.suspect)
    rows = bench.known({name: model for name, model in independent.items() if name not in writers}, "authors")
    scored = [one.authors for one in rows if one.authors is not None]
    others = [one for one in scored if one.shape == suspect.shape]
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
        _given(pair, pair.suspect, "training", "training")
        raise MeasureRefused("The order of training is not given.", remedy="Name it in [training].")
    if pair.reference.content_sha256 != bench.models[bench.reference].content_sha256:
        raise MeasureRefused("The order is not that of this parent.")
    suspect = _given(pair, pair.suspect, "training", "training")
    known = bench.known(bench.others(pair.reference, pair.suspect), "training")
    scored = [one.training for one in known if one.training is not None]
    others = [one for one in scored if one.shape == suspect.shape]
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
        pair.observed(part)
        raise MeasureRefused("Nothing was shown to the models.", remedy="Name inputs in the specification.")
    found = getattr(pair.bench.of(model, part), name)
    if found is None:
        raise MeasureRefused(
            f"{model.name} gives no likelihoods of {'logged answers' if part == 'logs' else 'these texts'}.",
            remedy="Ask for them, or compare by methods that need none.",
        )
    values: Floats = found
    return values
