"""From an HTTP request to the actor that actions ask for."""

from django.http import HttpRequest

from core.actor import Actor, Origin


def actor(request: HttpRequest, origin: Origin = "web") -> Actor:
    """The signed-in person behind a request."""
    user = request.user
    return Actor(
        label=str(user),
        origin=origin,
        user_id=user.pk,
        address=request.META.get("REMOTE_ADDR"),
    )
