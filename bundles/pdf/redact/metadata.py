"""Pictures without what cameras and editors write into them: thumbnails, places, histories."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_KEPT = {0xE0, 0xEE}  # JFIF, and Adobe's word on colours, without which the picture would look otherwise
_APPLICATION = range(0xE0, 0xF0)
_COMMENT = 0xFE
_SCAN = 0xDA
_STANDALONE = {0x01, *range(0xD0, 0xD9)}


def strip_metadata(image: Object) -> None:
    """A JPEG inside the image stream holds no Exif, XMP, thumbnail or comment; its look is the same.

    Raises:
        pikepdf.PdfError: the stream cannot be read, or is a JPEG 2000 with notes inside.
    """
    coding = image.get("/Filter")
    if isinstance(coding, Array):
        coding = coding[0] if len(coding) == 1 else None
    if coding == Name.JPXDecode:
        content = image.read_raw_bytes()
        if b"uuid" in content or b"xml " in content:
            raise pikepdf.PdfError("a JPEG 2000 picture with notes inside")
    if coding == Name.DCTDecode:
        content = image.read_raw_bytes()
        plain = without_notes(content)
        if plain != content:
            settings = image.get("/DecodeParms")
            kept = settings if isinstance(settings, Dictionary | Array) else None
            image.write(plain, filter=Name.DCTDecode, decode_parms=kept)


def without_notes(jpeg: bytes) -> bytes:
    """The same picture without application segments and comments; unchanged if it is no JPEG."""
    if not jpeg.startswith(b"\xff\xd8"):
        return jpeg
    kept, at = [b"\xff\xd8"], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF:
        kind = jpeg[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind in _STANDALONE:
            kept.append(jpeg[at : at + 2])
            at += 2
            continue
        if kind == _SCAN:
            break
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if kind != _COMMENT and (kind not in _APPLICATION or kind in _KEPT):
            kept.append(jpeg[at:end])
        at = end
    return b"".join(kept) + jpeg[at:]
