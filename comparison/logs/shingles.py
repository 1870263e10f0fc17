"""Words and runs of words of many texts at once, as 64-bit hashes, computed on their bytes.

Letters of the Latin alphabet count without case; every character from U+3000 on is a word of its own, so that
Chinese, Japanese and Korean text is cut as finely as text with spaces; general punctuation separates words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_SEPARATES, _WORD, _ALONE = 0, 1, 2
_BASE = 0x9E3779B97F4A7C15
_STEP = 0xD6E8FEB86659FD93
LARGEST_BATCH = 1024 * 1024
"""Bytes of text hashed at once; some 30 bytes of memory for each."""
_EIGHT, _LONGEST_WORD = 8, 64
"""Bytes; of longer words the first and the length count."""


def _classes() -> bytes:
    table = bytearray(256)
    for character in b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_":
        table[character] = _WORD
    table[0x80:0xE2] = bytes([_WORD]) * (0xE2 - 0x80)
    table[0xE3:0xF5] = bytes([_ALONE]) * (0xF5 - 0xE3)
    return bytes(table)


_CLASS = _classes()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of several texts in order.

    Args:
        hashes: one of each word [words].
        text: the number of the text that each stands in [words], ascending.
        starts: where each begins, in bytes of the texts joined [words].
        ends: where each ends [words].
        first: the number of the first byte of each text [texts].
        texts: how many there are.
    """

    hashes: Hashes
    text: Places
    starts: Places
    ends: Places
    first: Places
    texts: int


def words(texts: Sequence[str]) -> Words:
    """Every word of the texts, hashed."""
    joined = "\0".join(text.replace("\0", " ") for text in texts).encode("utf-8", "replace") + b"\0"
    held = np.frombuffer(joined, dtype=np.uint8)
    closes = np.flatnonzero(held == 0)
    kind = np.frombuffer(bytearray(joined.translate(_CLASS)), dtype=np.uint8)
    _punctuation(held, kind)
    begins = kind == _ALONE
    begins[1:] |= (kind[1:] == _WORD) & (kind[:-1] == _SEPARATES)
    begins[0] = kind[0] != _SEPARATES
    alone = np.flatnonzero(kind == _ALONE)
    after = alone + 3 + (held[alone] >= 0xF0)
    after = after[after < len(held)]
    begins[after] |= kind[after] != _SEPARATES
    ends_here = np.empty(len(held), dtype=bool)
    ends_here[:-1] = (kind[:-1] != _SEPARATES) & ((kind[1:] == _SEPARATES) | begins[1:])
    ends_here[-1] = False
    starts, ends = np.flatnonzero(begins), np.flatnonzero(ends_here) + 1
    return Words(
        hashes=_word_hashes(joined.lower(), starts, ends - starts),
        text=np.searchsorted(closes, starts),
        starts=starts,
        ends=ends,
        first=np.concatenate([[0], closes[:-1] + 1]),
        texts=len(texts),
    )


def _word_hashes(folded: bytes, starts: Places, lengths: Places) -> Hashes:
    """One hash for each word, from its length and its first bytes, read eight at a time."""
    eights: Hashes = np.ndarray(
        len(folded), dtype="<u8", buffer=folded + bytes(_EIGHT), strides=(1,)
    )  # every byte begins one number
    hashes = lengths.astype(np.uint64)
    left = np.arange(len(starts))
    for offset in range(0, _LONGEST_WORD, _EIGHT):
        left = left[lengths[left] > offset]
        if not len(left):
            break
        unread = np.clip(_EIGHT + offset - lengths[left], 0, _EIGHT).astype(np.uint64) * np.uint64(_EIGHT)
        piece = eights[starts[left] + offset] << unread
        one = (hashes[left] ^ piece) * np.uint64(_STEP)
        hashes[left] = one ^ (one >> np.uint64(32))
    return mixed(hashes)


def _punctuation(held: NDArray[np.uint8], kind: NDArray[np.uint8]) -> None:
    """Characters from U+2000 to U+2FFF separate with all three of their bytes."""
    lead = np.flatnonzero(held == 0xE2)
    for byte in (1, 2):
        kind[np.minimum(lead + byte, len(held) - 1)] = _SEPARATES


def runs(found: Words, length: int) -> tuple[Hashes, Places]:
    """The hash of every run of ``length`` words inside one text, and at which word each begins."""
    count = len(found.hashes) - length + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
    total = np.zeros(count, dtype=np.uint64)
    for place in range(length):
        total = total * np.uint64(_STEP) + found.hashes[place : place + count]
    inside = np.flatnonzero(found.text[:count] == found.text[length - 1 :])
    return mixed(total[inside]), inside


def mixed(values: Hashes) -> Hashes:
    """The values with every bit spread over all others (the finaliser of SplitMix64)."""
    values = values ^ (values >> np.uint64(30))
    values = values * np.uint64(0xBF58476D1CE4E5B9)
    values = values ^ (values >> np.uint64(27))
    values = values * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def spans(values: Hashes, starts: Places, ends: Places) -> Hashes:
    """One hash for each span of the values, which depends on their order; spans without values hash alike.

    They are polynomials modulo 2^64 from one running sum: each span's share, moved back to the power zero.
    """
    power, inverse = _powers(len(values))
    sums = np.zeros(len(values) + 1, dtype=np.uint64)
    np.cumsum(values * power, out=sums[1:])
    return mixed((sums[ends] - sums[starts]) * inverse[np.minimum(starts, len(values) - 1)])


_HELD: list[tuple[Hashes, Hashes]] = []


def _powers(count: int) -> tuple[Hashes, Hashes]:
    """Powers of the base and of its inverse modulo 2^64, kept for the next batch."""
    if not _HELD or len(_HELD[0][0]) < count:
        size = max(count, 1024)
        made = []
        for base in (_BASE, pow(_BASE, -1, 2**64)):
            series = np.full(size, base, dtype=np.uint64)
            series[0] = 1
            made.append(np.cumprod(series, dtype=np.uint64))
        _HELD[:] = [(made[0], made[1])]
    power, inverse = _HELD[0]
    return power[:count], inverse[:count]
