"""Making a document's images coarser where they are finer than they need to be."""

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Pdf, PdfImage
from PIL import Image

from bundles.pdf.survey import Coarser, PageSurvey, too_fine

QUALITY = 82  # of JPEG at the size that courts accept as legible
SMALL_QUALITY = 60  # below that size, where only the file's size counts
LEGIBLE = 200  # dots an inch
MOST_PIXELS = 150_000_000  # of an image that is decoded at all
COLOURS = ("/DeviceGray", "/DeviceRGB", "/CalGray", "/CalRGB")
DEPTH = 4


def coarsen(
    path: Path, password: str | None, pages: tuple[PageSurvey, ...], dpi: int, out: Path
) -> Coarser | None:
    """A copy at ``out`` whose images are no finer than ``dpi``; None where that saves nothing.

    Each image is encoded once more, from the original's own pixels, and only where that makes it smaller.
    Everything else, text above all, is untouched.

    Raises:
        pikepdf.PdfError: the document cannot be read.
    """
    with Pdf.open(path, password=password or "", suppress_warnings=True) as pdf:
        images = _images_to_change(pdf, pages, dpi)
        changed = sum(_replace(image, part, dpi) for image, part in images)
        if not changed:
            return None
        pdf.save(out, static_id=True, compress_streams=False)
    size = out.stat().st_size
    if size >= path.stat().st_size:
        out.unlink()
        return None
    return Coarser(changed, size)


def _images_to_change(
    pdf: Pdf, pages: tuple[PageSurvey, ...], dpi: int
) -> list[tuple[pikepdf.Stream, float]]:
    """The images with the part of their size that they keep, the largest of all the pages they are on."""
    found: dict[tuple[int, int], tuple[pikepdf.Stream, float]] = {}
    for page, survey in zip(pdf.pages, pages, strict=False):
        wanted = too_fine(survey, dpi)
        for image in images_of(page.obj.get("/Resources"), 0):
            size = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
            part = wanted.get(size, 1.0)
            known = found.get(image.objgen)
            found[image.objgen] = (image, max(part, known[1] if known else 0.0))
    return [(image, part) for image, part in found.values() if part < 1.0]


def images_of(resources: Any, depth: int) -> Iterator[pikepdf.Stream]:
    """The images that are drawn from these resources, and from those of forms among them."""
    if not isinstance(resources, Dictionary) or depth > DEPTH:
        return
    things = resources.get("/XObject")
    if not isinstance(things, Dictionary):
        return
    for thing in things.as_dict().values():
        if not isinstance(thing, pikepdf.Stream):
            continue
        if thing.get("/Subtype") == Name.Image:
            yield thing
        elif thing.get("/Subtype") == Name.Form:
            yield from images_of(thing.get("/Resources"), depth + 1)


def _replace(image: pikepdf.Stream, part: float, dpi: int) -> bool:
    """The image is smaller, in pixels and in bytes; False where it stays as it is."""
    if not _plain(image):
        return False
    before = len(image.read_raw_bytes())
    try:
        picture = PdfImage(image).as_pil_image()
        size = (max(1, int(picture.width * part)), max(1, int(picture.height * part)))
        encoded = _encoded(picture, size, QUALITY if dpi >= LEGIBLE else SMALL_QUALITY)
    except (pikepdf.PdfError, NotImplementedError, OSError, ValueError, TypeError, KeyError):
        return False
    if encoded is None or len(encoded[0]) >= before:
        return False
    content, keys = encoded
    if keys.get("BitsPerComponent") == 8 and _keeps_colours(image, picture):
        keys = {key: value for key, value in keys.items() if key != "ColorSpace"}
    for key in ("/DecodeParms", "/Decode"):
        if key in image:
            del image[key]
    image.write(content, filter=keys["Filter"], decode_parms=keys.get("DecodeParms"))
    image.Width, image.Height = size
    for key in ("ColorSpace", "BitsPerComponent"):
        if key in keys:
            image[f"/{key}"] = keys[key]
    return True


def _plain(image: pikepdf.Stream) -> bool:
    """Whether the image's pixels are just pixels: no stencil, no colour that means "nothing here"."""
    if image.get("/ImageMask", False) or "/SMaskInData" in image:
        return False
    if isinstance(image.get("/Mask"), pikepdf.Array) or "/Decode" in image:
        return False
    soft = image.get("/SMask")
    if isinstance(soft, pikepdf.Stream) and "/Matte" in soft:
        return False
    return int(image.get("/Width", 0)) * int(image.get("/Height", 0)) <= MOST_PIXELS


def _encoded(
    picture: Image.Image, size: tuple[int, int], quality: int
) -> tuple[bytes, Mapping[str, Any]] | None:
    buffer = io.BytesIO()
    if picture.mode == "1":
        small = picture.convert("L").resize(size, Image.Resampling.BOX).point(lambda grey: 255 * (grey > 127))
        return _fax(small.convert("1"))
    if picture.mode == "P":
        picture = picture.convert("RGB")
    if picture.mode not in ("L", "RGB"):
        return None
    picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0).save(buffer, "JPEG", quality=quality)
    colours = Name.DeviceGray if picture.mode == "L" else Name.DeviceRGB
    return buffer.getvalue(), {"Filter": Name.DCTDecode, "ColorSpace": colours, "BitsPerComponent": 8}


def _fax(picture: Image.Image) -> tuple[bytes, Mapping[str, Any]]:
    """Two colours as fax machines send them, which stays sharp and small."""
    buffer = io.BytesIO()
    picture.save(buffer, "TIFF", compression="group4", strip_size=picture.width * picture.height)
    buffer.seek(0)
    with Image.open(buffer) as written:
        tags = written.tag_v2  # type: ignore[attr-defined]
        (start,), (length,) = tags[273], tags[279]
        black_is_zero = tags[262] == 1  # then what the code calls black runs are the white ones
    content = buffer.getvalue()[start : start + length]
    parms = Dictionary(K=-1, Columns=picture.width, Rows=picture.height, BlackIs1=black_is_zero)
    return content, {
        "Filter": Name.CCITTFaxDecode,
        "DecodeParms": parms,
        "ColorSpace": Name.DeviceGray,
        "BitsPerComponent": 1,
    }


def _keeps_colours(image: pikepdf.Stream, picture: Image.Image) -> bool:
    """Whether the new pixels mean the same in the image's own colours."""
    space = image.get("/ColorSpace")
    if isinstance(space, Name):
        return str(space) in COLOURS
    if isinstance(space, pikepdf.Array) and len(space) > 1 and space[0] == Name.ICCBased:
        return int(space[1].get("/N", 0)) == len(picture.getbands())
    return False
