"""A figure beside the baseline of ordinary use: the same measure over all other accounts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from comparison.logs.accounts import MEASURES, Accounts, Measure, Values

BINS = 24


def distributions(accounts: Accounts) -> dict[str, dict[str, Any]]:
    """Each measure's histogram over all accounts of which it says something.

    Returns:
        By measure: ``edges`` [bins + 1] and ``counts`` [bins].
    """
    return {measure.name: _histogram(measure, accounts.values[measure.name]) for measure in MEASURES}


def beside(accounts: Accounts, members: Sequence[int], name: str, value: float | None) -> dict[str, Any]:
    """A group's figure beside those of all accounts that are not in the group.

    Returns:
        ``value``; ``others``, how many there are; ``beyond``, how many of them stand where the group's figure
        stands or further out; ``median`` and ``outer`` (the outer hundredth) of the others; ``members``, the
        group's own accounts by bin.
    """
    measure = next(one for one in MEASURES if one.name == name)
    everybody = accounts.values[name]
    inside = np.zeros(len(everybody), dtype=bool)
    inside[np.array(members) - 1] = True
    others = everybody[~inside & ~np.isnan(everybody)]
    beyond = None
    if value is not None:
        beyond = int(np.count_nonzero(others >= value if measure.upwards else others <= value))
    edges = _edges(measure, everybody)
    own = everybody[inside & ~np.isnan(everybody)]
    return {
        "value": value,
        "others": len(others),
        "beyond": beyond,
        "median": float(np.median(others)) if len(others) else None,
        "outer": float(np.quantile(others, 0.99 if measure.upwards else 0.01)) if len(others) else None,
        "members": np.histogram(np.clip(own, edges[0], edges[-1]), edges)[0].tolist(),
    }


def _histogram(measure: Measure, values: Values) -> dict[str, Any]:
    edges = _edges(measure, values)
    known = values[~np.isnan(values)]
    return {
        "edges": edges.tolist(),
        "counts": np.histogram(np.clip(known, edges[0], edges[-1]), edges)[0].tolist(),
    }


def _edges(measure: Measure, values: Values) -> Values:
    known = values[~np.isnan(values)]
    greatest = float(known.max()) if len(known) else 1.0
    edges: Values
    if measure.logarithmic:
        least = float(known[known > 0].min()) if len(known) else 1.0
        edges = np.geomspace(least, max(greatest, least * 2), BINS + 1)
        edges[0], edges[-1] = least, max(greatest, least * 2)
    else:
        edges = np.linspace(0.0, next((top for top in (0.25, 1.0) if greatest <= top), greatest), BINS + 1)
    return edges
