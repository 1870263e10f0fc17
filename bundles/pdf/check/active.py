"""What a court's filing system refuses: US-01 and US-02."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary

from bundles.pdf.check.outline import LIMIT
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import Finding, faulted, passed, unverified, warned

MEDIA = {"/RichMedia", "/Screen", "/Sound", "/Movie", "/3D"}
MEDIA_ACTIONS = {"/Rendition", "/Sound", "/Movie", "/RichMediaExecute"}
CHAIN = 50  # actions that follow one another
FIELDS = 5_000

Found = Iterator[tuple[int, Any]]


def nothing_active(bundle: Bundle) -> Finding:
    """US-01: no encryption, launch actions, attachments, sound or film anywhere in the file."""
    faults: dict[str, list[int]] = {}
    if bundle.pdf.is_encrypted:
        faults["the file is encrypted"] = []
    root = bundle.pdf.Root
    names = root.get("/Names")
    if (
        (isinstance(names, Dictionary) and "/EmbeddedFiles" in names)
        or "/AF" in root
        or "/Collection" in root
    ):
        faults["files are attached"] = []
    for number, note in bundle.notes:
        kind = str(note.get("/Subtype"))
        if kind == "/FileAttachment":
            faults.setdefault("a file is attached to a page", []).append(number)
        elif kind in MEDIA:
            faults.setdefault("sound, film or a 3D model", []).append(number)
    for number, action in _actions(bundle):
        kind = str(action.get("/S"))
        if kind == "/Launch":
            faults.setdefault("a command that starts a program", []).append(number)
        elif kind in MEDIA_ACTIONS:
            faults.setdefault("an action that plays sound or film", []).append(number)
    return _verdict(bundle, faults, "No encryption, launch actions, attachments, sound or film.")


def no_script(bundle: Bundle) -> Finding:
    """US-02: no JavaScript anywhere; a form that can be filled in is a warning, as courts differ."""
    faults: dict[str, list[int]] = {}
    names = bundle.pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        faults["JavaScript of the whole file"] = []
    for number, action in _actions(bundle):
        if str(action.get("/S")) == "/JavaScript" or "/JS" in action:
            faults.setdefault("JavaScript", []).append(number)
    form = bundle.pdf.Root.get("/AcroForm")
    if not faults and isinstance(form, Dictionary) and (len(form.get("/Fields", Array())) or "/XFA" in form):
        return warned("The file holds a form that can be filled in; some courts refuse that: flatten it.")
    return _verdict(bundle, faults, "No JavaScript and no form that can be filled in.")


def _verdict(bundle: Bundle, faults: dict[str, list[int]], kept: str) -> Finding:
    if faults:
        return faulted(faults, (number for numbers in faults.values() for number in numbers if number))
    if bundle.notes_cut:
        return unverified("The file holds too many annotations to look through all of them.")
    return passed(kept)


def _actions(bundle: Bundle) -> Found:
    """Every action with its page, 0 for one of the whole file."""
    root = bundle.pdf.Root
    yield from _chain(0, root.get("/OpenAction"))
    yield from _triggered(0, root)
    for number, leaf in enumerate(bundle.leaves, 1):
        if "/AA" in leaf:
            yield from _triggered(number, leaf)
    for number, note in bundle.notes:
        yield from _chain(number, note.get("/A"))
        yield from _triggered(number, note)
    for holder in (*_tree(root.get("/Outlines"), "/First"), *_fields(root.get("/AcroForm"))):
        yield from _chain(0, holder.get("/A"))
        yield from _triggered(0, holder)


def _triggered(number: int, holder: Any) -> Found:
    actions = holder.get("/AA")
    if isinstance(actions, Dictionary):
        for action in actions.as_dict().values():
            yield from _chain(number, action)


def _chain(number: int, action: Any) -> Found:
    waiting = [action]
    for _ in range(CHAIN):
        if not waiting:
            return
        one = waiting.pop()
        if isinstance(one, Array):
            waiting.extend(list(one)[:CHAIN])
        elif isinstance(one, Dictionary):
            yield number, one
            waiting.append(one.get("/Next"))


def _tree(root: Any, down: str) -> Iterator[Any]:
    """Every bookmark, as it stands in the file; an outline may be a circle."""
    seen: set[tuple[int, int]] = set()
    stack = [root.get(down)] if isinstance(root, Dictionary) else []
    for _ in range(LIMIT):
        if not stack:
            return
        item = stack.pop()
        if isinstance(item, Dictionary) and (item.objgen == (0, 0) or item.objgen not in seen):
            seen.add(item.objgen)
            yield item
            stack += [item.get("/Next"), item.get(down)]


def _fields(form: Any) -> Iterator[Any]:
    fields = form.get("/Fields") if isinstance(form, Dictionary) else None
    stack = list(fields)[:FIELDS] if isinstance(fields, Array) else []
    for _ in range(FIELDS):
        if not stack:
            return
        field = stack.pop()
        if isinstance(field, Dictionary):
            yield field
            kids = field.get("/Kids")
            stack += list(kids)[:FIELDS] if isinstance(kids, Array) else []
