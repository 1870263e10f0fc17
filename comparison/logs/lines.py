"""The lines of a file as a person counts them: which are blank, and what stands in some of them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BLOCK = 1024 * 1024
SHOWN = 4096
"""Bytes of a line that are kept with the reason for which it was left out."""


def blank_lines(path: Path) -> NDArray[np.int64]:
    """The numbers (from 1) of the lines that hold nothing but blanks."""
    found: list[int] = []
    number, held = 0, b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            *lines, held = (held + block).split(b"\n") if b"\n" in block else [held + block]
            found += [number + place for place, line in enumerate(lines, start=1) if not line.strip()]
            number += len(lines)
    if held and not held.strip():
        found.append(number + 1)
    return np.array(found, dtype=np.int64)


def first_longer(path: Path, most: int) -> int | None:
    """The number (from 1) of the first line of more than ``most`` bytes; None where there is none."""
    number, length = 1, 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            begin = 0
            while (end := block.find(b"\n", begin)) >= 0:
                if length + end - begin > most:
                    return number
                number, length, begin = number + 1, 0, end + 1
            length += len(block) - begin
            if length > most:
                return number
    return None


def numbered(ordinals: NDArray[np.int64], blank: NDArray[np.int64]) -> NDArray[np.int64]:
    """The line numbers of the given lines (from 1) once those that are blank count too."""
    before = np.searchsorted(blank - np.arange(len(blank)), ordinals, side="right")
    return ordinals + before


def lines_at(path: Path, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    """Each of these lines (from 1, ascending) with its number, cut to ``SHOWN`` bytes."""
    wanted = iter(numbers)
    number = next(wanted, None)
    with path.open("rb") as file:
        for place, line in enumerate(file, start=1):
            if place == number:
                yield place, line.rstrip(b"\r\n")[:SHOWN]
                number = next(wanted, None)
                if number is None:
                    return
