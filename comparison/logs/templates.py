"""Prompt templates: the words that many prompts have in common, with what varies between them masked.

A run of six words is fixed when many prompts hold it, and when it is about as common as the runs that
overlap it; at the edge of a variable part that fails, whatever word the part happens to begin with. The
fixed words of a prompt, with one gap for each stretch between them, are its template.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from comparison.logs.shingles import Hashes, Places, Words, runs, spans, words

RUN = 6
"""Words."""
COUNTERS = 2**25
EDGE = 0.5
"""Share of the commonest overlapping run's count below which a run stands at the edge of a fixed part."""
ISLAND = 0.02
"""Share of the count of a prompt's commonest run below which a run is a set phrase, not the template."""
GAP = np.uint64(1)
GAP_TEXT = "…"


class RunCounts:
    """How often each run of words occurred, in counters that some rare runs share by chance.

    Sharing only adds: the count of a run is never too low.
    """

    def __init__(self) -> None:
        self.counters: NDArray[np.uint32] = np.zeros(COUNTERS, dtype=np.uint32)

    def add(self, prompts: Sequence[str]) -> None:
        """The runs of these prompts are counted, too."""
        hashes, _ = runs(words(prompts), RUN)
        np.add.at(self.counters, _place(hashes), np.uint32(1))

    def of(self, hashes: Hashes) -> NDArray[np.uint32]:
        """The count of each run."""
        return self.counters[_place(hashes)]


@dataclass(frozen=True, slots=True)
class Masked:
    """The templates of several prompts.

    Args:
        template: hash of each prompt's template, 0 for one that has too few fixed words [prompts].
        fixed: fixed words of each [prompts].
        content: hash of all words of each [prompts].
    """

    template: Hashes
    fixed: Places
    content: Hashes


def masked(prompts: Sequence[str], counts: RunCounts, least_uses: int, least_fixed: int) -> Masked:
    """The template of each prompt.

    Args:
        prompts: in any number.
        counts: of the runs of all prompts.
        least_uses: prompts that must hold a run for it to be fixed.
        least_fixed: fixed words that a template has at least.
    """
    found = words(prompts)
    first = np.searchsorted(found.text, np.arange(found.texts + 1))
    begins, ends = first[:-1], first[1:]
    if not len(found.hashes):
        nothing = np.zeros(found.texts, dtype=np.uint64)
        return Masked(nothing, nothing.astype(np.int64), nothing)
    is_fixed = _fixed_words(found, counts, least_uses)
    before = np.concatenate([[0], np.cumsum(is_fixed)])
    fixed = before[ends] - before[begins]
    # A masked word stands for its whole stretch where the word before it is fixed or of another prompt.
    previous = np.concatenate([[True], is_fixed[:-1] | (found.text[1:] != found.text[:-1])])
    stays = is_fixed | previous
    sequence = np.where(is_fixed, found.hashes, GAP)[stays]
    place = np.concatenate([[0], np.cumsum(stays)])
    template = spans(sequence, place[begins], place[ends])
    template[fixed < least_fixed] = 0
    return Masked(template, fixed, spans(found.hashes, begins, ends))


def template_text(prompt: str, counts: RunCounts, least_uses: int) -> str:
    """The prompt with everything but its fixed words masked."""
    found = words([prompt])
    if not len(found.hashes):
        return GAP_TEXT
    is_fixed = _fixed_words(found, counts, least_uses)
    held = prompt.replace("\0", " ").encode("utf-8", "replace")
    parts: list[str] = []
    end = 0
    for start, stop, stays in zip(found.starts, found.ends, is_fixed, strict=True):
        if stays:
            between = held[end:start].decode("utf-8", "replace")
            parts.append(between if not parts or parts[-1] != GAP_TEXT else " ")
            parts.append(held[start:stop].decode("utf-8", "replace"))
        elif not parts or parts[-1] != GAP_TEXT:
            parts += [" ", GAP_TEXT]
        end = stop
    return "".join(parts).strip()


def fixed_runs(prompt: str, counts: RunCounts, least_uses: int) -> frozenset[int]:
    """The hashes of the runs of a prompt that are fixed."""
    found = words([prompt])
    hashes, place = runs(found, RUN)
    return frozenset(hashes[_fixed(hashes, place, found, counts, least_uses)].tolist())


def _fixed_words(found: Words, counts: RunCounts, least_uses: int) -> NDArray[np.bool_]:
    hashes, place = runs(found, RUN)
    covered = np.zeros(len(found.hashes), dtype=bool)
    kept = place[_fixed(hashes, place, found, counts, least_uses)]
    for offset in range(RUN):
        covered[kept + offset] = True
    return covered


def _fixed(
    hashes: Hashes, place: Places, found: Words, counts: RunCounts, least_uses: int
) -> NDArray[np.bool_]:
    """Which runs are fixed.

    A run that is not inside one prompt counts as none, so that no prompt's runs look like neighbours of
    another's: the last run of one and the first of the next are ``RUN`` words apart.
    """
    at = np.zeros(len(found.hashes), dtype=np.uint32)
    at[place] = counts.of(hashes)
    near = at.copy()
    for offset in range(1, RUN):
        near[offset:] = np.maximum(near[offset:], at[:-offset])
        near[:-offset] = np.maximum(near[:-offset], at[offset:])
    most = np.zeros(found.texts, dtype=np.uint32)
    np.maximum.at(most, found.text, at)
    own, edge, commonest = at[place], near[place], most[found.text[place]]
    enough: NDArray[np.bool_] = (own >= least_uses) & (own >= EDGE * edge) & (own >= ISLAND * commonest)
    return enough


def _place(hashes: Hashes) -> Places:
    return (hashes >> np.uint64(64 - 25)).astype(np.int64)
