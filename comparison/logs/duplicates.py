"""Served outputs that are near-duplicates of the suspect's published training samples.

MinHash finds the candidates; what is reported of each is the exact share of common runs of words (Jaccard).
The samples are taken in portions that fit into memory, and for each portion the outputs stream past once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import numpy as np

from comparison.logs.assigning import batches
from comparison.logs.minhash import BANDS, bands, sketches
from comparison.logs.shingles import Hashes, Places, runs, spans, words

RUN = 5
"""Words."""
LEAST_RUNS = 12
"""Runs; shorter texts are alike too easily, and are not compared."""
_ALL_BITS, _RUN_BITS = np.uint64(64), np.uint64(50)
PORTION = 200_000
"""Samples held at once; 256 bytes of bands and their texts' runs each."""


@dataclass(slots=True)
class Compared:
    """What was compared.

    Args:
        outputs: long enough to be compared.
        short_outputs: those that were not.
        samples: different ones that were long enough.
        short_samples: those that were not.
        repeated_samples: those with the same runs as an earlier one of their portion.
    """

    outputs: int = 0
    short_outputs: int = 0
    samples: int = 0
    short_samples: int = 0
    repeated_samples: int = 0


@dataclass(frozen=True, slots=True)
class _Texts:
    """Texts that are long enough, each as a set of runs, laid end to end."""

    rows: Places
    first: Places
    runs: Hashes
    bands: Hashes

    def set_of(self, number: int) -> Hashes:
        """The runs of one text, ascending."""
        return self.runs[self.first[number] : self.first[number + 1]]


def find_duplicates(db: duckdb.DuckDBPyConnection, least_similarity: float) -> Compared:
    """The tables ``duplicates`` (output_row, sample_row, similarity) and ``repeats`` stand.

    Of samples with the same runs the first is compared and stands in ``duplicates`` for all; ``repeats``
    (sample_row, first_row) names the others.

    Args:
        db: with ``exchanges`` and ``samples``.
        least_similarity: share (0 to 1) of common runs from which two texts are near-duplicates.
    """
    db.execute("CREATE TABLE duplicates (output_row BIGINT, sample_row BIGINT, similarity DOUBLE)")
    db.execute("CREATE TABLE repeats (sample_row BIGINT, first_row BIGINT)")
    compared = Compared()
    for number, held in enumerate(_portions(db, compared)):
        order = np.argsort(held.bands, axis=0, kind="stable")
        ordered = np.take_along_axis(held.bands, order, axis=0)
        for rows, texts in batches(db, "output", "exchanges"):
            read = _read(rows, texts)
            if not number:
                compared.outputs += len(read.rows)
                compared.short_outputs += len(rows) - len(read.rows)
            _keep(db, read, held, _candidates(read.bands, ordered, order), least_similarity)
    return compared


def _portions(db: duckdb.DuckDBPyConnection, compared: Compared) -> Iterator[_Texts]:
    """The samples, so many at once; the one portion of no samples is empty."""
    waiting: list[_Texts] = []
    for rows, texts in batches(db, "text", "samples"):
        read = _read(rows, texts)
        compared.short_samples += len(rows) - len(read.rows)
        waiting.append(read)
        if sum(len(one.rows) for one in waiting) >= PORTION:
            yield _different(db, waiting, compared)
            waiting = []
    if waiting:
        yield _different(db, waiting, compared)


def _different(db: duckdb.DuckDBPyConnection, portions: Sequence[_Texts], compared: Compared) -> _Texts:
    """The texts of several portions, each set of runs once."""
    sizes = np.concatenate([np.diff(one.first) for one in portions])
    all_runs = np.concatenate([one.runs for one in portions])
    first = np.concatenate([[0], np.cumsum(sizes)])
    whole = spans(all_runs, first[:-1], first[1:]) if len(all_runs) else np.empty(0, dtype=np.uint64)
    _, earliest, which = np.unique(whole, return_index=True, return_inverse=True)
    stays = np.zeros(len(sizes), dtype=bool)
    stays[earliest] = True
    rows = np.concatenate([one.rows for one in portions])
    compared.samples += int(stays.sum())
    compared.repeated_samples += int((~stays).sum())
    db.register("again", {"sample_row": rows[~stays], "first_row": rows[earliest][which][~stays]})
    db.execute("INSERT INTO repeats SELECT * FROM again")
    db.unregister("again")
    return _Texts(
        rows=rows[stays],
        first=np.concatenate([[0], np.cumsum(sizes[stays])]),
        runs=all_runs[np.repeat(stays, sizes)],
        bands=np.concatenate([one.bands for one in portions])[stays],
    )


def _read(rows: Sequence[int], texts: Sequence[str]) -> _Texts:
    found = words(texts)
    hashes, place = runs(found, RUN)
    # One number for text and run sorts in one go; fifty bits of a run tell enough of them apart.
    keys = np.sort((found.text[place].astype(np.uint64) << _RUN_BITS) | (hashes >> (_ALL_BITS - _RUN_BITS)))
    keys = keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys
    text = (keys >> _RUN_BITS).astype(np.int64)
    hashes = keys << (_ALL_BITS - _RUN_BITS)
    sizes = np.bincount(text, minlength=len(texts))
    long = sizes >= LEAST_RUNS
    stays, number = long[text], np.cumsum(long) - 1
    return _Texts(
        rows=np.array(rows, dtype=np.int64)[long],
        first=np.concatenate([[0], np.cumsum(sizes[long])]),
        runs=hashes[stays],
        bands=bands(sketches(hashes[stays], number[text[stays]], int(long.sum()))),
    )


def _candidates(asked: Hashes, ordered: Hashes, order: Places) -> Places:
    """Pairs of numbers of an asked and a held text of which one band agrees [pairs, 2]."""
    pairs = []
    for band in range(BANDS):
        held = np.ascontiguousarray(ordered[:, band])
        low = np.searchsorted(held, asked[:, band])
        hit = np.flatnonzero(held[np.minimum(low, len(held) - 1)] == asked[:, band])
        high = np.searchsorted(held, asked[hit, band], side="right")
        for number, begin, end in zip(hit.tolist(), low[hit].tolist(), high.tolist(), strict=True):
            pairs += [(number, other) for other in order[begin:end, band].tolist()]
    return np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2)


def _keep(
    db: duckdb.DuckDBPyConnection, asked: _Texts, held: _Texts, pairs: Places, least_similarity: float
) -> None:
    similarity = np.zeros(len(pairs))
    for place, (one, other) in enumerate(pairs):
        ours, theirs = asked.set_of(one), held.set_of(other)
        common = len(np.intersect1d(ours, theirs, assume_unique=True))
        similarity[place] = common / (len(ours) + len(theirs) - common)
    alike = similarity >= least_similarity
    if alike.any():
        found = {
            "output_row": asked.rows[pairs[alike, 0]],
            "sample_row": held.rows[pairs[alike, 1]],
            "similarity": similarity[alike],
        }
        db.register("found", found)
        db.execute("INSERT INTO duplicates SELECT * FROM found")
        db.unregister("found")
