"""Text reduced to its words, so that layout, case and punctuation make no difference."""

import hashlib
import re
import unicodedata
import zlib

RUN = 4  # words in a run
FEW = 8  # words below which a page's text says nothing about the page
_WORD = re.compile(r"\w+")
_BROKEN = re.compile(r"(?<=\w)[-\u00ad\u0002\ufffe]\s*\n\s*(?=[a-z])")


def words_of(text: str) -> list[str]:
    """The words of the text in one spelling; those broken at a line's end are whole."""
    plain = unicodedata.normalize("NFKC", _BROKEN.sub("", text.replace("\r", "")))
    return _WORD.findall(plain.casefold())


def hash_of(words: list[str]) -> str:
    """Sixteen figures that are the same for the same words; empty when there are too few."""
    if len(words) < FEW:
        return ""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]


def runs(words: list[str]) -> tuple[int, ...]:
    """Hashes of every run of four words following one another, each once; of all of fewer."""
    if not words:
        return ()
    length = min(RUN, len(words))
    spans = (" ".join(words[start : start + length]) for start in range(len(words) - length + 1))
    return tuple(sorted({zlib.crc32(span.encode()) for span in spans}))
