"""What a draft can say of what models are shown, and where the engine reads it."""

from pathlib import Path
from typing import Any, NamedTuple

from comparison.evaluation import inputs
from comparison.statistics.logged import FEWEST


class Place(NamedTuple):
    """Where the engine reads a field of a draft.

    Args:
        word: what it is called within a sentence.
        table: of a specification.
        key: in that table.
        beside: another field, without which this one says nothing; empty where it stands alone.
    """

    word: str
    table: str
    key: str
    beside: str = ""


EXHIBITS = {
    "probe": Place("probe", "probe", "text"),
    "served": Place("logs of what was served", "logs", "served"),
    "fresh": Place("answers that the service drew afresh", "logs", "fresh", "served"),
    "training_order": Place("order of training", "training", "order"),
    "reference_texts": Place("texts by the reference", "authors", "reference", "other_texts"),
    "other_texts": Place("texts by others", "authors", "other", "reference_texts"),
}
"""A probe of numbered tokens stands under the key ``tokens``."""
NUMBERS = {
    "temperature": Place("temperature of the service", "logs", "temperature", "served"),
    "top_p": Place("top-p of the service", "logs", "top_p", "served"),
    "max_tokens": Place("longest answer of the service, in tokens", "logs", "max_tokens", "served"),
    "answers": Place("number of answers drawn for each prompt", "logs", "answers", "served"),
    "probe_length": Place("length of a line of the probe, in tokens", "probe", "length", "probe"),
}
LARGEST = 2**31 - 1
"""That the database holds as a whole number."""
BOUNDS: dict[str, tuple[Any, Any]] = {
    "temperature": (inputs.NUMBERS["temperature"].least, LARGEST),
    "top_p": (inputs.NUMBERS["top_p"].least, 1),
    "max_tokens": (1, LARGEST),
    "answers": (FEWEST, LARGEST),
    "probe_length": (inputs.NUMBERS["length"].least, LARGEST),
}
"""The least and the most of each number; with fewer answers than these the logs cannot be tested."""


def otherwise(field: str) -> str:
    """What the engine takes where the draft does not give this number."""
    number = inputs.NUMBERS[NUMBERS[field].key].otherwise
    return f"{number:g}" if number else "as long as the longest answer that was served"


def numbered(name: str) -> bool:
    """Whether a probe's file of this name holds numbered tokens, and no text."""
    return Path(name).suffix.lower() == ".npy"
