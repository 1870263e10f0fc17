"""Why a model's answers cannot be had or read, each with what to do about it."""

from core.errors import AssizeError, Code, InvalidInput


class AskingInvalid(InvalidInput):
    """The specification of what to ask, or an earlier transcript, cannot be used."""


class EndpointRefused(AssizeError):
    """The address refuses for good, or asks to wait too long; asking can go on later."""

    code = Code.UNAVAILABLE
    http_status = 503
    exit_code = 8
