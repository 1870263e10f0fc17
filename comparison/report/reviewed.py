"""Whether a sentence of the report is one of those that were reviewed."""

import re
from functools import cache

from comparison.report import closing, rules, words

HOLE = re.compile(r"\{\w+(?::[^}]*)?\}")
SHORTEST = 20
"""Characters below which a constant is a label."""


def known(text: str) -> bool:
    """Whether it is one of the constants of these modules, whatever figures and names stand in it."""
    return any(pattern.fullmatch(text) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    named = [
        value for room in (closing, rules, words) for name, value in vars(room).items() if name.isupper()
    ]
    constants = [text for value in named for text in (value if isinstance(value, tuple) else (value,))]
    sentences = [text for text in constants if isinstance(text, str) and len(text) > SHORTEST]
    return tuple(re.compile(".{1,1500}?".join(map(re.escape, HOLE.split(text)))) for text in sentences)
