"""A site whose every page goes wrong, each in its own way; only for tests."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.urls import urlpatterns as real
from core import errors

KINDS = {
    "check-failed": errors.CheckFailed("A rule failed.", remedy="Mend it."),
    "invalid-input": errors.InvalidInput("That is no date.", remedy="Give a date.", field="dated"),
    "not-found": errors.NotFound("The secret matter 17 is missing.", remedy="Ask Tom."),
    "not-allowed": errors.NotAllowed("You only read here.", remedy="Ask an owner."),
    "conflict": errors.Conflict("It is sealed.", remedy="Open another."),
    "not-converted": errors.NotConverted("It is locked.", reason="encrypted", remedy="Unlock it."),
    "integrity": errors.IntegrityFailure("It was altered.", remedy="Restore it."),
    "unavailable": errors.Unavailable("qpdf is missing.", remedy="Install it."),
    "too-large": errors.TooLarge("It is too long.", remedy="Split it."),
}


def page(request: HttpRequest, kind: str) -> HttpResponse:
    """Raises what the address names."""
    raise KINDS[kind]


def broken(request: HttpRequest) -> HttpResponse:
    """Fails as no programmer meant it to."""
    raise RuntimeError("the password is in this message")


def taken(request: HttpRequest) -> HttpResponse:
    """Answers with the names and sizes of what was uploaded."""
    return HttpResponse(
        "\n".join(f"{file.name} {file.size}" for file in request.FILES.getlist("file")),
        content_type="text/plain",
    )


class Endpoint(APIView):
    """The same of the API."""

    def get(self, request: Request, kind: str) -> Response:
        """Raises what the address names."""
        raise KINDS[kind]

    def post(self, request: Request, kind: str) -> Response:
        """Answers how many files came."""
        return Response({"files": len(request.FILES.getlist("file"))})


urlpatterns = [
    path("goes-wrong/<str:kind>/", page),
    path("broken/", broken),
    path("taken/", taken),
    path("api/goes-wrong/<str:kind>/", Endpoint.as_view()),
    *real,
]
