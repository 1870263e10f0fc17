"""Why a comparison cannot be made or believed, each with what to do about it."""

from comparison.evaluation import refusals
from core.errors import Conflict, IntegrityFailure, InvalidInput, Unavailable


class MethodUnknown(InvalidInput):
    """A method was asked for that there is not."""


class SpecInvalid(InvalidInput):
    """A comparison's specification cannot be read."""


class RecordInvalid(InvalidInput):
    """A comparison's record does not have its form, or states figures that do not follow from it."""


class ObservationInvalid(InvalidInput):
    """What a model gave is not in the form in which it is kept."""


class Cancelled(Conflict):
    """Whoever watches the comparison has stopped it; what was finished is kept."""


class WorkerMissing(Unavailable):
    """PyTorch or transformers is not installed, so that no model can be run."""

    def __init__(self) -> None:
        super().__init__(refusals.NO_WORKER, remedy="Install it: make setup WORKER=1.")


class JobInvalid(InvalidInput):
    """A job's file cannot be read, or a part of it contradicts another."""


class NotOfTheJob(IntegrityFailure):
    """A model, a file or an answer is not the one that the job fixes."""
