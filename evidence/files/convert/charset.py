"""Bytes of unknown encoding, read as text."""

import re

from charset_normalizer import from_bytes

from core.errors import NotConverted

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LIKELY = [
    "cp1252",
    "mac_roman",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
]
_LATIN = frozenset({"cp1252", "cp1250", "cp1254", "mac_roman"})
# Where Macintosh keeps its accented letters Windows has quotation marks, which do not stand inside words.
_MAC_LETTER = re.compile(rb"(?<=[A-Za-z])[\x80-\x91\x93-\x9f](?=[a-z])")
_WINDOWS_LETTER = re.compile(rb"[\xc0-\xff]")
_SAMPLE = 256 * 1024


def decode(content: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, its line ends made plain, and a note where the encoding had to be guessed.

    Raises:
        NotConverted: the bytes are no text in any encoding that Assize knows.
    """
    notes: tuple[str, ...] = ()
    encoding = _marked(content)
    if encoding is None:
        encoding, notes = _guessed(content)
    text = content.decode(encoding, "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _marked(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _guessed(content: bytes) -> tuple[str, tuple[str, ...]]:
    best = from_bytes(content[:_SAMPLE], cp_isolation=_LIKELY).best()
    if best is None:
        raise NotConverted(
            "The text is in an encoding that could not be recognised.",
            reason="broken",
            remedy="Save it as UTF-8 text and send it again.",
        )
    # Where two code pages give the same letters, the one that British files use is the one to name.
    same = content[:_SAMPLE].decode("cp1252", "replace") == str(best)
    encoding = "cp1252" if same else best.encoding
    if encoding in _LATIN and len(_MAC_LETTER.findall(content)) > len(_WINDOWS_LETTER.findall(content)):
        encoding = "mac_roman"
    return encoding, (f"The file does not state its character encoding; it was read as {encoding}.",)
