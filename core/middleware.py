"""The error tree's one mapping to HTML."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import AssizeError


class ErrorTree:
    """Errors raised on purpose become a page with their own status and remedy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the inner layers, unchanged."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """An AssizeError is answered with its status; anything else is left to Django."""
        if not isinstance(error, AssizeError):
            return None
        if error.http_status == 404:
            return render(request, "404.html", status=404)
        return render(request, "errors/error.html", {"error": error}, status=error.http_status)
