"""Two models side by side, and what a method found of them."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from comparison.evaluation import words
from comparison.weights.arrays import Matrix, rows
from comparison.weights.folder import Folder, open_folder
from comparison.weights.layouts import Parts, parts_of
from comparison.weights.manifest import Manifest, manifest_of
from comparison.weights.vocabulary import SharedTokens, shared_tokens


@dataclass(frozen=True, slots=True)
class Measured:
    """What a method gave.

    Args:
        value: more is more alike; None where there is none, for the reason in the caveats.
        log10_p: of the method's own test, which needs no population; None where it has none.
        caveats: sentences to be read with it.
        detail: what a file of its own is worth, as plain JSON values.
    """

    value: float | None
    log10_p: float | None = None
    caveats: tuple[str, ...] = ()
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Model:
    """A model's folder; its hashes and parts are found when first asked for."""

    folder: Folder

    @classmethod
    def at(cls, path: Path) -> "Model":
        """The model in a folder; raises as ``folder.open_folder``."""
        return cls(open_folder(path))

    @cached_property
    def manifest(self) -> Manifest:
        """Hashes of everything in it."""
        return manifest_of(self.folder)

    @cached_property
    def content_sha256(self) -> str:
        """The hash of what it is: configuration, tokenizer and tensors, wherever its folder lies."""
        return self.manifest.content_sha256

    @cached_property
    def parts(self) -> Parts:
        """Its parts; raises ``LayoutUnknown``."""
        return parts_of(self.folder)


@dataclass(frozen=True)
class Pair:
    """A reference and a suspect, and the seed of everything that is drawn."""

    reference: Model
    suspect: Model
    seed: int

    @cached_property
    def tokens(self) -> SharedTokens:
        """All the tokens that both know; raises ``TokensNotShared``."""
        sizes = self.reference.parts.vocabulary, self.suspect.parts.vocabulary
        return shared_tokens(self.reference.folder, self.suspect.folder, sizes)

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
