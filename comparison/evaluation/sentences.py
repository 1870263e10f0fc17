"""Sentences of the program's own, known again among whatever else a file may say."""

import re
from collections.abc import Mapping, Sequence

HOLE = re.compile(r"\{(\w+)(?::[^}]*)?\}")
FIGURE = "[-+0-9.,e%]{1,40}"


def pattern(sentence: str, lists: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """What matches the sentence with figures in its holes.

    Args:
        sentence: with holes as ``str.format`` fills them.
        lists: by the name of a hole, the words of which one stands there in place of a figure.
    """
    parts = HOLE.split(sentence)  # text and names of holes take turns
    parts[::2] = map(re.escape, parts[::2])
    parts[1::2] = ["|".join(map(re.escape, lists[name])) if name in lists else FIGURE for name in parts[1::2]]
    return re.compile("".join(f"(?:{part})" for part in parts))
