"""Pictures as PDF pages, one a frame, at their printed size and without loss."""

import io
import warnings
import zlib
from collections.abc import Iterator

import pikepdf
from pi_heif import register_heif_opener  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFile, ImageOps, ImageSequence, UnidentifiedImageError

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job, made_by

register_heif_opener()
_A4 = (595.28, 841.89)
_LARGEST = 1190.6  # points: the long side of A3
_SMALLEST = 36.0  # points
# What cameras and screens write when nobody chose a resolution.
_SCREEN_DPI = (72, 96)
_EXIF_ORIENTATION = 0x0112
_QUARTER_TURNS = {1: 0, 3: 180, 6: 90, 8: 270}


def convert(job: Job) -> Conversion:
    """Each frame of the picture is one page of the size it was scanned at, or fitted to A4."""
    notes: list[str] = []
    # WeasyPrint, loaded beside this in the warm converter, lets Pillow fill in what a cut picture lacks.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # Pillow's own guard warns and doubles; ours is exact, and is asked before any pixel is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(job.source) as image, pikepdf.new() as pdf:
                for page in _pages(image, pdf, job):
                    pdf.pages.append(page)
                if getattr(image, "is_animated", False) and image.format != "TIFF":
                    notes.append(
                        f"The picture is animated; its {len(pdf.pages)} frames are shown one a page."
                    )
                pdf.save(job.pdf, deterministic_id=True)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error) as error:
        raise NotConverted(
            "The picture is broken and cannot be opened to its end.",
            reason="broken",
            remedy="Ask the sender for the picture again, or for a printed copy to scan.",
        ) from error
    return made_by(job, "pillow", "pikepdf", notes=tuple(notes))


def _pages(image: Image.Image, pdf: pikepdf.Pdf, job: Job) -> Iterator[pikepdf.Page]:
    for number, frame in enumerate(ImageSequence.Iterator(image), start=1):
        width, height = frame.size
        if width * height > job.limits.pixels or number > job.limits.pages:
            raise NotConverted(
                f"The picture is too large: frame {number} has {width:,} by {height:,} pixels; "
                f"at most {job.limits.pixels / 1_000_000:,.3g} million pixels and "
                f"{job.limits.pages:,} frames are taken in.",
                reason="too-large",
                remedy="Save it at a lower resolution and send that.",
            )
        yield _page(frame, pdf, job)


def _page(frame: Image.Image, pdf: pikepdf.Pdf, job: Job) -> pikepdf.Page:
    turn = _QUARTER_TURNS.get(frame.getexif().get(_EXIF_ORIENTATION, 1)) if frame.format == "JPEG" else None
    if turn is not None and frame.mode in {"L", "RGB"}:
        picture = _jpeg(frame, pdf, job.source.read_bytes())
        size = frame.size
    else:
        turn = 0
        upright = ImageOps.exif_transpose(frame)
        picture, size = _lossless(upright, pdf), upright.size
    width, height = _printed_size(size, frame.info.get("dpi"))
    page = pikepdf.Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Rotate=turn,
            Resources=Dictionary(XObject=Dictionary(Im0=picture)),
            Contents=pdf.make_stream(f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /Im0 Do Q".encode()),
        )
    )
    return page


def _printed_size(size: tuple[int, int], stated: tuple[float, float] | None) -> tuple[float, float]:
    """Width and height in points: from the stated resolution where it is believable, else fitted to A4."""
    width, height = size
    across, down = (float(stated[0]), float(stated[1])) if stated else (0.0, 0.0)
    believable = 50 <= across <= 2400 and 50 <= down <= 2400
    if believable and not (round(across) in _SCREEN_DPI and max(width, height) * 72 / across > _A4[1]):
        printed = (width * 72 / across, height * 72 / down)
        if max(printed) <= _LARGEST:
            return max(printed[0], _SMALLEST), max(printed[1], _SMALLEST)
    short, long = _A4
    box = (short, long) if height >= width else (long, short)
    scale = min(box[0] / width, box[1] / height, 72 / 96)
    return max(width * scale, _SMALLEST), max(height * scale, _SMALLEST)


def _jpeg(frame: Image.Image, pdf: pikepdf.Pdf, content: bytes) -> pikepdf.Object:
    """The photograph's own bytes, unchanged."""
    space = Name.DeviceGray if frame.mode == "L" else Name.DeviceRGB
    return _image(pdf, content, frame.size, space, 8, Filter=Name.DCTDecode)


def _lossless(frame: Image.Image, pdf: pikepdf.Pdf) -> pikepdf.Object:
    """The pixels packed as a PNG packs them, which PDF reads as they are."""
    flat = _flattened(frame)
    file = io.BytesIO()
    flat.save(file, "PNG", compress_level=6)
    colours, bits = {"1": (1, 1), "L": (1, 8), "RGB": (3, 8)}[flat.mode]
    space = Name.DeviceRGB if colours == 3 else Name.DeviceGray
    parameters = Dictionary(Predictor=15, Colors=colours, BitsPerComponent=bits, Columns=flat.width)
    return _image(
        pdf, _packed(file.getvalue()), flat.size, space, bits, Filter=Name.FlateDecode, DecodeParms=parameters
    )


def _flattened(frame: Image.Image) -> Image.Image:
    """The frame in black and white, grey or colour, on white paper where it was transparent."""
    if frame.mode in {"1", "L", "RGB"} and "transparency" not in frame.info:
        return frame
    if frame.mode.startswith("I") or frame.mode == "F":
        return ImageOps.autocontrast(frame.convert("F").point(lambda value: value / 256).convert("L"))
    if frame.mode in {"CMYK", "YCbCr", "LAB", "HSV"}:
        return frame.convert("RGB")
    coloured = frame.convert("RGBA")
    paper = Image.new("RGBA", coloured.size, "white")
    flat = Image.alpha_composite(paper, coloured).convert("RGB")
    colours = flat.getcolors(2)
    if colours and all(colour in {(0, 0, 0), (255, 255, 255)} for _, colour in colours):
        return flat.convert("L").convert("1", dither=Image.Dither.NONE)
    return flat


def _packed(png: bytes) -> bytes:
    """The compressed pixels of a PNG, without its wrapping."""
    parts, offset = [], 8
    while offset < len(png):
        length = int.from_bytes(png[offset : offset + 4])
        if png[offset + 4 : offset + 8] == b"IDAT":
            parts.append(png[offset + 8 : offset + 8 + length])
        offset += 12 + length
    return b"".join(parts)


def _image(
    pdf: pikepdf.Pdf, content: bytes, size: tuple[int, int], space: Name, bits: int, **how: pikepdf.Object
) -> pikepdf.Object:
    stream = pikepdf.Stream(
        pdf,
        content,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=size[0],
        Height=size[1],
        ColorSpace=space,
        BitsPerComponent=bits,
        **how,
    )
    return pdf.make_indirect(stream)
