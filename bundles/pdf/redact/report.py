"""What was removed and what was verified, as plain values that are kept beside the copy."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Treatment = Literal["copied", "rebuilt"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was verified: ``page`` is None for what concerns the whole document."""

    name: str
    page: int | None
    passed: bool
    detail: str

    @property
    def words(self) -> str:
        """The outcome as a phrase that names the page."""
        return self.detail if self.page is None else f"page {self.page}: {self.detail}"


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page: ``rebuilt`` as a picture or ``copied``, why, its rectangles and how many words went.

    ``cut`` counts the words that a rectangle covers only in part.
    """

    number: int
    treatment: Treatment
    why: str
    boxes: int
    words_removed: int
    cut: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Words removed from page ``removed_from`` that can still be read ``times`` times on ``page``."""

    words: str
    removed_from: int
    page: int
    times: int


@dataclass(frozen=True, slots=True)
class RedactionReport:
    """What became of a redaction; confidential, since ``elsewhere`` and ``cut_words`` quote what was removed.

    Args:
        source_sha256: of the document that was redacted, in hexadecimal.
        output_sha256: of the copy, in hexadecimal; empty when it was not written.
        dpi: pixels an inch of the rebuilt pages, before any page too large for it.
        boxes: the rectangles as given.
        left_out: in words, what the copy no longer holds besides the rectangles' content.
        unread_pages: pages without any text, of which no program can say which words they show.
        tools: name and version of each program used.
    """

    source_sha256: str
    output_sha256: str
    dpi: int
    boxes: tuple[dict[str, Any], ...]
    pages: tuple[PageReport, ...]
    checks: tuple[Check, ...]
    elsewhere: tuple[Elsewhere, ...]
    cut_words: tuple[tuple[int, str], ...]
    unread_pages: tuple[int, ...]
    left_out: tuple[str, ...]
    tools: dict[str, str]
    seconds: float

    @property
    def passed(self) -> bool:
        """True when every check passed."""
        return all(check.passed for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, ready for ``json.dumps``."""
        return asdict(self) | {"passed": self.passed}


def as_given(boxes: Iterable[Any]) -> tuple[dict[str, Any], ...]:
    """The rectangles as plain values, in order of page and place."""
    return tuple(asdict(box) for box in boxes)
