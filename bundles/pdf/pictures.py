"""Pictures that break off: found by the last bytes of each; only one whose end is not there is read whole."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from pikepdf import Name, Page, Pdf, Stream
from PIL import Image, ImageFile, UnidentifiedImageError

from bundles.pdf.geometry import inherited
from bundles.pdf.images import images_of

START_OF_SCAN = 0xDA
TAIL = 4096  # bytes at the end of a picture among which the mark of its end stands
HEAD = 2048  # bytes that describe a picture at most, before its own begin
END = b"\xff\xd9"  # of JPEG, and of JPEG 2000
ENDING = (Name.DCTDecode, Name.JPXDecode)


def broken_off(pdf: Pdf, path: Path, pages: Sequence[Page], numbers: Sequence[int]) -> list[int]:
    """The pages, from 1, with a JPEG or JPEG 2000 that is not all there."""
    known: dict[tuple[int, int], bool] = {}
    offsets = {} if pdf.is_encrypted else {key: entry.offset for key, entry in pdf.get_xref_table().items()}
    found = []
    with path.open("rb") as file:
        for number in sorted(set(numbers)):
            broken = False
            for image in images_of(inherited(pages[number - 1].obj, "/Resources"), 0):
                if image.objgen not in known:
                    known[image.objgen] = _breaks_off(image, file, offsets.get(image.objgen))
                broken |= known[image.objgen]
            if broken:
                found.append(number)
    return found


def damaged(numbers: Sequence[int]) -> str:
    """What people must know of pages whose pictures are not all there."""
    which = f"page{'s' if len(numbers) > 1 else ''} {', '.join(map(str, numbers))}"
    return f"The picture on {which} is damaged in the original"


def _breaks_off(image: Stream, file: BinaryIO, offset: int | None) -> bool:
    """Whether the mark of its end is missing and it cannot be decoded."""
    if image.get("/Filter") not in ENDING or (offset and END in _tail(image, file, offset)):
        return False
    content = image.read_raw_bytes()
    if _ends(content):
        return False
    # WeasyPrint, where it was loaded into this process, tells Pillow to pass over what is missing.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return True
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return False


def _ends(content: bytes) -> bool:
    """Whether the mark of the end stands somewhere behind the beginning of a JPEG's own data.

    Files may go on behind their picture, and a picture may carry a smaller one with an end of its own.
    """
    place = 2
    while content[place : place + 1] == b"\xff" and place + 4 <= len(content):
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        place += 2 + length
        if marker == START_OF_SCAN:
            return END in content[place:]
    return False


def _tail(image: Stream, file: BinaryIO, offset: int) -> bytes:
    """The last bytes of the picture; empty where they are not where they should be."""
    file.seek(offset)
    head = file.read(HEAD)
    start, length = head.find(b"stream"), int(image.get("/Length", 0))
    if start < 0:
        return b""
    size = min(TAIL, length)
    file.seek(offset + start + len(b"stream\r\n") + length - size)
    return file.read(size)
