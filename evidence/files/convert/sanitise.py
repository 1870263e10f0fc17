"""HTML from outside, reduced to text, structure and harmless style."""

import re

import nh3
from lxml import etree
from lxml import html as parser

_TAGS = nh3.ALLOWED_TAGS | {
    "font",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "figure",
    "figcaption",
    "u",
}
_ATTRIBUTES = {
    "*": {"style", "align", "valign", "dir", "lang", "id"},
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan", "width"},
    "th": {"colspan", "rowspan", "width"},
    "font": {"color"},
    "ol": {"start", "type"},
    "li": {"value"},
}
_STYLES = frozenset(
    (
        "color",
        "background-color",
        "font-weight",
        "font-style",
        "text-align",
        "text-decoration",
        "text-indent",
        "vertical-align",
        "list-style-type",
    )
)
_VALUE = re.compile(r"[#\w\s.,%()-]{1,80}")
# Only inline colours stay, so that white ink may have lost its dark ground: it is set in black.
_PALE = re.compile(r"(?i)white|transparent|inherit|#f{3,8}|rgba?\(\s*255\s*,\s*255\s*,\s*255.*")
_SOURCES = ("src", "data", "poster", "background", "srcset")


def sanitised(html: str) -> str:
    """The page's text and structure without scripts, forms, frames, stylesheets or hidden instructions."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "cid", "data"},
        clean_content_tags={"script", "style", "title", "iframe", "object", "noscript", "template"},
        link_rel=None,
        strip_comments=True,
    )


def outside_addresses(html: str) -> list[str]:
    """The addresses of pictures, styles, scripts and frames that the page would have loaded."""
    try:
        page = parser.document_fromstring(
            html.encode("utf-8", "replace"), parser=parser.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, etree.XMLSyntaxError):
        return []
    found = []
    for element in page.iter(etree.Element):
        names = ("href",) if element.tag == "link" else _SOURCES
        found += [address for name in names if (address := element.get(name))]
    return [a.strip() for a in found if not a.strip().lower().startswith(("data:", "cid:", "about:", "#"))]


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "color":
        return None if _PALE.fullmatch(value.strip()) else value
    if name != "style":
        return value
    kept = []
    for declaration in value.split(";"):
        property_, _, setting = declaration.partition(":")
        property_, setting = property_.strip().lower(), setting.replace("!important", "").strip()
        if property_ not in _STYLES or not _VALUE.fullmatch(setting) or "url" in setting.lower():
            continue
        if property_ == "color" and _PALE.fullmatch(setting):
            continue
        kept.append(f"{property_}:{setting}")
    return ";".join(kept) or None
