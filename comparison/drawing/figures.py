"""Figures as they stand on an axis."""

RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
PLAIN = 3
"""Powers of ten up to which the number itself is written."""


def power(exponent: int) -> str:
    """A power of ten: written out where it is short, with a raised exponent where it is not."""
    return f"{10.0**exponent:g}" if abs(exponent) <= PLAIN else f"10{str(exponent).translate(RAISED)}"
