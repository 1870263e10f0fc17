"""Where links and bookmarks lead: explicit, named and through actions."""

from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, Pdf, String


@dataclass(frozen=True)
class Target:
    """A page counted from 1, how it is fitted (``/XYZ`` and the like) and at which zoom (None: unchanged)."""

    page: int
    fit: str
    zoom: float | None


class Destinations:
    """Resolves destinations of one document to page numbers."""

    def __init__(self, pdf: Pdf, leaves: list[pikepdf.Object]) -> None:
        self._numbers = {leaf.objgen: number for number, leaf in enumerate(leaves, 1)}
        root = pdf.Root
        names = root.get("/Names", Dictionary()).get("/Dests")
        self._tree = NameTree(names) if isinstance(names, Dictionary) else {}
        self._old: Any = root.get("/Dests", Dictionary())

    def of(self, holder: pikepdf.Object) -> Target | None:
        """Where an annotation or a bookmark leads, or None when nowhere in this document."""
        action = holder.get("/A")
        if isinstance(action, Dictionary):
            return self.of_action(action)
        return self.resolve(holder.get("/Dest"))

    def of_action(self, action: pikepdf.Object) -> Target | None:
        """Where an action leads; None for anything but a move inside this document."""
        return self.resolve(action.get("/D")) if action.get("/S") == Name.GoTo else None

    def resolve(self, destination: Any) -> Target | None:
        """The page that an explicit or named destination shows."""
        if isinstance(destination, String):
            destination = self._tree.get(str(destination))
        elif isinstance(destination, Name):
            destination = self._old.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = destination.get("/D")
        if not isinstance(destination, Array) or len(destination) == 0:
            return None
        number = self._number(destination[0])
        fit = str(destination[1]) if len(destination) > 1 else ""
        if number is None:
            return None
        zoom = destination[4] if fit == "/XYZ" and len(destination) > 4 else None
        return Target(number, fit, float(zoom) if zoom else None)

    def _number(self, page: Any) -> int | None:
        if isinstance(page, int):
            return page + 1 if 0 <= page < len(self._numbers) else None
        return self._numbers.get(page.objgen) if isinstance(page, Dictionary) else None
