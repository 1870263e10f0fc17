"""A Tippett plot: how many cases of known relation got a ratio at or above each value.

Each ratio comes from a calibration that did not see the lineages of its case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from comparison.drawing.figures import power

WIDE, TALL, LEFT, RIGHT, TOP, FOOT = 420.0, 200.0, 44.0, 12.0, 10.0, 34.0
MOST_TICKS = 9
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
    width: float = WIDE
    height: float = TALL
    left: float = LEFT
    right: float = WIDE - RIGHT
    top: float = TOP
    floor: float = TALL - FOOT


def tippett(
    derived: Sequence[float], independent: Sequence[float], bounds: tuple[float, float]
) -> Tippett | None:
    """The drawing of ratios found for models of known relation; None where a side has none.

    Args:
        derived: ratios of derived models, each from a calibration without its lineage.
        independent: likewise of independent ones.
        bounds: the least and the greatest ratio supported.
    """
    if not derived or not independent:
        return None
    ends = [log10(max(ratio, LEAST)) for ratio in (*derived, *independent, *bounds)]
    low, high = min(-1.0, *ends) - 0.15, max(1.0, *ends) + 0.15

    def x(ratio: float) -> float:
        return LEFT + (WIDE - LEFT - RIGHT) * (log10(max(ratio, LEAST)) - low) / (high - low)

    powers = range(ceil(low), floor(high) + 1)
    step = max(1, ceil(len(powers) / MOST_TICKS))
    return Tippett(
        derived=Curve(_steps([x(one) for one in sorted(derived)]), _share(derived, "derived", below=True)),
        independent=Curve(
            _steps([x(one) for one in sorted(independent)]), _share(independent, "independent", below=False)
        ),
        across=[Tick(x(10.0**one), power(one)) for one in powers if one % step == 0],
        upwards=[Tick(_y(part / 4), f"{part / 4:.0%}") for part in range(5)],
        one_x=x(1.0),
        low_x=x(bounds[0]),
        high_x=x(bounds[1]),
        word=f"Tippett plot of {len(derived)} derived and {len(independent)} independent lineages",
    )


def _y(share: float) -> float:
    return TALL - FOOT - (TALL - FOOT - TOP) * share


def _steps(places: Sequence[float]) -> str:
    """All cases lie at or above the left edge; past each case, one fewer does."""
    path = f"M{LEFT:.6g} {_y(1.0):.6g}"
    for number, place in enumerate(places, start=1):
        path += f"H{place:.6g}V{_y(1 - number / len(places)):.6g}"
    return f"{path}H{WIDE - RIGHT:.6g}"


def _share(ratios: Sequence[float], kind: str, *, below: bool) -> str:
    misleading = sum(ratio < 1 if below else ratio > 1 for ratio in ratios)
    return f"{misleading} of {len(ratios)} {kind} lineages got a ratio {'below' if below else 'above'} 1"
