"""Words for a ratio; sources disagree on the upper bands, so the table used is always printed.

Source: ENFSI Guideline for Evaluative Reporting in Forensic Science (2015), its example of a scale.
"""

from collections.abc import Sequence

Scale = Sequence[tuple[float, str]]
ENFSI: Scale = (
    (1.0, "no support either way"),
    (2.0, "weak support"),
    (10.0, "moderate support"),
    (100.0, "moderately strong support"),
    (1_000.0, "strong support"),
    (10_000.0, "very strong support"),
    (1_000_000.0, "extremely strong support"),
)
"""The least ratio of each band, and its words."""


def in_words(ratio: float, scale: Scale = ENFSI) -> str:
    """The band of the ratio; below 1 the same words stand for the other proposition."""
    strength = ratio if ratio >= 1 else 1 / ratio
    words = next(words for least, words in reversed(scale) if strength >= least)
    if words == scale[0][1]:
        return words
    return f"{words} for {'the first' if ratio > 1 else 'the second'} proposition over the other"
