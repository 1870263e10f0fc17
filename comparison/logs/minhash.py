"""MinHash of texts by their runs of words: which are worth comparing in full.

One permutation is cut into as many parts as the sketch has places, so that each run is hashed once whatever
the sketch's length; a part that no run fell into takes the next part's value. A band is a few places hashed
together, and two texts are candidates when one band agrees.

Papers: Broder, On the resemblance and containment of documents (1997); Li, Owen and Zhang, One permutation
hashing (2012); Shrivastava and Li, Densifying one permutation hashing via rotation (2014); Indyk and Motwani
(1998) for the bands.
"""

import numpy as np
from numpy.typing import NDArray

from comparison.logs.shingles import Hashes, Places, mixed

PLACES_LOG2 = 7
SKETCH = 2**PLACES_LOG2
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
    least = np.full(texts * SKETCH, _NONE, dtype=np.uint64)
    part = (hashes >> np.uint64(64 - PLACES_LOG2)).astype(np.int64)
    np.minimum.at(least, text * SKETCH + part, hashes << np.uint64(PLACES_LOG2))
    sketch = least.reshape(texts, SKETCH)
    _densify(sketch)
    empty = np.flatnonzero(sketch[:, 0] == _NONE)
    sketch[empty] = mixed(empty.astype(np.uint64))[:, None]
    return sketch


def _densify(sketch: NDArray[np.uint64]) -> None:
    """Each empty part takes the value of the next that is not, moved by its distance from it."""
    empty = sketch == _NONE
    rows = np.flatnonzero(empty.any(axis=1) & ~empty.all(axis=1))
    if not len(rows):
        return
    twice = np.concatenate([empty[rows], empty[rows]], axis=1)
    places = np.where(twice, 2 * SKETCH, np.arange(2 * SKETCH))
    following = np.minimum.accumulate(places[:, ::-1], axis=1)[:, ::-1][:, :SKETCH]
    distance = (following - np.arange(SKETCH)).astype(np.uint64)
    taken = np.take_along_axis(sketch[rows], following % SKETCH, axis=1)
    sketch[rows] = taken + distance * _FAR


def bands(sketch: NDArray[np.uint64]) -> Hashes:
    """The hash of each band of each sketch [texts, ``BANDS``].

    The places of a band stand far apart, since neighbours may have taken the value of one run.
    """
    rows = sketch.reshape(len(sketch), ROWS, BANDS)
    result = np.broadcast_to(np.arange(BANDS, dtype=np.uint64), (len(sketch), BANDS)).copy()
    for row in range(ROWS):
        result = mixed(result * _FAR + rows[:, row, :])
    return result


def caught(similarity: float) -> float:
    """The chance that two texts of this similarity (Jaccard, 0 to 1) become candidates."""
    return float(1 - (1 - similarity**ROWS) ** BANDS)
