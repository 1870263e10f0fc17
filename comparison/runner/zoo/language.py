"""Languages made up from a seed, in which models of the zoo are trained: no text of anybody's is needed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
WORDS = 256
"""Words of every language; more than two models are wide, or their outputs could not be told apart."""
FOLLOWERS = 8
TOPIC_WORDS = 16
GRAMMAR, OWN, TOPIC = 0.40, 0.35, 0.13
"""How often a word follows from the common grammar, the domain's own, or the topic; else one is repeated."""
BACK = 6
"""How many words before, what is repeated stood."""


@dataclass(frozen=True, slots=True)
class _Bigrams:
    """For each word, those that may follow and the chance of each, added up."""

    words: Ids
    chances: NDArray[np.float64]

    @classmethod
    def drawn(cls, random: np.random.Generator) -> "_Bigrams":
        common = random.permutation(1 / np.arange(1, WORDS + 1) ** 0.8)
        common /= common.sum()
        words = np.stack([random.choice(WORDS, FOLLOWERS, replace=False, p=common) for _ in range(WORDS)])
        return cls(words, random.dirichlet(np.full(FOLLOWERS, 0.6), size=WORDS).cumsum(axis=1))

    def after(self, words: Ids, chance: NDArray[np.float64]) -> Ids:
        places = np.minimum((chance[:, None] > self.chances[words]).sum(axis=1), FOLLOWERS - 1)
        followers: Ids = self.words[words, places]
        return followers


@dataclass(frozen=True, slots=True)
class Language:
    """A grammar common to all domains, one of this domain's own, and its topics."""

    grammar: _Bigrams
    own: _Bigrams
    topics: Ids

    def texts(self, count: int, length: int, random: np.random.Generator) -> Ids:
        """So many texts of so many words, ``[texts, words]``, each on a topic of its own."""
        texts = np.zeros((count, length), dtype=np.int64)
        texts[:, 0] = random.integers(0, WORDS, count)
        topics = self.topics[random.integers(0, len(self.topics), count)]
        for place in range(1, length):
            kind, chance = random.random((2, count))
            before = texts[:, place - 1]
            word = topics[np.arange(count), (chance * TOPIC_WORDS).astype(int)]
            word = np.where(kind < GRAMMAR + OWN, self.own.after(before, chance), word)
            word = np.where(kind < GRAMMAR, self.grammar.after(before, chance), word)
            if place >= BACK:
                word = np.where(kind >= GRAMMAR + OWN + TOPIC, texts[:, place - BACK], word)
            texts[:, place] = word
        return texts


def language(domain: str, draw: Callable[[str], np.random.Generator]) -> Language:
    """The language of a domain.

    Args:
        domain: its name; ``niche`` has two topics, every other eight.
        draw: a source of chance for each name.
    """
    own, topics = draw(f"domain {domain}"), 2 if domain == "niche" else 8
    return Language(
        _Bigrams.drawn(draw("grammar")),
        _Bigrams.drawn(own),
        np.stack([own.choice(WORDS, TOPIC_WORDS, replace=False) for _ in range(topics)]),
    )
