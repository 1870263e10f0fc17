"""What is said of two documents that may be one."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Kind = Literal["same-file", "same-text", "same-look", "same-pages", "email-chain"]
Confidence = Literal["certain", "almost certain", "likely", "possible"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents to be laid side by side.

    Args:
        kind: in what they are the same.
        spare: the caller's key of the one that could be left out: the later given, or the one contained.
        kept: the key of the other.
        confidence: in words.
        words: what was found, as sentences about "this one" (the spare) and "the other".
        pages: pages of the spare beside pages of the other, from 1.
    """

    kind: Kind
    spare: str
    kept: str
    confidence: Confidence
    words: str
    pages: tuple[tuple[int, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)
