"""From an HTTP request to the actor that actions ask for."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from core.actor import Actor, Origin

NOBODY = "somebody not signed in"


def address(request: HttpRequest) -> str | None:
    """The network address of whoever asks; behind the TLS proxy, the one that the proxy saw."""
    found = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        # Only the last entry is the proxy's own; what stands before it is the visitor's word.
        found = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or found
    try:
        return str(ip_address(found))
    except ValueError:
        return None


def actor(request: HttpRequest, origin: Origin = "web") -> Actor:
    """The person behind a request, named only when they are signed in."""
    user = request.user
    label = str(user) if user.is_authenticated else NOBODY
    return Actor(label=label, origin=origin, user_id=user.pk, address=address(request))
