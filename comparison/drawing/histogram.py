"""A value on the histogram of its null."""

from collections.abc import Sequence
from dataclasses import dataclass

BINS, WIDE, TALL, FOOT, EDGE = 24, 264.0, 48.0, 16.0, 8.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the histogram, in drawing units."""

    x: float
    y: float
    width: float
    height: float
    word: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """The null's values as bars, where the suspect's stands, and where models of known derivation do."""

    bars: Sequence[Bar]
    value_x: float
    derived: Sequence[float]
    low: str
    high: str
    word: str
    width: float
    floor: float
    edge: float = EDGE

    @property
    def height(self) -> float:
        """Of the whole drawing, with its line of figures."""
        return self.floor + FOOT

    @property
    def foot(self) -> float:
        """The line on which the figures stand."""
        return self.height - 3

    @property
    def right(self) -> float:
        """Where the floor ends."""
        return self.width - self.edge


def histogram(
    value: float,
    null: Sequence[float],
    derived: Sequence[float] = (),
    *,
    width: float = WIDE,
    floor: float = TALL,
) -> Histogram:
    """The drawing of a value among those of the null; the scale spans all that is drawn.

    Args:
        value: the suspect's.
        null: one value of each independent lineage, at least one.
        derived: values of models known to be derived from the reference.
        width: of the drawing.
        floor: the height of the bars' floor below its upper edge.
    """
    low, high = min(value, *null, *derived), max(value, *null, *derived)
    span = (high - low) or 1.0
    counts = [0] * BINS
    for one in null:
        counts[min(int((one - low) / span * BINS), BINS - 1)] += 1
    step = (width - 2 * EDGE) / BINS
    bars = [
        Bar(
            x=EDGE + step * number,
            y=floor - (floor - 6) * count / max(counts),
            width=step - 1,
            height=(floor - 6) * count / max(counts),
            word=f"{count} of {len(null)} from {low + span * number / BINS:.3g}",
        )
        for number, count in enumerate(counts)
        if count
    ]
    value_x, *places = (EDGE + (width - 2 * EDGE) * (one - low) / span for one in (value, *derived))
    word = f"The value {value:.4g} among {len(null)} lineages from {min(null):.4g} to {max(null):.4g}"
    return Histogram(bars, value_x, places, f"{low:.3g}", f"{high:.3g}", word, width, floor)
