"""What a reference says, before anybody asks which page that is."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Frame = Literal["bundle", "exhibit", "any"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Cited:
    """The parts of a reference.

    Args:
        frame: what ``name`` names: this or another bundle, an exhibit, or either (``{A/12}``, ``[HP1/3]``).
        name: a letter, an exhibit's mark without spaces, or a word ("hearing"); empty for "the bundle".
        tab: the tab's number or letter, or None.
        first: the first page's number (``45``, ``45A``), or None for a whole tab.
        last: the last page's number; equal to ``first`` unless a range is cited.
    """

    frame: Frame
    name: str = ""
    tab: str | None = None
    first: str | None = None
    last: str | None = None

    @property
    def counted(self) -> tuple[int, int] | None:
        """First and last page where both are plain numbers."""
        if self.first and self.last and self.first.isdecimal() and self.last.isdecimal():
            return int(self.first), int(self.last)
        return None


@dataclass(frozen=True, slots=True)
class Found:
    """A reference where it stands in a document.

    Args:
        words: as written there, on one line.
        page: the document's page, from 1.
        boxes: the places of its characters, one a line: left, bottom, right, top in the page's user space.
        cited: what it says.
    """

    words: str
    page: int
    boxes: tuple[Box, ...]
    cited: Cited

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, to be kept with the document's hash."""
        return asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> "Found":
        """What ``as_json`` gave, as it was."""
        boxes = tuple(tuple(box) for box in values["boxes"])
        return Found(values["words"], values["page"], boxes, Cited(**values["cited"]))
