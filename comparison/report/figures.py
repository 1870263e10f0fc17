"""Figures as a reader of the report meets them, with no more digits than are meant."""

import re

from comparison.drawing.figures import RAISED

SHORT = re.compile(r"(?<![\w.])(-?\d(?:\.\d+)?)e([+-]\d+)(?![\w.]*\w)")
SMALLEST = 1e-299
NONE, MINUS = "—", "−"


def number(value: float | None, digits: int = 4) -> str:
    """A value with so many digits; very small and very large ones as a power of ten."""
    # Adding nought takes the sign off a nought.
    return NONE if value is None else typographic(f"{value + 0.0:.{digits}g}").replace("-", MINUS, 1)


def p_value(p: float | None) -> str:
    """A p-value with two digits; below what a computer tells from nothing, that."""
    if p is None:
        return NONE
    return typographic(f"{p:.2g}") if p > SMALLEST else "below 10⁻²⁹⁹"


def ratio(value: float | None) -> str:
    """A likelihood ratio, or a bound of one, with three digits."""
    return number(value, 3)


def typographic(text: str) -> str:
    """The text with computers' powers of ten (1.2e-34) written as people write them."""
    return SHORT.sub(lambda found: f"{found[1]}\u00a0×\u00a010{str(int(found[2])).translate(RAISED)}", text)


def among(hits: int, trials: int, interval: tuple[float, float]) -> str:
    """A rate with its interval: ``1 of 12 (0.4% to 35.4%)``."""
    return f"{hits} of {trials} ({interval[0]:.1%} to {interval[1]:.1%})"


def power_of_ten(log10: float) -> str:
    """A power of ten that may be smaller than any number of the computer."""
    return f"10 to the power {log10:.1f}".replace("-", MINUS)


def span(low: float, high: float) -> str:
    """From the least to the greatest."""
    return f"{number(low, 3)} to {number(high, 3)}"
