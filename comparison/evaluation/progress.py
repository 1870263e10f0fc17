"""How far a comparison has come: told to whoever watches, who may stop it."""

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int, str], None]
"""Pieces done, pieces in all, and what is being done; raises ``Cancelled`` to stop."""


@dataclass(slots=True)
class Steps:
    """Counts the pieces of one comparison."""

    progress: Progress | None = None
    total: int = 0
    done: int = 0

    def begin(self, what: str) -> None:
        """Whoever watches knows what is being done; raises ``Cancelled`` if they have stopped it."""
        if self.progress:
            self.progress(self.done, max(self.total, self.done), what)

    def finish(self) -> None:
        """One piece more is done."""
        self.done += 1
