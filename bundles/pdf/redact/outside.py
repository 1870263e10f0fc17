"""Pages that draw pictures of which a part is not shown: cropped, masked, off the page or tiny."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import hypot
from typing import Any

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Object

from bundles.pdf.geometry import inherited, view_of
from bundles.pdf.redact.masked import hides_under_mask
from bundles.pdf.redact.outline import NOWHERE, Outline, PathInHand, reaches_beyond, rectangle

_MARGIN = 1.0  # points by which a picture may reach beyond what is shown of it
_FINEST = 2400 / 72  # pixels a point, past which nobody can see them
_MOST = 20_000  # pictures, forms and patterns drawn by one page; past this it is not followed
_DEEPEST = 20
_CLIPPING_TEXT = 4  # text modes from here on clip what is drawn after them to their letters
_FAINTEST = 0.1  # opacity below which a picture cannot be made out
_SQUARE = (0.0, 0.0, 1.0, 1.0)  # every picture fills it before the matrix
_PATHS: dict[str, Callable[[PathInHand, Matrix, list[float]], None]] = {
    "m": PathInHand.move,
    "l": PathInHand.line,
    "re": PathInHand.rectangle,
    **dict.fromkeys("cvy", PathInHand.curve),
    **dict.fromkeys(("W", "W*"), PathInHand.clip),
}
_PAINTED = {"n", "f", "F", "f*", "S", "s", "B", "B*", "b", "b*"}


Known = dict[tuple[int, int], bool]
"""Which pictures of a document, by object number, hide something under their own mask."""


def hides_pictures(page: pikepdf.Page, known: Known) -> bool:
    """True when more of a picture may be stored than the page shows of it, or it is too small to see.

    Clips that are not one convex outline of straight lines, soft masks, patterns and nearly transparent paint
    count as hiding every picture drawn with them.

    Args:
        page: the page.
        known: what is known of the document's pictures already; grows.

    Raises:
        pikepdf.PdfError: the page's content cannot be read.
    """
    view = view_of(page.obj)
    seen = rectangle(Matrix(), (view.x0, view.y0, view.x1, view.y1))
    walk = _Walk(1 / view.unit, known)
    try:
        return walk.hides(page, inherited(page.obj, "/Resources"), _State(Matrix(), (seen,)))
    except (ValueError, TypeError, IndexError) as error:  # operands that no reader can follow
        raise pikepdf.PdfError(f"the page's drawing cannot be followed: {error}") from error


@dataclass(frozen=True)
class _State:
    """What is in force where something is drawn: the matrix, the clips, and whether it is painted at all."""

    matrix: Matrix
    clips: tuple[Outline, ...]
    masked: bool = False
    faint: bool = False

    def within(self, clip: Outline) -> "_State":
        return replace(self, clips=(*self.clips, clip))

    def hidden(self) -> "_State":
        return self.within(NOWHERE)


class _Walk:
    """Follows one page's drawing through its forms, patterns and soft masks."""

    def __init__(self, point: float, known: Known) -> None:
        self._point = point
        self._known = known
        self._left = _MOST
        self._parsed: dict[tuple[int, int], list[Any]] = {}

    def hides(
        self, source: pikepdf.Page | Object, resources: Object | None, state: _State, depth: int = 0
    ) -> bool:
        if depth > _DEEPEST:
            return True
        kept: list[_State] = []
        path = PathInHand()
        for instruction in self._instructions(source):
            operator, operands = str(instruction.operator), instruction.operands
            if operator == "INLINE IMAGE":
                if self._cuts(state):
                    return True
            elif operator == "q":
                kept.append(state)
            elif operator == "Q":
                state = kept.pop() if kept else state
            elif operator in _PATHS:
                _PATHS[operator](path, state.matrix, [float(number) for number in operands])
            elif operator in _PAINTED:
                state = state.within(path.outline()) if path.clips else state
                path = PathInHand()
            elif self._hidden_in(operator, operands, resources, state, depth):
                return True
            else:
                state = _changed(state, operator, operands, resources)
        return False

    def _instructions(self, source: pikepdf.Page | Object) -> list[Any]:
        if isinstance(source, pikepdf.Page):
            return list(pikepdf.parse_content_stream(source))
        if source.objgen not in self._parsed:
            self._parsed[source.objgen] = list(pikepdf.parse_content_stream(source))
        return self._parsed[source.objgen]

    def _cuts(self, state: _State) -> bool:
        """True when a picture drawn now is not shown whole."""
        shape = rectangle(state.matrix, _SQUARE)
        unpainted = state.masked or state.faint
        return unpainted or any(reaches_beyond(shape, clip, _MARGIN * self._point) for clip in state.clips)

    def _squeezed(self, image: Object, state: _State) -> bool:
        """True when the picture is drawn too small for its pixels to be made out."""
        a, b, c, d, _, _ = state.matrix.shorthand
        pixels = (int(image.get("/Width", 0)), int(image.get("/Height", 0)))
        points = (hypot(a, b) / self._point, hypot(c, d) / self._point)
        return any(many > 1 and many > _FINEST * side for many, side in zip(pixels, points, strict=True))

    def _hides_under_mask(self, image: Object) -> bool:
        if image.objgen not in self._known:
            self._known[image.objgen] = hides_under_mask(image)
        return self._known[image.objgen]

    def _hidden_in(
        self, operator: str, operands: Any, resources: Object | None, state: _State, depth: int
    ) -> bool:
        """True when what the instruction draws, or draws with, hides a picture."""
        if operator == "Do":
            thing = _named(resources, "/XObject", operands)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == Name.Image:
                return self._cuts(state) or self._squeezed(thing, state) or self._hides_under_mask(thing)
            return self._form_hides(thing, resources, state, depth)
        if operator in ("scn", "SCN"):
            return self._form_hides(_named(resources, "/Pattern", operands), resources, state.hidden(), depth)
        if operator == "gs":
            mask = _member(_named(resources, "/ExtGState", operands), "/SMask")
            return self._form_hides(_member(mask, "/G"), resources, state.hidden(), depth)
        return False

    def _form_hides(self, form: Object | None, outer: Object | None, state: _State, depth: int) -> bool:
        if not isinstance(form, pikepdf.Stream):
            return False
        self._left -= 1
        if self._left < 0:
            return True
        matrix, box = form.get("/Matrix"), form.get("/BBox")
        if isinstance(matrix, pikepdf.Array):
            state = replace(state, matrix=Matrix(matrix) @ state.matrix)
        if isinstance(box, pikepdf.Array):
            state = state.within(rectangle(state.matrix, [float(edge) for edge in box.as_list()]))
        if state.masked or state.faint:
            state = replace(state.hidden(), masked=False, faint=False)
        own = form.get("/Resources")
        return self.hides(form, own if own is not None else outer, state, depth + 1)


def _changed(state: _State, operator: str, operands: Any, resources: Object | None) -> _State:
    """The state after an instruction that draws nothing."""
    if operator == "cm":
        return replace(state, matrix=Matrix(*(float(number) for number in operands)) @ state.matrix)
    if operator == "Tr" and int(operands[0]) >= _CLIPPING_TEXT:
        return state.hidden()
    if operator == "gs":
        setting = _named(resources, "/ExtGState", operands)
        mask, opacity = _member(setting, "/SMask"), _member(setting, "/ca")
        return replace(
            state,
            masked=state.masked if mask is None else isinstance(mask, Dictionary),
            faint=state.faint if opacity is None else float(opacity) < _FAINTEST,
        )
    return state


def _named(resources: Object | None, category: str, operands: Any) -> Object | None:
    name = operands[-1] if len(operands) else None
    return _member(_member(resources, category), str(name)) if isinstance(name, Name) else None


def _member(holder: Object | None, key: str) -> Object | None:
    return holder.get(key) if isinstance(holder, Dictionary) else None
