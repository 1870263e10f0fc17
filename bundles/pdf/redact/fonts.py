"""Fonts that hold letters, widths and codes and nothing that an editor put beside them."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

_STREAM = {"/Length", "/Filter", "/DecodeParms"}
_FONT = {
    *("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/Encoding"),
    *("/ToUnicode", "/DescendantFonts", "/CIDSystemInfo", "/DW", "/W", "/DW2", "/W2", "/CIDToGIDMap"),
}
_DESCRIPTOR = {
    *("/Type", "/FontName", "/FontFamily", "/FontStretch", "/FontWeight", "/Flags", "/FontBBox"),
    *("/ItalicAngle", "/Ascent", "/Descent", "/Leading", "/CapHeight", "/XHeight", "/StemV", "/StemH"),
    *("/AvgWidth", "/MaxWidth", "/MissingWidth", "/FontFile", "/FontFile2", "/FontFile3"),
}
_PROGRAM = _STREAM | {"/Subtype", "/Length1", "/Length2", "/Length3"}
_ENCODING = _STREAM | {
    "/Type",
    "/BaseEncoding",
    "/Differences",
    "/CMapName",
    "/CIDSystemInfo",
    "/WMode",
    "/UseCMap",
}


def clean_font(font: Object) -> None:
    """The font dictionary and what belongs to it hold only what is needed to draw and to read its letters.

    Raises:
        pikepdf.PdfError: the font's letters are drawings (Type 3), in which anything may stand.
    """
    if not isinstance(font, Dictionary):
        return
    if font.get("/Subtype") == Name.Type3:
        raise pikepdf.PdfError("a font whose letters are drawings")
    keep_only(font, _FONT)
    for key in ("/Encoding", "/ToUnicode"):
        _keep_only_in(font, key, _ENCODING)
    _keep_only_in(font, "/CIDToGIDMap", _STREAM)
    descriptor = _keep_only_in(font, "/FontDescriptor", _DESCRIPTOR)
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        _keep_only_in(descriptor, key, _PROGRAM)
    descendants = font.get("/DescendantFonts")
    for descendant in descendants if isinstance(descendants, Array) else ():
        clean_font(descendant)


def keep_only(thing: Object, keys: set[str]) -> None:
    """The dictionary or stream has no entry besides ``keys``."""
    for key in set(thing.keys()) - keys:
        del thing[key]


def _keep_only_in(holder: Object | None, key: str, keys: set[str]) -> Object | None:
    """The holder's part under ``key``, with no entry besides ``keys``; None where it has none."""
    part = holder.get(key) if holder is not None else None
    if not isinstance(part, Dictionary | pikepdf.Stream):
        return None
    keep_only(part, keys)
    return part
