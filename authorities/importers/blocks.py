"""The body of a judgment cut into paragraphs, in order, with nothing left out."""

import re
from dataclasses import dataclass, field

from lxml import etree

from authorities.importers.imported import ImportedParagraph
from authorities.importers.namespaces import AKN
from authorities.importers.text import lines_of

_CONTAINERS = frozenset(
    f"{AKN}{name}"
    for name in (
        "judgmentBody", "decision", "introduction", "background", "motivation", "arguments", "remedies",
        "conclusions", "attachments", "attachment", "doc", "mainBody", "level", "hcontainer", "section",
        "part", "chapter", "division",
    )
)  # fmt: skip
_PREAMBLES = {f"{AKN}coverPage": "cover", f"{AKN}header": "preamble"}
_NUMBERED = frozenset({f"{AKN}paragraph", f"{AKN}subparagraph", f"{AKN}level"})
_NUMBER, _HEADING, _META = f"{AKN}num", f"{AKN}heading", f"{AKN}meta"
_MAIN_NUMBER = re.compile(r"(\d{1,6})([A-Z]{0,2})", re.ASCII)
_PUBLISHED = "para_"


def paragraphs_of(judgment: etree._Element) -> tuple[ImportedParagraph, ...]:
    """Every part of the judgment but its metadata, each with an anchor of its own."""
    ids = (part.get("eId") or "" for part in judgment.iter(*_NUMBERED))
    cutting = _Cutting(any(identifier.startswith(_PUBLISHED) for identifier in ids))
    for part in judgment:
        if part.tag in _PREAMBLES:
            cutting.add("", _PREAMBLES[part.tag], lines_of(part), "")
        elif part.tag != _META:
            _cut(part, "", cutting)
    return tuple(cutting.paragraphs)


@dataclass
class _Cutting:
    has_ids: bool
    paragraphs: list[ImportedParagraph] = field(default_factory=list)
    main: str = ""
    _times_used: dict[str, int] = field(default_factory=dict)

    def add(self, number: str, anchor: str, lines: list[str], heading: str) -> None:
        if not lines:
            return
        unique = anchor
        while unique in self._times_used:
            self._times_used[anchor] += 1
            unique = f"{anchor}-{self._times_used[anchor]}"
        self._times_used[unique] = 1
        self.paragraphs.append(ImportedParagraph(number, unique, "\n".join(lines), heading))

    def anchor(self, number: str, published: str = "") -> str:
        """``para-45`` for a paragraph; ``para-45-a`` or ``para-45-text`` for a piece that follows it.

        The published id decides what is a paragraph of the judgment itself, for a judgment also quotes the
        numbered paragraphs of others; without ids, a paragraph is one that goes on counting.
        """
        if published.startswith(_PUBLISHED) or (not self.has_ids and self._goes_on_counting(number)):
            self.main = published.removeprefix(_PUBLISHED) or number
            return f"para-{self.main.lower()}"
        above = f"para-{self.main.lower()}" if self.main else "before"
        slug = "-".join(re.findall(r"[a-z0-9]+", number.lower()))
        return f"{above}-{slug or 'text'}"

    def _goes_on_counting(self, number: str) -> bool:
        now, before = _MAIN_NUMBER.fullmatch(number), _MAIN_NUMBER.fullmatch(self.main or "0")
        if not now or not before:
            return False
        step = int(now[1]) - int(before[1])
        return step == 1 or (step == 0 and now[2] > before[2])


def _cut(element: etree._Element, heading: str, cutting: _Cutting) -> None:
    if element.tag not in _CONTAINERS:
        _add(element, heading, cutting)
        return
    own_heading, rest = _own_heading(element)
    holds_more = any(child.tag in _NUMBERED or child.tag in _CONTAINERS for child in rest)
    if own_heading and not rest:
        cutting.add("", cutting.anchor(""), [own_heading], heading)
        return
    within = " / ".join(part for part in (heading, own_heading) if part)
    if not holds_more and element.find(_HEADING) is None and element.tag in _NUMBERED:
        _add(element, heading, cutting)
        return
    for child in rest:
        _cut(child, within, cutting)


def _own_heading(element: etree._Element) -> tuple[str, list[etree._Element]]:
    children = [child for child in element if child.tag != _META]
    top = [child for child in children if child.tag in (_NUMBER, _HEADING)]
    rest = [child for child in children if child not in top]
    return " ".join(" ".join(lines_of(child)) for child in top if lines_of(child)), rest


def _add(element: etree._Element, heading: str, cutting: _Cutting) -> None:
    lines = lines_of(element)
    printed = element.find(_NUMBER)
    number = " ".join(lines_of(printed)) if printed is not None and element.tag in _NUMBERED else ""
    number = number.strip(" .[]")
    if re.search(r"\w", number) and lines:
        lines[0] = lines[0].removeprefix(" ".join(lines_of(printed))).strip()  # type: ignore[arg-type]
        lines = [line for line in lines if line] or [number]
    else:
        number = ""
    cutting.add(number, cutting.anchor(number, element.get("eId") or ""), lines, heading)
