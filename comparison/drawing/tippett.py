"""A Tippett plot: how many cases of known relation got a ratio at or above each value.

Each ratio comes from a calibration that did not see the lineages of its case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from comparison.drawing.figures import power

WIDE, TALL, LEFT, RIGHT, TOP, FOOT = 420.0, 200.0, 44.0, 12.0, 10.0, 34.0
TICK = 45.0
"""Room that a figure on the axis needs."""
LEAST = 1e-300


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis, and what stands beside it."""

    at: float
    word: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Cases of one kind: a path that goes down by a step at each ratio, and what it shows in words."""

    path: str
    word: str


@dataclass(frozen=True, slots=True)
class Tippett:
    """The plot; ``one_x`` is where a ratio is 1, ``low_x`` and ``high_x`` the bounds of what is supported."""

    derived: Curve
    independent: Curve
    across: Sequence[Tick]
    upwards: Sequence[Tick]
    one_x: float
    low_x: float
    high_x: float
    word: str
    width: float
    height: float
    right: float
    floor: float
    left: float = LEFT
    top: float = TOP


def tippett(
    derived: Sequence[float],
    independent: Sequence[float],
    bounds: tuple[float, float],
    *,
    width: float = WIDE,
    height: float = TALL,
) -> Tippett | None:
    """The drawing of ratios found for models of known relation; None where a side has none.

    Args:
        derived: ratios of derived models, each from a calibration without its lineage.
        independent: likewise of independent ones.
        bounds: the least and the greatest ratio supported.
        width: of the drawing.
        height: of the drawing.
    """
    if not derived or not independent:
        return None
    ends = [log10(max(ratio, LEAST)) for ratio in (*derived, *independent, *bounds)]
    low, high = min(-1.0, *ends) - 0.15, max(1.0, *ends) + 0.15

    right, foot = width - RIGHT, height - FOOT

    def x(ratio: float) -> float:
        return LEFT + (right - LEFT) * (log10(max(ratio, LEAST)) - low) / (high - low)

    def y(share: float) -> float:
        return foot - (foot - TOP) * share

    def steps(ratios: Sequence[float]) -> str:
        """All cases lie at or above the left edge; past each case, one fewer does."""
        path = f"M{LEFT:.6g} {y(1.0):.6g}"
        for number, ratio in enumerate(sorted(ratios), start=1):
            path += f"H{x(ratio):.6g}V{y(1 - number / len(ratios)):.6g}"
        return f"{path}H{right:.6g}"

    powers = range(ceil(low), floor(high) + 1)
    step = max(1, ceil(len(powers) / (width / TICK)))
    return Tippett(
        derived=Curve(steps(derived), _share(derived, "derived", below=True)),
        independent=Curve(steps(independent), _share(independent, "independent", below=False)),
        across=[Tick(x(10.0**one), power(one)) for one in powers if one % step == 0],
        upwards=[Tick(y(part / 4), f"{part / 4:.0%}") for part in range(5)],
        one_x=x(1.0),
        low_x=x(bounds[0]),
        high_x=x(bounds[1]),
        word=f"Tippett plot of {len(derived)} derived and {len(independent)} independent lineages",
        width=width,
        height=height,
        right=right,
        floor=foot,
    )


def _share(ratios: Sequence[float], kind: str, *, below: bool) -> str:
    misleading = sum(ratio < 1 if below else ratio > 1 for ratio in ratios)
    return f"{misleading} of {len(ratios)} {kind} lineages got a ratio {'below' if below else 'above'} 1"
