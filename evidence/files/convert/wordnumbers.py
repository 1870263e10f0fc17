"""The numbers that Word draws beside paragraphs, written into the text so that none is lost or restarted."""

import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    label: str
    restart: int | None


@dataclass(slots=True)
class _Numbering:
    """A document's lists: levels by list and depth, which lists count together, and the counts so far."""

    levels: dict[str, dict[int, _Level]]
    shared: dict[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next_label(self, list_id: str, depth: int) -> str:
        levels = self.levels.get(list_id, {})
        level = levels.get(depth)
        if level is None or level.form in {"bullet", "none"}:
            return ""
        counts = self.counts.setdefault(self.shared[list_id], {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            if deeper in levels and levels[deeper].restart != 0:
                del counts[deeper]
        return _PLACE.sub(lambda match: self._number(levels, counts, int(match[1]) - 1), level.label)

    @staticmethod
    def _number(levels: dict[int, _Level], counts: dict[int, int], depth: int) -> str:
        level = levels.get(depth)
        return _written(counts.get(depth, level.start), level.form) if level else ""


def with_numbers(archive: zipfile.ZipFile, target: Path) -> None:
    """The target is the same document with each paragraph's number as plain text before its first word."""
    document = archive.read("word/document.xml")
    if "word/numbering.xml" in archive.namelist():
        document = _numbered(document, archive)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as copy:
        for member in archive.infolist():
            copy.writestr(
                zipfile.ZipInfo(member.filename),
                document if member.filename == "word/document.xml" else archive.read(member),
            )


def _numbered(document: bytes, archive: zipfile.ZipFile) -> bytes:
    tree = etree.fromstring(document, _PARSER)
    numbering = _read_numbering(etree.fromstring(archive.read("word/numbering.xml"), _PARSER))
    styles = _style_lists(archive)
    for paragraph in tree.iter(f"{_W}p"):
        place = _place(paragraph, styles)
        if place is None:
            continue
        label = numbering.next_label(*place)
        if label:
            _write_label(paragraph, label)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _read_numbering(tree: etree._Element) -> _Numbering:
    abstract = {
        _value(each, "abstractNumId"): {
            int(_value(level, "ilvl") or 0): _level(level) for level in each.findall(f"{_W}lvl")
        }
        for each in tree.findall(f"{_W}abstractNum")
    }
    levels: dict[str, dict[int, _Level]] = {}
    shared: dict[str, str] = {}
    for number in tree.findall(f"{_W}num"):
        identity, base = _value(number, "numId"), _child(number, "abstractNumId")
        own = dict(abstract.get(base, {}))
        overrides = number.findall(f"{_W}lvlOverride")
        for override in overrides:
            depth = int(_value(override, "ilvl") or 0)
            inner = override.find(f"{_W}lvl")
            if inner is not None:
                own[depth] = _level(inner)
            elif depth in own and (start := _child(override, "startOverride")):
                own[depth] = _Level(int(start), own[depth].form, own[depth].label, own[depth].restart)
        levels[identity] = own
        # Lists made from one definition go on counting together unless one of them says where it starts.
        shared[identity] = f"own {identity}" if overrides else f"shared {base}"
    return _Numbering(levels, shared)


def _level(level: etree._Element) -> _Level:
    restart = _child(level, "lvlRestart")
    return _Level(
        start=int(_child(level, "start") or 1),
        form=_child(level, "numFmt") or "decimal",
        label=_child(level, "lvlText"),
        restart=int(restart) if restart else None,
    )


def _style_lists(archive: zipfile.ZipFile) -> dict[str, tuple[str, int]]:
    """The list and depth that each paragraph style brings with it, its own or its parent's."""
    if "word/styles.xml" not in archive.namelist():
        return {}
    tree = etree.fromstring(archive.read("word/styles.xml"), _PARSER)
    styles = {_value(each, "styleId"): each for each in tree.findall(f"{_W}style")}
    found: dict[str, tuple[str, int]] = {}
    for identity in styles:
        seen: set[str] = set()
        current, depth = identity, None
        while current in styles and current not in seen:
            seen.add(current)
            numbers = styles[current].find(f"{_W}pPr/{_W}numPr")
            if numbers is not None:
                stated = _child(numbers, "ilvl")
                depth = int(stated) if stated and depth is None else depth
                if list_id := _child(numbers, "numId"):
                    found[identity] = (list_id, depth or 0)
                    break
            current = _child(styles[current], "basedOn")
    return found


def _place(paragraph: etree._Element, styles: dict[str, tuple[str, int]]) -> tuple[str, int] | None:
    settings = paragraph.find(f"{_W}pPr")
    if settings is None:
        return None
    place = styles.get(_child(settings, "pStyle"))
    numbers = settings.find(f"{_W}numPr")
    if numbers is not None:
        list_id = _child(numbers, "numId") or (place[0] if place else "")
        depth = _child(numbers, "ilvl")
        place = (list_id, int(depth) if depth else (place[1] if place else 0))
    return None if place is None or place[0] in {"", "0"} else place


def _write_label(paragraph: etree._Element, label: str) -> None:
    """The label stands as the paragraph's first run; the list setting that drew it is switched off."""
    settings = paragraph.find(f"{_W}pPr")
    if settings is None:
        return
    numbers = settings.find(f"{_W}numPr")
    if numbers is None:
        numbers = etree.SubElement(settings, f"{_W}numPr")
    for child in list(numbers):
        numbers.remove(child)
    etree.SubElement(numbers, f"{_W}ilvl").set(f"{_W}val", "0")
    etree.SubElement(numbers, f"{_W}numId").set(f"{_W}val", "0")
    run = etree.Element(f"{_W}r")
    text = etree.SubElement(run, f"{_W}t")
    text.set(_SPACE, "preserve")
    text.text = f"{label}\u2002"
    settings.addnext(run)


def _written(number: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"}:
        roman = ""
        for value, sign in _ROMAN + _ROMAN_ONES:
            while number >= value:
                roman += sign
                number -= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _value(element: etree._Element, name: str) -> str:
    return element.get(f"{_W}{name}") or ""


def _child(element: etree._Element, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return "" if found is None else _value(found, "val")
