"""The error tree's one mapping to HTML, and to JSON for what goes wrong before an endpoint is reached."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from core.api import described
from core.collisions import of_the_tree
from core.errors import AssizeError
from core.uploads import read_form

API = "/api/"


class ErrorTree:
    """Errors raised on purpose become an answer with their own status and remedy.

    It stands before the CSRF check, which is the first to read a form: a form or upload over the limits
    is answered here, and the check then finds it read.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The response of the inner layers, unchanged."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The form has been read; one that is not taken is answered at once."""
        if request.method != "POST":
            return None
        error = read_form(request)
        return answer(request, error) if error else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """An error of the tree is answered with its status; anything else is left to Django."""
        refusal = of_the_tree(error)
        return answer(request, refusal) if refusal else None


def answer(request: HttpRequest, error: AssizeError) -> HttpResponse:
    """The error as a page, or as JSON under the API's address."""
    if request.path.startswith(API):
        return JsonResponse(described(error), status=error.http_status)
    if error.http_status == 404:
        return render(request, "404.html", status=404)
    return render(request, "errors/error.html", {"error": error}, status=error.http_status)
