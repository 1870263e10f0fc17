"""The text of a piece of Akoma Ntoso, in lines as they are printed."""

import re

from lxml import etree

from authorities.importers.namespaces import AKN

_LINE_ELEMENTS = frozenset(
    f"{AKN}{name}"
    for name in (
        "p", "block", "heading", "subheading", "num", "content", "intro", "wrapUp", "paragraph",
        "subparagraph", "level", "embeddedStructure", "blockContainer", "tr", "table", "header", "coverPage",
        "br", "tocItem", "li", "item", "docTitle", "img",
    )
)  # fmt: skip
_CELLS = frozenset({f"{AKN}td", f"{AKN}th"})
_FOOTNOTE = f"{AKN}authorialNote"
_NUMBER = f"{AKN}num"
_GOES_ON = "\0"  # no XML can hold it


def lines_of(element: etree._Element) -> list[str]:
    """The lines of an element, blank ones left out; a number stands before its text."""
    pieces: list[str] = []
    _gather(element, pieces)
    printed = re.sub(rf"{_GOES_ON}\s*", " ", "".join(pieces))
    lines = (" ".join(line.split()) for line in printed.split("\n"))
    return [line for line in lines if line]


def _gather(element: etree._Element, pieces: list[str]) -> None:
    footnote = element.tag == _FOOTNOTE
    breaks = "\n" if element.tag in _LINE_ELEMENTS else " " if element.tag in _CELLS else ""
    if footnote:
        pieces.append(f" [note {element.get('marker') or ''}: ")
    else:
        pieces.append(breaks)
    inside: list[str] = [_spaced(element.text)]
    for child in element:
        _gather(child, inside)
        inside.append(_spaced(child.tail))
    if footnote:
        pieces.append(" ".join("".join(inside).split()) + "]")
        return
    pieces.extend(inside)
    pieces.append(_GOES_ON if element.tag == _NUMBER else breaks)


def _spaced(text: str | None) -> str:
    return " ".join((text or "").splitlines()) if text and "\n" in text else text or ""
