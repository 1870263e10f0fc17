"""A model that is compared: a folder with its weights, or only what was observed of it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from comparison.evaluation import refusals
from comparison.evaluation.answers import SUFFIX as ANSWERS
from comparison.evaluation.answers import read_answers
from comparison.evaluation.observations import SUFFIX, Observed, read
from comparison.statistics.errors import MeasureRefused
from comparison.weights.folder import Folder, open_folder
from comparison.weights.layouts import Parts, parts_of
from comparison.weights.manifest import FileDigest, Manifest, manifest_of, sha256_of


@dataclass(frozen=True)
class Model:
    """A model; its hashes and parts are found when first asked for.

    Args:
        path: its folder, or the file of what was observed of it.
        weights: the folder; None where there are no weights.
        given: what was observed of it elsewhere; None for a folder.
    """

    path: Path
    weights: Folder | None
    given: Observed | None = None

    @classmethod
    def at(cls, path: Path) -> "Model":
        """The model in a folder, or of which a file says what it gave.

        Raises:
            ObservationInvalid, WeightsMissing, WeightsUnreadable, PickleRefused: as the readers.
        """
        if path.suffix == ANSWERS and not path.is_dir():
            return cls(path, None, read_answers(path))
        if path.suffix == SUFFIX and not path.is_dir():
            return cls(path, None, read(path))
        return cls(path, open_folder(path))

    @property
    def name(self) -> str:
        """Its folder's own name."""
        return self.path.resolve().name

    @property
    def folder(self) -> Folder:
        """Its folder; raises ``MeasureRefused`` where only observations of it are at hand."""
        if self.weights is None:
            raise self.without_weights(refusals.Called.ANOTHER)
        return self.weights

    def without_weights(self, called: refusals.Called) -> MeasureRefused:
        """The error that says that only observations of it are at hand."""
        return MeasureRefused(
            refusals.WITHOUT_WEIGHTS.format(model=called),
            remedy=f"Name the folder with the weights in place of {self.name}.",
        )

    @cached_property
    def manifest(self) -> Manifest:
        """Hashes of everything in its folder; of what was observed of it, where there are no weights."""
        if self.weights is not None:
            return manifest_of(self.weights)
        file = FileDigest(self.path.name, self.path.stat().st_size, sha256_of(self.path))
        return Manifest(self.name, 0, {}, file.sha256, {}, (file,), ())

    @cached_property
    def content_sha256(self) -> str:
        """The hash of what it is: configuration, tokenizer and tensors, or else what was observed."""
        return self.manifest.content_sha256

    @cached_property
    def parts(self) -> Parts:
        """Its parts; raises ``LayoutUnknown``."""
        return parts_of(self.folder)
