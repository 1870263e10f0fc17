"""Two models side by side, and what a method found of them."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from comparison.evaluation import refusals, words
from comparison.evaluation.bench import Bench, Part, nothing_shown
from comparison.evaluation.model import Model
from comparison.evaluation.observations import Observed
from comparison.evaluation.storing import Store
from comparison.weights.arrays import Matrix, rows
from comparison.weights.vocabulary import SharedTokens, shared_tokens


@dataclass(frozen=True, slots=True)
class Measured:
    """What a method gave.

    Args:
        value: more is more alike; None where there is none, for the reason that the caveats begin with.
        log10_p: of the method's own test, which needs no population; None where it has none.
        caveats: sentences to be read with it.
        detail: what a file of its own is worth, as plain JSON values.
    """

    value: float | None
    log10_p: float | None = None
    caveats: tuple[str, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Pair:
    """A reference and a suspect, and the seed of everything that is drawn.

    Args:
        reference: one model.
        suspect: the other.
        seed: of the draws.
        bench: what both gave on the probe and on texts; None where nothing was shown to them.
        store: where finished pieces of long work are kept.
    """

    reference: Model
    suspect: Model
    seed: int
    bench: Bench | None = None
    store: Store = field(default_factory=Store)

    @property
    def facts(self) -> tuple[object, ...]:
        """What a piece of work on the weights rests on, beside its method."""
        return (self.seed, self.reference.content_sha256, self.suspect.content_sha256)

    @property
    def with_weights(self) -> tuple[Model, Model]:
        """Both models; raises ``MeasureRefused`` naming the one whose weights are not at hand."""
        for model in (self.reference, self.suspect):
            if model.weights is None:
                raise model.without_weights(self.called(model))
        return self.reference, self.suspect

    def called(self, model: Model) -> refusals.Called:
        """What a reason calls this one of the two."""
        return refusals.Called.REFERENCE if model is self.reference else refusals.Called.SUSPECT

    def begin(self, what: str) -> None:
        """Whoever watches knows what is being done; raises ``Cancelled`` if they have stopped it."""
        if self.bench:
            self.bench.steps.begin(what)

    def observed(self, part: Part) -> tuple[Observed, Observed]:
        """What both gave on this part of the inputs; raises why there is nothing."""
        if self.bench is None:
            raise nothing_shown(part)
        return self.bench.of(self.reference, part), self.bench.of(self.suspect, part)

    @cached_property
    def tokens(self) -> SharedTokens:
        """All the tokens that both know; raises ``TokensNotShared``, or that weights are not at hand."""
        ours, theirs = self.with_weights
        return shared_tokens(ours.folder, theirs.folder, (ours.parts.vocabulary, theirs.parts.vocabulary))

    def embeddings(self, most: int) -> tuple[Matrix, Matrix]:
        """Both models' embeddings of at most so many shared tokens, ``[tokens, width]`` each."""
        drawn = self.tokens.sample(most, self.seed)
        return (
            rows(self.reference.parts.embeddings, drawn.reference),
            rows(self.suspect.parts.embeddings, drawn.suspect),
        )

    def token_caveats(self) -> tuple[str, ...]:
        """What must be said of the tokens on which the models were observed."""
        by_id = (words.TOKENS_BY_ID,) if self.tokens.by == "id" else ()
        names = {*self.reference.parts.unplaced, *self.suspect.parts.unplaced}
        return (*by_id, *((words.UNPLACED.format(count=len(names)),) if names else ()))
