"""MinHash of texts by their runs of words: which are worth comparing in full.

Each of a few permutations is cut into parts, and a place of the sketch is the least run of a part; a part
that no run fell into takes the next part's value. A band is a few places hashed together, and two texts are
candidates when one band agrees. One permutation with as many parts as the sketch has places would be cheaper,
but a text of few runs leaves most parts empty, and of texts of 12 runs it missed one near-duplicate in four.

Papers: Broder, On the resemblance and containment of documents (1997); Li, Owen and Zhang, One permutation
hashing (2012); Shrivastava and Li, Densifying one permutation hashing via rotation (2014); Indyk and Motwani
(1998) for the bands.
"""

import numpy as np
from numpy.typing import NDArray

from comparison.logs.shingles import Hashes, Places, mixed

PERMUTATIONS = 8
PARTS_LOG2 = 4
PARTS = 2**PARTS_LOG2
"""Of each permutation; few enough that a text of 12 runs fills most of them."""
SKETCH = PERMUTATIONS * PARTS
ROWS = 4
BANDS = SKETCH // ROWS
_NONE = np.uint64(2**64 - 1)
_FAR = np.uint64(0x9E3779B97F4A7C15)


def sketches(hashes: Hashes, text: Places, texts: int) -> NDArray[np.uint64]:
    """The sketch of each text [texts, ``SKETCH``]; a text without runs has one that agrees with no other's.

    Args:
        hashes: of the runs.
        text: the number of the text that each is in.
        texts: how many there are.
    """
    sketch = np.empty((texts, SKETCH), dtype=np.uint64)
    for number in range(PERMUTATIONS):
        permuted = mixed(hashes ^ np.uint64(number))
        part = (permuted >> np.uint64(64 - PARTS_LOG2)).astype(np.int64)
        least = np.full(texts * PARTS, _NONE, dtype=np.uint64)
        np.minimum.at(least, text * PARTS + part, permuted << np.uint64(PARTS_LOG2))
        own = least.reshape(texts, PARTS)
        _densify(own)
        sketch[:, number * PARTS : (number + 1) * PARTS] = own
    empty = np.flatnonzero(sketch[:, 0] == _NONE)
    sketch[empty] = mixed(empty.astype(np.uint64))[:, None]
    return sketch


def _densify(places: NDArray[np.uint64]) -> None:
    """Each empty part takes the value of the next that is not, moved by its distance from it."""
    empty = places == _NONE
    rows = np.flatnonzero(empty.any(axis=1) & ~empty.all(axis=1))
    if not len(rows):
        return
    twice = np.concatenate([empty[rows], empty[rows]], axis=1)
    indices = np.where(twice, 2 * PARTS, np.arange(2 * PARTS))
    following = np.minimum.accumulate(indices[:, ::-1], axis=1)[:, ::-1][:, :PARTS]
    distance = (following - np.arange(PARTS)).astype(np.uint64)
    taken = np.take_along_axis(places[rows], following % PARTS, axis=1)
    places[rows] = taken + distance * _FAR


def bands(sketch: NDArray[np.uint64]) -> Hashes:
    """The hash of each band of each sketch [texts, ``BANDS``].

    Each place of a band is of another permutation, since places of one may have taken the value of one run.
    """
    rows = sketch.reshape(len(sketch), ROWS, BANDS)
    result = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), (len(sketch), BANDS)).copy()
    for row in range(ROWS):
        result = mixed(result * _FAR + rows[:, row, :])
    return result


def caught(similarity: float) -> float:
    """The chance that two texts of this similarity (Jaccard, 0 to 1) become candidates."""
    return float(1 - (1 - similarity**ROWS) ** BANDS)
