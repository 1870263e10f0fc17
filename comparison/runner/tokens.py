"""Text and the numbers of tokens, by the model's own tokenizer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from comparison.runner import refusals
from comparison.runner.errors import RunnerRefused
from comparison.weights.folder import Folder

FILE = "tokenizer.json"
Ids = NDArray[np.int64]


def encode(folder: Folder, texts: Sequence[str], *, whole: bool = True) -> list[Ids]:
    """The tokens of each text; ``whole`` adds those by which the model marks the beginning of a text."""
    found = _tokenizer(folder).encode_batch(list(texts), add_special_tokens=whole)
    return [np.array(one.ids, dtype=np.int64) for one in found]


def decode(folder: Folder, sequences: Sequence[Ids]) -> list[str]:
    """The text of each row of tokens."""
    return list(_tokenizer(folder).decode_batch([[int(n) for n in ids] for ids in sequences]))


def _tokenizer(folder: Folder) -> Tokenizer:
    file = folder.path / FILE
    if not file.is_file():
        raise RunnerRefused(
            refusals.NO_TOKENIZER,
            remedy=f"Add the publisher's to {folder.path.resolve().name}, or give the probe as tokens.",
        )
    try:
        return Tokenizer.from_file(str(file))
    except Exception as error:
        raise RunnerRefused(
            refusals.TOKENIZER_UNREADABLE, remedy=f"Correct that of {folder.path.resolve().name}: {error}."
        ) from error
