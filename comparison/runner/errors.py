"""Why a model cannot be run, each with what to do about it."""

from core.errors import InvalidInput


class RunnerRefused(InvalidInput):
    """The model, or what it was asked to read, cannot be run here."""


class RemoteCodeRefused(InvalidInput):
    """The model's folder asks for code of its own to be executed."""
