"""Taking active content out of a copy: scripts, programs to start, attached files, sound and film."""

from collections import Counter

import pikepdf
from pikepdf import Dictionary, Pdf

PASSIVE_ACTIONS = {"/GoTo", "/URI", "/Named"}
EXTERNAL_SCHEMES = ("http:", "https:", "mailto:")
ACTIVE_ANNOTATIONS = {
    "/FileAttachment": "attached file",
    "/RichMedia": "film or sound",
    "/Movie": "film or sound",
    "/Sound": "film or sound",
    "/Screen": "film or sound",
    "/3D": "3D model",
}
ACTION_WORDS = {"/JavaScript": "JavaScript", "/Launch": "command that starts a program"}
OTHER_ACTION = "automatic action"
UNSEEN = ("/AF", "/Dur", "/PresSteps", "/PieceInfo")
"""Of a page: files beside it, how it is presented, and what the program that made it keeps for itself."""


def strip_active(pdf: Pdf) -> tuple[str, ...]:
    """Nothing in the opened copy acts by itself any more; says in words what was taken out."""
    found: Counter[str] = Counter()
    _strip_document(pdf.Root, found)
    for page in pdf.pages:
        leaf = page.obj
        if "/AA" in leaf:
            found[_word_of_any(leaf.AA)] += 1
            del leaf.AA
        for key in UNSEEN:
            if key in leaf:
                del leaf[key]
        if "/Annots" in leaf:
            _strip_annotations(leaf, found)
    return tuple(word if count == 1 else f"{word} ({count} times)" for word, count in sorted(found.items()))


def _strip_document(root: pikepdf.Object, found: Counter[str]) -> None:
    """Counts what stands in the catalogue; a merged copy never takes the catalogue over."""
    names = root.get("/Names")
    if not isinstance(names, pikepdf.Dictionary):
        names = Dictionary()
    if "/JavaScript" in names:
        found["JavaScript"] += 1
    if "/EmbeddedFiles" in names or "/AF" in root:
        found["attached file"] += 1
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and _word(opening):
        found[_word(opening)] += 1
    if "/AA" in root:
        found[_word_of_any(root.AA)] += 1


def _strip_annotations(leaf: pikepdf.Object, found: Counter[str]) -> None:
    annotations = leaf.Annots
    if not isinstance(annotations, pikepdf.Array):
        del leaf.Annots
        return
    kept = []
    for note in annotations:
        if not isinstance(note, pikepdf.Dictionary):
            continue
        kind = ACTIVE_ANNOTATIONS.get(str(note.get("/Subtype")))
        if kind:
            found[kind] += 1
            continue
        _strip_actions(note, found)
        kept.append(note)
    if len(kept) != len(annotations):
        leaf.Annots = pikepdf.Array(kept)


def _strip_actions(note: pikepdf.Object, found: Counter[str]) -> None:
    if "/AA" in note:
        found[_word_of_any(note.AA)] += 1
        del note["/AA"]
    if "/AF" in note:
        found["attached file"] += 1
        del note["/AF"]
    if "/PA" in note:  # where a link led before it was changed; programs do not show it
        del note["/PA"]
    action = note.get("/A")
    if not isinstance(action, pikepdf.Dictionary):
        if action is not None:
            found[OTHER_ACTION] += 1
            del note["/A"]
        return
    word = _word(action)
    if word:
        found[word] += 1
        del note["/A"]
    elif "/Next" in action:
        found[OTHER_ACTION] += 1
        del action["/Next"]


def _word(action: pikepdf.Object) -> str:
    """What a forbidden action is called; empty for one that only moves the reader or opens a web page."""
    kind = str(action.get("/S"))
    if kind not in PASSIVE_ACTIONS:
        return ACTION_WORDS.get(kind, OTHER_ACTION)
    if kind == "/URI" and not str(action.get("/URI", "")).lower().startswith(EXTERNAL_SCHEMES):
        return "link that is no web or e-mail address"
    return ""


def _word_of_any(actions: pikepdf.Object) -> str:
    """One word for a dictionary of triggered actions."""
    kinds = {
        str(action.get("/S"))
        for action in (actions.as_dict().values() if isinstance(actions, pikepdf.Dictionary) else ())
        if isinstance(action, pikepdf.Dictionary)
    }
    return next((word for kind, word in ACTION_WORDS.items() if kind in kinds), OTHER_ACTION)
