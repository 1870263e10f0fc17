"""Pages that belong to no app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old or came from elsewhere: said in words, with what to do."""
    return render(request, "403.html", {"reason": reason, "stale_form": True}, status=403)
