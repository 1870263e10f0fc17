"""The error tree's one mapping to the API: every refusal has a code, a sentence and a remedy."""

from typing import Any

from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.collisions import of_the_tree
from core.errors import AssizeError, Code, InvalidInput

NOT_FOUND = {"code": str(Code.NOT_FOUND), "detail": "Not found.", "remedy": ""}
_CODES: dict[type[exceptions.APIException], tuple[Code, str]] = {
    exceptions.NotAuthenticated: (Code.NOT_SIGNED_IN, "Sign in, and send the session's cookie."),
    exceptions.AuthenticationFailed: (Code.NOT_SIGNED_IN, "Sign in again."),
    exceptions.PermissionDenied: (Code.NOT_ALLOWED, "Send the CSRF token with whatever writes."),
    exceptions.Throttled: (Code.TOO_MANY, "Wait for the seconds that Retry-After names, then go on."),
}


def described(error: AssizeError) -> dict[str, Any]:
    """An error of the tree as JSON; what is missing and what may not be seen read the same."""
    if error.http_status == 404:
        return NOT_FOUND
    body: dict[str, Any] = {"code": str(error.code), "detail": error.message, "remedy": error.remedy}
    if isinstance(error, InvalidInput) and error.field:
        body["field"] = error.field
    return body


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors raised on purpose, and the framework's own, become JSON of one shape."""
    if refusal := of_the_tree(error):
        return Response(described(refusal), status=refusal.http_status)
    response = exception_handler(error, context)
    if response is None:
        return None
    if response.status_code == 404:
        response.data = NOT_FOUND
    elif isinstance(error, exceptions.ValidationError):
        response.data = {
            "code": str(Code.INVALID_INPUT),
            "detail": "Some of what was sent cannot be used.",
            "remedy": "Correct the fields that are named.",
            "fields": error.detail,
        }
    else:
        code, remedy = next(
            (known for kind, known in _CODES.items() if isinstance(error, kind)), (Code.INVALID_INPUT, "")
        )
        response.data = {"code": str(code), "detail": str(getattr(error, "detail", error)), "remedy": remedy}
    return response
