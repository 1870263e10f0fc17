"""A page that keeps its look and its text and nothing else: no notes, tags, layers, metadata, spare parts."""

from collections import defaultdict

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf

from bundles.pdf.geometry import inherited, view_of
from bundles.pdf.redact.fonts import clean_font, keep_only
from bundles.pdf.redact.metadata import strip_metadata

_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_USES = {
    "Do": "/XObject",
    "gs": "/ExtGState",
    "Tf": "/Font",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "sh": "/Shading",
}
_FORM = {"/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group", "/Length", "/Filter"}
_TILING = {"/PatternType", "/PaintType", "/TilingType", "/XStep", "/YStep"}
_IMAGE = {
    *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Decode", "/Length"),
    *("/DecodeParms", "/Filter", "/Interpolate", "/ImageMask", "/Mask", "/SMask", "/SMaskInData", "/Matte"),
    "/Intent",
}
_GROUP = {"/Type", "/S", "/CS", "/I", "/K"}

Used = dict[str, set[str]]


class PageCleaner:
    """Cleans pages of one opened PDF in place; what pages share is cleaned once."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._forms: dict[tuple[int, int], Used] = {}
        self._layered: set[tuple[int, int]] = set()
        self._hides_layers = _hides_layers(pdf.Root.get("/OCProperties"))
        self._on_layer = False

    def clean(self, page: pikepdf.Page) -> Dictionary | None:
        """A page dictionary with the same look; None when the page may hide content in a layer.

        Raises:
            pikepdf.PdfError: the page's content cannot be read, or not all of it.
        """
        leaf, view = page.obj, view_of(page.obj)
        self._on_layer = False
        resources = inherited(leaf, "/Resources")
        content, used = self._content(page, resources)
        kept = Dictionary(
            Type=Name.Page,
            MediaBox=Array([view.x0, view.y0, view.x1, view.y1]),
            Rotate=view.rotate,
            Resources=self._resources(resources, used),
            Contents=self._pdf.make_stream(content),
        )
        if view.unit != 1:
            kept.UserUnit = view.unit
        group = leaf.get("/Group")
        if isinstance(group, Dictionary):
            kept.Group = Dictionary({key: value for key, value in group.items() if key in _GROUP})
        return None if self._on_layer and self._hides_layers else kept

    def _content(self, source: pikepdf.Page | Object, resources: Object | None) -> tuple[bytes, Used]:
        """The drawing instructions without marks, and the names of the resources that they use."""
        kept, used = [], defaultdict[str, set[str]](set)
        for instruction in pikepdf.parse_content_stream(source):
            operator = str(instruction.operator)
            operands = instruction.operands
            if operator in _MARKS:
                self._on_layer |= bool(len(operands)) and str(operands[0]) == "/OC"
                continue
            kept.append(instruction)
            if operator == "INLINE IMAGE":
                used["/ColorSpace"] |= _names(resources, "/ColorSpace")
            elif operator in _USES and len(operands):
                name = operands[0 if operator == "Tf" else -1]
                if isinstance(name, Name):
                    used[_USES[operator]].add(str(name))
        content = pikepdf.unparse_content_stream(kept)
        for category, clean in (
            ("/XObject", self._drawn),
            ("/Pattern", self._form),
            ("/ExtGState", self._state),
            ("/Font", self._font),
        ):
            for member in sorted(used[category]):
                thing = _member(resources, category, member)
                for borrowed, names in (clean(thing, resources) if thing is not None else {}).items():
                    used[borrowed] |= names
        return content, used

    def _resources(self, resources: Object | None, used: Used) -> Dictionary:
        """Only the resources used: others may hold what stood on another page."""
        kept = Dictionary()
        for category, names in used.items():
            found = {name: _member(resources, category, name) for name in sorted(names)}
            members = {name: thing for name, thing in found.items() if thing is not None}
            if members:
                kept[category] = Dictionary(members)
        return kept

    def _drawn(self, thing: Object, outer: Object | None) -> Used:
        self._on_layer |= "/OC" in thing
        if thing.get("/Subtype") == Name.Image:
            keep_only(thing, _IMAGE)
            strip_metadata(thing)
            for mask in (thing.get("/SMask"), thing.get("/Mask")):
                if isinstance(mask, pikepdf.Stream):
                    keep_only(mask, _IMAGE)
                    strip_metadata(mask)
            return {}
        return self._form(thing, outer)

    def _form(self, thing: Object, outer: Object | None) -> Used:
        """The form or tiling holds nothing but drawing; answers the names it borrows from its page."""
        if not isinstance(thing, pikepdf.Stream):
            return {}
        if thing.objgen in self._forms:
            self._on_layer |= thing.objgen in self._layered
            return self._forms[thing.objgen]
        self._forms[thing.objgen] = {}
        before, self._on_layer = self._on_layer, False
        own = thing.get("/Resources")
        try:
            content, used = self._content(thing, own if own is not None else outer)
        except pikepdf.PdfError:
            del self._forms[thing.objgen]  # or the next page that draws it would take it for clean
            raise
        keep_only(thing, _FORM | _TILING)
        thing.write(content)
        if self._on_layer:
            self._layered.add(thing.objgen)
        self._on_layer |= before
        if own is None:
            self._forms[thing.objgen] = used
        else:
            thing.Resources = self._resources(own, used)
        return self._forms[thing.objgen]

    def _state(self, thing: Object, outer: Object | None) -> Used:
        if "/Font" in thing:
            raise pikepdf.PdfError("a font set outside the resources")
        mask = thing.get("/SMask")
        form = mask.get("/G") if isinstance(mask, Dictionary) else None
        return self._form(form, outer) if isinstance(form, pikepdf.Stream) else {}

    def _font(self, thing: Object, _outer: Object | None) -> Used:
        clean_font(thing)
        return {}


def _names(resources: Object | None, category: str) -> set[str]:
    members = resources.get(category) if isinstance(resources, Dictionary) else None
    return set(members.keys()) if isinstance(members, Dictionary) else set()


def _member(resources: Object | None, category: str, name: str) -> Object | None:
    members = resources.get(category) if isinstance(resources, Dictionary) else None
    return members.get(name) if isinstance(members, Dictionary) else None


def _hides_layers(properties: Object | None) -> bool:
    """True when the document has layers and not all of them are always shown."""
    if not isinstance(properties, Dictionary):
        return False
    usual = properties.get("/D", Dictionary())
    return (
        usual.get("/BaseState", Name.ON) != Name.ON or bool(len(usual.get("/OFF", Array()))) or "/AS" in usual
    )
