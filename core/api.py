"""The error tree's one mapping to the API."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from core.errors import AssizeError, InvalidInput


def error_response(error: Exception, context: dict[str, Any]) -> Response | None:
    """Errors raised on purpose become JSON with their own status, code and remedy."""
    if not isinstance(error, AssizeError):
        return exception_handler(error, context)
    body: dict[str, Any] = {"code": str(error.code), "detail": error.message, "remedy": error.remedy}
    if isinstance(error, InvalidInput) and error.field:
        body["field"] = error.field
    if error.http_status == 404:
        body = {"code": str(error.code), "detail": "Not found.", "remedy": ""}
    return Response(body, status=error.http_status)
