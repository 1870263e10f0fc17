"""Pages of a court's own size: what is larger or smaller is set on a sheet of that size, whole."""

from collections.abc import Sequence
from copy import copy

import pikepdf
from pikepdf import Array, Pdf
from PIL import Image

from bundles.pdf.geometry import View, view_of
from bundles.pdf.profile import PageSize
from bundles.pdf.survey import BAND, PageSurvey

SHEETS = {"A4": (595.276, 841.89), "Letter": (612.0, 792.0)}
PLACES = ("/Rect", "/QuadPoints", "/InkList", "/Vertices", "/L", "/CL")
"""Where a note keeps points of its page."""
NEAR = 2.0  # points by which a page may differ from its sheet


def fit_pages(pdf: Pdf, size: PageSize, surveys: Sequence[PageSurvey | None]) -> list[PageSurvey | None]:
    """Every page has this size, upright or landscape as it was; nothing of it is cut off.

    Args:
        pdf: changed in place.
        size: of the sheets; ``any`` leaves all pages as they are.
        surveys: what each page shows along its edges.

    Returns:
        What each page shows along the edges of its sheet.
    """
    found = list(surveys)
    if size == "any":
        return found
    short, long = SHEETS[size]
    opening, closing = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ\n")
    moved: set[tuple[int, int]] = set()
    for nth, page in enumerate(pdf.pages):
        leaf = page.obj
        view = view_of(leaf)
        wide, high = (long, short) if view.width > view.height else (short, long)
        if abs(view.width - wide) <= NEAR and abs(view.height - high) <= NEAR:
            continue
        part = _fit(pdf, leaf, view, (wide, high), (opening, closing), moved) / view.unit
        survey = found[nth]
        if survey is not None:
            found[nth] = _seen_on_sheet(survey, view, (wide, high), part)
    return found


def _fit(
    pdf: Pdf,
    leaf: pikepdf.Object,
    view: View,
    sheet: tuple[float, float],
    around: tuple[pikepdf.Object, pikepdf.Object],
    moved: set[tuple[int, int]],
) -> float:
    """The page stands in the middle of its sheet; returns how much larger its content is drawn there."""
    wide, high = sheet if view.rotate in (0, 180) else sheet[::-1]
    own_wide, own_high = view.x1 - view.x0, view.y1 - view.y0
    part = min(wide / own_wide, high / own_high)
    # Small pages keep their size: enlarging a receipt to a whole page would mislead.
    part = min(part, view.unit)
    e = (wide - part * own_wide) / 2 - part * view.x0
    f = (high - part * own_high) / 2 - part * view.y0
    clip = f"{view.x0:.3f} {view.y0:.3f} {own_wide:.3f} {own_high:.3f} re W n\n"
    turned = pdf.make_stream(f"{part:.6f} 0 0 {part:.6f} {e:.4f} {f:.4f} cm {clip}".encode())
    contents = leaf.get("/Contents")
    own = list(contents) if isinstance(contents, Array) else [contents] if contents is not None else []
    leaf.Contents = Array([around[0], turned, *own, around[1]])
    leaf.MediaBox = Array([0, 0, wide, high])
    for key in ("/CropBox", "/TrimBox", "/BleedBox", "/ArtBox", "/UserUnit"):
        if key in leaf:
            del leaf[key]
    leaf.CropBox = Array([0, 0, wide, high])
    _move_notes(leaf, (part, e, f), moved)
    return part


def _move_notes(leaf: pikepdf.Object, by: tuple[float, float, float], moved: set[tuple[int, int]]) -> None:
    """The page's notes and links lie where the content does now; ``moved`` are those that two pages share."""
    notes = leaf.get("/Annots")
    if not isinstance(notes, Array):
        return
    own = []
    for note in notes:
        if not note.is_indirect:
            # The same page again in a bundle shares these; each needs its own.
            note = copy(note)
        own.append(note)
        if note.is_indirect and note.objgen in moved:
            continue
        moved.add(note.objgen)
        for key in PLACES:
            if key in note:
                note[key] = _moved(note[key], by)
    leaf.Annots = Array(own)


def _moved(points: pikepdf.Object, by: tuple[float, float, float]) -> pikepdf.Object:
    """The points, x and y in turn or lists of such, on the sheet; what holds no points stays as it is."""
    if not isinstance(points, Array):
        return points
    if any(isinstance(inner, Array) for inner in points):
        return Array([_moved(inner, by) for inner in points])
    part, e, f = by
    try:
        edges = [float(value) for value in points]
    except (TypeError, ValueError):
        return points
    return Array([round(part * edge + (f if nth % 2 else e), 3) for nth, edge in enumerate(edges)])


def _seen_on_sheet(survey: PageSurvey, view: View, sheet: tuple[float, float], part: float) -> PageSurvey:
    if not survey.across:
        return survey
    left, below = ((sheet[0] - part * view.width) / 2, (sheet[1] - part * view.height) / 2)
    cell = view.width / survey.across
    across = max(1, round(sheet[0] / cell))
    ratio = 1 / part
    strips = []
    for band, turned in ((survey.bottom, True), (survey.top, False)):
        high = len(band) // -(-survey.across // 8)
        if not high:
            strips.append(b"")
            continue
        rows = min(BAND, max(1, int(high * part + below / cell)))
        drawn = Image.frombytes("1", (survey.across, high), band).convert("L")
        down = high - (rows - below / cell) * ratio if turned else -below / cell * ratio
        shown = drawn.transform(
            (across, rows), Image.Transform.AFFINE, (ratio, 0, -left / cell * ratio, 0, ratio, down)
        )
        strips.append(shown.point(lambda grey: 255 if grey else 0).convert("1").tobytes())
    return PageSurvey(across, strips[0], strips[1], survey.pictures)
