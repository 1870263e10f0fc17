"""How wide a line of bold Helvetica is; readers carry that face themselves, so it is not embedded."""

# Advances in thousandths of an em of the characters from the space to the tilde.
ADVANCES = (
    278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
    975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
    333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611,
    611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
)  # fmt: skip
OTHER = 722  # letters with accents are no wider than this


def width(text: str, size: float) -> float:
    """The line's width in points at this size."""
    codes = (ord(letter) - 32 for letter in text)
    return sum(ADVANCES[code] if 0 <= code < len(ADVANCES) else OTHER for code in codes) * size / 1000


def literal(text: str) -> bytes:
    """The line as a PDF string in WinAnsi; what that cannot write becomes a question mark."""
    content = text.encode("cp1252", errors="replace")
    for special in (b"\\", b"(", b")"):
        content = content.replace(special, b"\\" + special)
    return b"(" + content + b")"
