"""Who does a thing: handed to every action, written into every ledger event."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import uuid4

Origin = Literal["web", "api", "command", "worker"]


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a machine part acting, and where from.

    Args:
        label: the name shown in the ledger ("Priya Nair", "worker").
        origin: which of the four callers.
        user_id: primary key of the signed-in user; None for the machine itself.
        address: network address, when there is one.
        request_id: joins the events of one request.
    """

    label: str
    origin: Origin
    user_id: int | None = None
    address: str | None = None
    request_id: str = field(default_factory=lambda: uuid4().hex)


WORKER = "worker"


def machine(origin: Origin = "worker", label: str = WORKER) -> Actor:
    """An actor that is no person: the intake worker, a scheduled command."""
    return Actor(label=label, origin=origin)
