"""The one error tree: every error states a code, an HTTP status, an exit code and its remedy."""

from enum import StrEnum


class Code(StrEnum):
    """Machine-readable names of what went wrong."""

    CHECK_FAILED = "check-failed"
    INVALID_INPUT = "invalid-input"
    NOT_FOUND = "not-found"
    NOT_ALLOWED = "not-allowed"
    CONFLICT = "conflict"
    NOT_CONVERTED = "not-converted"
    INTEGRITY = "integrity"
    UNAVAILABLE = "unavailable"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    NOT_SIGNED_IN = "not-signed-in"


class AssizeError(Exception):
    """Base of every error raised on purpose; the message says what to do about it.

    Args:
        message: what is wrong, in words a paralegal understands.
        remedy: what the reader can do about it; shown after the message.
    """

    code = Code.INVALID_INPUT
    http_status = 400
    exit_code = 2

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class CheckFailed(AssizeError):
    """A check ran and at least one rule failed."""

    code = Code.CHECK_FAILED
    http_status = 422
    exit_code = 1


class InvalidInput(AssizeError):
    """What was given cannot be used; optionally names the field that is wrong."""

    def __init__(self, message: str, *, remedy: str = "", field: str | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.field = field


class NotFound(AssizeError):
    """The thing does not exist, or this user may not know that it does."""

    code = Code.NOT_FOUND
    http_status = 404
    exit_code = 3


class NotAllowed(AssizeError):
    """The user may see the thing but their role does not allow this act."""

    code = Code.NOT_ALLOWED
    http_status = 403
    exit_code = 4


class Conflict(AssizeError):
    """The act does not fit the present state."""

    code = Code.CONFLICT
    http_status = 409
    exit_code = 5


class NotConverted(AssizeError):
    """The original is kept, but no PDF could be made of it.

    Args:
        message: what is wrong with the file.
        reason: a short stable word (``encrypted``, ``empty``, ``broken``, ``unknown``, ``too-large``,
            ``timeout``, ``unsupported``).
        remedy: what the sender can do about it.
    """

    code = Code.NOT_CONVERTED
    http_status = 422
    exit_code = 6

    def __init__(self, message: str, *, reason: str, remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.reason = reason


class IntegrityFailure(AssizeError):
    """Something stored is not what was stored."""

    code = Code.INTEGRITY
    http_status = 500
    exit_code = 7


class Unavailable(AssizeError):
    """A program or service that this act needs is not installed or does not answer."""

    code = Code.UNAVAILABLE
    http_status = 503
    exit_code = 8


class TooLarge(AssizeError):
    """The input is over a stated limit."""

    code = Code.TOO_LARGE
    http_status = 413
    exit_code = 9
