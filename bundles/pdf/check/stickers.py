"""Exhibit stickers, Bates numbers and confidentiality markings: US-10 and US-12."""

import re
from dataclasses import dataclass
from functools import reduce
from itertools import combinations

import pypdfium2.raw as pdfium

from bundles.pdf.check.display import Display
from bundles.pdf.check.index_rows import index_rows
from bundles.pdf.check.marks import Box, Letters, around
from bundles.pdf.check.reading import Bundle
from bundles.pdf.check.report import (
    Finding,
    counted,
    failed,
    faulted,
    named_pages,
    not_applicable,
    passed,
    warned,
)
from bundles.pdf.check.series import Series, prefixed

STICKER = re.compile(
    r"^[ \t]*(?:(?:HIGHLY )?CONFIDENTIAL[ \t]+)?"
    r"(?:(?P<side>plaintiff|defendant|joint|government|petitioner|respondent)s?['’]?s?\s+)?"
    r"(?:(?:trial|deposition)\s+)?(?P<word>exhibit|ex\.)\s+(?:no\.?\s*)?(?P<label>(?-i:[A-Z]{1,2})|\d{1,4})"
    r"(?=[ \t\r]*$|[ \t]+(?:HIGHLY )?CONFIDENTIAL)"
    r"|^[ \t]*(?P<short>[PDJ]X)[ -]?(?P<number>\d{1,4})[ \t\r]*$",
    re.IGNORECASE | re.MULTILINE,
)
MARKING = re.compile(r"\b(?:HIGHLY )?CONFIDENTIAL\b(?:[ –-]+ATTORNEYS?['’] EYES ONLY)?")
SIDES = {"PX": "plaintiff", "DX": "defendant", "JX": "joint"}


@dataclass(frozen=True)
class Sticker:
    """An exhibit's label, as it stands on a page."""

    page: int
    side: str
    label: str


def stickers(bundle: Bundle) -> list[Sticker]:
    """The first page of each run of pages with the same label."""
    found: list[Sticker] = []
    contents = {row.page for row in index_rows(bundle)}
    last: tuple[int, str, str] = (0, "", "")
    for number, page in enumerate(bundle.pages, 1):
        match = STICKER.search(page.text) if number not in contents else None
        if match is None:
            continue
        side = (match["side"] or SIDES.get((match["short"] or "").upper(), "")).lower()
        label = (match["label"] or match["number"]).upper()
        if last != (number - 1, side, label):
            found.append(Sticker(number, side, label))
        last = (number, side, label)
    return found


def labelled(bundle: Bundle) -> Finding:
    """US-10: each exhibit's mark stands once, and is of the kind that the court wants."""
    found = stickers(bundle)
    if not found:
        return not_applicable("No exhibit stickers were found.")
    seen: dict[tuple[str, str], int] = {}
    twice = []
    for sticker in found:
        if (sticker.side, sticker.label) in seen:
            twice.append(sticker.page)
        seen.setdefault((sticker.side, sticker.label), sticker.page)
    if twice:
        return failed(f"An exhibit's mark that stood before is used again on {named_pages(twice)}.", twice)
    wanted = bundle.profile.exhibit_labels
    other = [sticker.page for sticker in found if not _of_kind(sticker, wanted)]
    if other:
        return warned(f"The marks on {named_pages(other)} are not {wanted.replace('-', ' ')}.", other)
    return passed(f"{counted(len(found), 'exhibit')}, each with a mark of its own.")


def _of_kind(sticker: Sticker, wanted: str) -> bool:
    if wanted == "plaintiff-numbers":
        return sticker.label.isdigit() != (sticker.side == "defendant")
    return sticker.label.isdigit() if wanted == "numbers" else not sticker.label.isdigit()


def together(bundle: Bundle) -> Finding:
    """US-12: Bates numbers run on, and sticker, Bates number and marking do not cover each other."""
    bates = prefixed(bundle)
    marks = {number: mark for number, mark in enumerate(bates.marks, 1) if mark} if bates else {}
    sticky = {number for number, page in enumerate(bundle.pages, 1) if STICKER.search(page.text)}
    sticky -= {row.page for row in index_rows(bundle)}
    secret = {number for number, page in enumerate(bundle.pages, 1) if MARKING.search(page.text)}
    if not marks and not (sticky and secret):
        return not_applicable("No Bates numbers, and no page with both a sticker and a marking.")
    faults, pages = [], []
    if bates and (broken := _broken(bates)):
        pages += broken
        faults.append(f"the Bates number breaks the run on {named_pages(broken)}")
    covered = [number for number, mark in marks.items() if mark.crowded]
    both = sorted((sticky & secret) | (sticky & marks.keys()) | (secret & marks.keys()))
    covered += [
        number
        for number in both
        if number not in covered and _overlap(bundle, number, marks[number].box if number in marks else None)
    ]
    if covered:
        pages += covered
        faults.append(f"stamps cover each other on {named_pages(sorted(covered))}")
    if faults:
        return faulted(faults, pages)
    return passed(f"{counted(len(marks), 'Bates number')} in order; no stamp covers another.")


def _broken(bates: Series) -> list[int]:
    """The pages whose number repeats one, or fits neither of its neighbours."""
    shown = [(number, mark.value) for number, mark in enumerate(bates.marks, 1) if mark]
    seen: set[int] = set()
    broken = []
    for number, value in shown:
        if value in seen:
            broken.append(number)
        seen.add(value)
    for (_, before), (number, value), (_, after) in zip(shown, shown[1:], shown[2:], strict=False):
        if after - before == 2 and value != before + 1 and number not in broken:
            broken.append(number)
    return sorted(broken)


def _overlap(bundle: Bundle, number: int, bates: Box | None) -> bool:
    seen = bundle.pages[number - 1]
    page = pdfium.FPDF_LoadPage(bundle.document, number - 1)
    text = pdfium.FPDFText_LoadPage(page)
    try:
        letters = Letters(text, Display(seen.view), seen.view.rotate)
        boxes = [bates] if bates else []
        if marking := MARKING.search(seen.text):
            boxes.append(letters.box(*marking.span()))
        if sticker := STICKER.search(seen.text):
            # Word and label may stand on two lines, and something else between them in the text.
            parts = [name for name in ("side", "word", "label", "short", "number") if sticker[name]]
            boxes.append(reduce(around, (letters.box(*sticker.span(name)) for name in parts)))
        return any(_meet(one, other) for one, other in combinations(boxes, 2))
    finally:
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
