"""What is put on a finished page: its number, references, Bates numbers, markings and stickers."""

from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from bundles.pdf.geometry import view_of
from bundles.pdf.lettering import literal, width
from bundles.pdf.profile import Position
from bundles.pdf.space import Box, Edge, Margins
from bundles.pdf.survey import PageSurvey

FONT = Name("/AssizePageNumber")
GLASS = Name("/AssizeGlass")
CLEARNESS = 0.7  # of the white in a box on a scan that nobody has looked at: what it lies on shows through
MARK = "/AssizePageNumber"
"""On the stream that draws the marks, with their boxes: a bundle in a bundle loses its old ones."""

INSET = 15.0  # points between a mark and the page's edges, on A4
GAP = 4.0  # points between two marks side by side, on A4
RIGHT, CENTRE = (0.62, 1.0), (0.42, 0.58)  # parts of the width in which a number counts as standing there


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What one page shows besides its own content.

    Args:
        number: its page number.
        beside: what stands next to the number: the main bundle's reference, the tab.
        bates: the running number of the documents' pages.
        marking: ``CONFIDENTIAL`` and the like.
        sticker: the exhibit's label.
    """

    number: str
    beside: tuple[str, ...] = ()
    bates: str = ""
    marking: str = ""
    sticker: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """How a mark looks: sizes in points on A4; ``line`` is the grey of its frame, None for no frame."""

    sizes: tuple[float, ...]
    pad: float
    line: float | None


NUMBER = Style((13.0,), 5.5, 0.35)
BESIDE = Style((9.0,), 4.5, 0.6)
PLAIN = Style((9.5,), 3.0, None)
STICKER = Style((6.5, 15.0), 7.0, 0.0)


def stamp_pages(
    pdf: Pdf,
    marks: Sequence[PageMarks],
    surveys: Sequence[PageSurvey | None] = (),
    position: Position = "bottom right",
) -> None:
    """Every page shows its marks, upright, where they cover nothing if there is such a place.

    Args:
        pdf: changed in place.
        marks: of each page in order.
        surveys: what each page shows along its edges; None, or a shorter list, where nobody has looked.
        position: where the number stands.
    """
    font = pdf.make_indirect(
        Dictionary(
            Type=Name.Font,
            Subtype=Name.Type1,
            BaseFont=Name("/Helvetica-Bold"),
            Encoding=Name.WinAnsiEncoding,
        )
    )
    glass = pdf.make_indirect(Dictionary(Type=Name.ExtGState, ca=CLEARNESS))
    opening, closing = pdf.make_stream(b"q\n"), pdf.make_stream(b"\nQ\n")
    for nth, page in enumerate(pdf.pages):
        leaf = page.obj
        resources = _resources(leaf)
        _add(resources, "/Font", FONT, font)
        own, old = _streams(leaf.get("/Contents"))
        margins = Margins(view_of(leaf), surveys[nth] if nth < len(surveys) else None)
        for box in old:
            margins.clear(box)
        if margins.unseen:
            _add(resources, "/ExtGState", GLASS, glass)
        content, boxes = _drawn(marks[nth], margins, position)
        stamp = pdf.make_stream(content, {MARK: boxes})
        leaf.Contents = Array([opening, *own, closing, stamp])


def isolate_pages(pdf: Pdf, numbers: Sequence[int]) -> None:
    """The original content of these pages can no longer disturb their marks.

    Needed where an original leaves graphics states open, so that what follows it is drawn in the wrong
    place. The page's own content becomes a form of its own.
    """
    for number in numbers:
        leaf = pdf.pages[number - 1].obj
        opening, *original, closing, stamp = leaf.Contents
        form = pdf.make_stream(b"\n".join(part.read_bytes() for part in original))
        view = view_of(leaf)
        form.Type, form.Subtype = Name.XObject, Name.Form
        form.BBox = Array([view.x0, view.y0, view.x1, view.y1])
        form.Resources = pdf.make_indirect(leaf.Resources)
        own = Dictionary(Font=leaf.Resources.Font, XObject=Dictionary(Original=form))
        if "/ExtGState" in leaf.Resources:
            own.ExtGState = leaf.Resources.ExtGState
        leaf.Resources = own
        leaf.Contents = Array([opening, pdf.make_stream(b"/Original Do\n"), closing, stamp])


def _drawn(marks: PageMarks, margins: Margins, position: Position) -> tuple[bytes, Array]:
    """The operators that draw a page's marks, in its user space, and the marks' boxes as displayed."""
    view, scale = margins.view, margins.scale
    edge: Edge = "top" if position == "top right" else "bottom"
    drawn: list[bytes] = []
    boxes: list[float] = []

    def put(lines: tuple[str, ...], style: Style, along: Edge, at: float, reach: tuple[float, float]) -> Box:
        wide, high = _size(lines, style)
        # A slip of a page gets smaller marks rather than some that run off it.
        part = min(scale, view.width / (wide + 2 * INSET), view.height / (high + 2 * INSET))
        wide, high, inset = part * wide, part * high, part * INSET
        x = min(max(inset, at * view.width - wide / 2), view.width - wide - inset)
        y = inset if along == "bottom" else view.height - high - inset
        room = (min(reach[0] * view.width, x), max(reach[1] * view.width - inset / 2, x + wide))
        box = margins.place(Box(x, y, wide, high), along, room)
        margins.take(box)
        drawn.append(_operators(lines, style, box, part, margins))
        boxes.extend((round(box.x, 1), round(box.y, 1), round(box.width, 1), round(box.height, 1)))
        return box

    centred = position == "bottom centre"
    number = put((marks.number,), NUMBER, edge, 0.5 if centred else 1.0, CENTRE if centred else RIGHT)
    for words in marks.beside:
        wide = scale * (_size((words,), BESIDE)[0] / 2 + GAP)
        put((words,), BESIDE, edge, (number.x - wide) / view.width, (0.0, 1.0))
    if marks.bates:
        put((marks.bates,), PLAIN, "bottom", 0.0, (0.0, 0.5))
    if marks.marking:
        put((marks.marking,), PLAIN, "top", 0.5, (0.0, 1.0))
    if marks.sticker:
        put(("EXHIBIT", marks.sticker), STICKER, "top", 0.0 if edge == "top" else 1.0, (0.0, 1.0))
    # The number comes last: what reads a page's text finds it at the end.
    content = b"/Artifact <</Type /Pagination>> BDC " + b"\n".join([*drawn[1:], drawn[0]]) + b" EMC\n"
    return content, Array(boxes)


def _size(lines: tuple[str, ...], style: Style) -> tuple[float, float]:
    wide = max(width(text, size) for text, size in zip(lines, style.sizes, strict=True))
    high = sum(style.sizes) + 3.0 * len(lines) + (2.0 if len(lines) > 1 else 0.0)
    return wide + 2 * style.pad, high + 3.0


def _operators(lines: tuple[str, ...], style: Style, box: Box, scale: float, margins: Margins) -> bytes:
    a, b, c, d, _, _ = margins.view.matrix
    e, f = margins.view.to_user(box.x, box.y)
    matrix = " ".join(f"{value:.5f}" for value in (a * scale, b * scale, c * scale, d * scale, e, f))
    wide, high = box.width / scale, box.height / scale
    area = f"0 0 {wide:.2f} {high:.2f} re"
    white = f"q {GLASS} gs 1 g {area} f Q" if margins.unseen else f"1 g {area} f"
    frame = f"{style.line:g} G 0.6 w {area} S" if style.line is not None else ""
    parts = [f"q {matrix} cm {white} {frame} 0 g BT".encode()]
    level, left = high, 0.0
    x = y = 0.0
    for text, size in zip(lines, style.sizes, strict=True):
        level -= size + 3.0 if len(lines) > 1 else (high + size) / 2 - 0.14 * size
        left = (wide - width(text, size)) / 2
        parts.append(b"%s %g Tf %.2f %.2f Td" % (str(FONT).encode(), size, left - x, level - y))
        parts.append(literal(text) + b" Tj")
        x, y = left, level
    parts.append(b"ET Q")
    return b" ".join(parts)


def _resources(leaf: pikepdf.Object) -> pikepdf.Object:
    resources = leaf.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        resources = leaf.Resources = Dictionary()
    return resources


def _add(resources: pikepdf.Object, kind: str, name: Name, thing: pikepdf.Object) -> None:
    things = resources.get(kind)
    if not isinstance(things, pikepdf.Dictionary):
        things = resources[kind] = Dictionary()
    things[name] = thing


def _streams(contents: pikepdf.Object | None) -> tuple[list[pikepdf.Object], list[Box]]:
    """The page's content without the marks of an earlier bundle, which the new ones would half cover."""
    if contents is None:
        return [], []
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    kept: list[pikepdf.Object] = []
    old: list[Box] = []
    for part in parts:
        if not isinstance(part, pikepdf.Stream):
            continue
        if MARK not in part:
            kept.append(part)
            continue
        boxes = part.get(MARK)
        if isinstance(boxes, pikepdf.Array):
            edges = [float(edge) for edge in boxes]
            old += [Box(*edges[at : at + 4]) for at in range(0, len(edges), 4)]
    return kept, old
