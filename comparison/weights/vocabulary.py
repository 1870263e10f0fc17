"""Which tokens two models share, by the strings that their own tokenizers give them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.weights import refusals
from comparison.weights.errors import TokensNotShared
from comparison.weights.folder import Folder, read_json

FEWEST = 32
"""Shared tokens below which nothing can be observed on them."""


@dataclass(frozen=True, slots=True)
class SharedTokens:
    """Rows of both models' embeddings that stand for the same tokens; ``by`` is ``string`` or ``id``."""

    reference: NDArray[np.intp]
    suspect: NDArray[np.intp]
    by: str

    def sample(self, most: int, seed: int) -> "SharedTokens":
        """At most so many of them, drawn with the seed."""
        if len(self.reference) <= most:
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self.reference), most, replace=False))
        return SharedTokens(self.reference[drawn], self.suspect[drawn], self.by)


def shared_tokens(reference: Folder, suspect: Folder, rows: tuple[int, int]) -> SharedTokens:
    """The tokens of one string in both; where a tokenizer is missing and the sizes agree, those of one id.

    Args:
        reference: one model.
        suspect: the other.
        rows: of their embeddings; ids beyond them have no embedding.

    Raises:
        TokensNotShared: too few strings are the same, or a tokenizer is missing and the sizes differ.
    """
    ours, theirs = vocabulary(reference), vocabulary(suspect)
    if ours is None or theirs is None:
        if rows[0] != rows[1]:
            raise TokensNotShared(
                refusals.NO_TOKENIZER.format(ours=rows[0], theirs=rows[1]),
                remedy="Put tokenizer.json into both folders; only it says which token is which.",
            )
        same = np.arange(rows[0])
        return SharedTokens(same, same, "id")
    pairs = sorted(
        (number, theirs[text])
        for text, number in ours.items()
        if number < rows[0] and theirs.get(text, rows[1]) < rows[1]
    )
    if len(pairs) < FEWEST:
        raise TokensNotShared(
            refusals.FEW_TOKENS.format(tokens=len(pairs), fewest=FEWEST),
            remedy="Compare by hashes and raw-weights, which need none.",
        )
    left, right = np.array(pairs, dtype=np.intp).T
    return SharedTokens(left, right, "string")


def vocabulary(model: Folder) -> dict[str, int] | None:
    """Token -> id as the tokenizer's own files give them; None where they hold no vocabulary."""
    for file in model.tokenizer:
        found = _from_file(file)
        if found:
            return found
    return None


def _from_file(file: Path) -> dict[str, int] | None:
    match file.name:
        case "tokenizer.json":
            return _fast(read_json(file))
        case "vocab.json":
            return _whole(read_json(file))
        case "vocab.txt":
            # Bytes that are no UTF-8 are a token like others: the same in both files, or not.
            lines = file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
            return {text: number for number, text in enumerate(lines) if text}
        case _:
            return None


def _fast(content: dict[str, Any]) -> dict[str, int]:
    model = content.get("model")
    entries = model.get("vocab") if isinstance(model, dict) else None
    if isinstance(entries, list):
        entries = {
            entry[0]: number for number, entry in enumerate(entries) if isinstance(entry, list) and entry
        }
    found = _whole(entries) if isinstance(entries, dict) else {}
    added = content.get("added_tokens")
    for entry in added if isinstance(added, list) else []:
        if isinstance(entry, dict):
            found |= _whole({entry.get("content"): entry.get("id")})
    return found


def _whole(entries: dict[Any, Any]) -> dict[str, int]:
    return {
        text: number
        for text, number in entries.items()
        if isinstance(text, str) and isinstance(number, int) and number >= 0
    }
