"""Pictures that break off: found by the last bytes of each; only one whose end is not there is read whole.

Standards: ITU-T T.6, end of a facsimile block; ITU-T T.88 section 7.2, lengths of segments.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream
from PIL import Image, ImageFile, UnidentifiedImageError

from bundles.pdf.geometry import inherited
from bundles.pdf.images import images_of

START_OF_SCAN = 0xDA
TAIL = 4096  # bytes at the end of a picture among which the mark of its end stands
HEAD = 2048  # bytes that describe a picture at most, before its own begin
END = b"\xff\xd9"  # of JPEG, and of JPEG 2000
ENDING = (Name.DCTDecode, Name.JPXDecode)
FAX_END, FAX_END_BITS = 0x001001, 24
FAX_TAIL = 32  # bytes; some programs fill up a little after the end
SEGMENT_HEADER = 11  # bytes of the shortest of JBIG2
UNKNOWN_LENGTH = 0xFFFFFFFF


def broken_off(pdf: Pdf, path: Path, pages: Sequence[Page], numbers: Sequence[int]) -> list[int]:
    """The pages, from 1, with a JPEG, JPEG 2000, facsimile or JBIG2 that is not all there."""
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
    packing = _only(image.get("/Filter"))
    if packing == Name.CCITTFaxDecode:
        return _fax_ends_itself(_only(image.get("/DecodeParms"))) and not _fax_ends(
            (offset and _tail(image, file, offset)) or image.read_raw_bytes()
        )
    if packing == Name.JBIG2Decode:
        return not _segments_are_there(image.read_raw_bytes())
    if packing not in ENDING or (offset and END in _tail(image, file, offset)):
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


def _only(entry: Object | None) -> Object | None:
    """The one thing of a list of one; a list of several, as of packings within each other, is none."""
    if isinstance(entry, Array):
        return entry[0] if len(entry) == 1 else None
    return entry


def _fax_ends_itself(settings: Object | None) -> bool:
    """Whether the data end with a mark: those of T.6 do, unless the file says otherwise."""
    if not isinstance(settings, Dictionary):
        return False
    kind = settings.get("/K", 0)
    return isinstance(kind, int) and kind < 0 and settings.get("/EndOfBlock", True) is not False


def _fax_ends(tail: bytes) -> bool:
    last = tail[-FAX_TAIL:]
    bits, mask = int.from_bytes(last, "big"), (1 << FAX_END_BITS) - 1
    return any(bits >> shift & mask == FAX_END for shift in range(8 * len(last) - FAX_END_BITS + 1))


def _segments_are_there(content: bytes) -> bool:
    """Whether every segment of a JBIG2 picture that has begun is there, by the lengths in their heads."""
    place = 0
    while place + SEGMENT_HEADER <= len(content):
        number, flags = int.from_bytes(content[place : place + 4], "big"), content[place + 4]
        counted = content[place + 5] >> 5
        referred, after = counted, place + 6
        if counted == 7:  # many segments are referred to: their count takes four bytes, and each a bit
            referred = int.from_bytes(content[place + 5 : place + 9], "big") & 0x1FFFFFFF
            after = place + 9 + (referred + 8) // 8
        after += referred * (1 if number <= 256 else 2 if number <= 65536 else 4)
        after += 4 if flags & 0x40 else 1
        length = int.from_bytes(content[after : after + 4], "big")
        if length == UNKNOWN_LENGTH:
            return True  # only decoding would find its end
        place = after + 4 + length
    return place <= len(content)


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
