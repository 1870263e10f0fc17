"""Why weights cannot be read or compared, each with what to do about it."""

from core.errors import InvalidInput, NotFound


class WeightsMissing(NotFound):
    """A folder or a file of a model is not there."""


class WeightsUnreadable(InvalidInput):
    """A file of a model is there, but is not what it should be."""


class PickleRefused(InvalidInput):
    """The weights are in a format whose reading runs code that the file itself brings along."""


class ManifestInvalid(InvalidInput):
    """A manifest does not have the form that ``model_manifest`` writes."""


class LayoutUnknown(InvalidInput):
    """A model's tensors bear names of no known family, or do not have its shapes."""


class TokensNotShared(InvalidInput):
    """Two models have no tokens on which both could be observed."""
