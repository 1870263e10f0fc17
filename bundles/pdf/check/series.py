"""The run of page numbers in a file: wherever it stands, whoever stamped it."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from bundles.pdf.check.marks import Mark
from bundles.pdf.check.page_text import PageText
from bundles.pdf.check.reading import Bundle

A4_SHORT_SIDE = 595.0
MOST = 0.5  # part of the pages on which a run must be found


@dataclass(frozen=True)
class Series:
    """One run of numbers.

    Args:
        zone: where on the page it stands.
        prefix: letters before each number.
        offset: what is added to the PDF's page to get the number.
        marks: for each page the number that belongs to the run, right or wrong, or None.
    """

    zone: str
    prefix: str
    offset: int
    marks: tuple[Mark | None, ...]


def page_numbers(bundle: Bundle) -> Series | None:
    """The numbers by which the file's pages are called, or None when there is no such run."""
    if "numbers" not in bundle.kept:
        bundle.kept["numbers"] = _page_numbers(bundle)
    series: Series | None = bundle.kept["numbers"]
    return series


def _page_numbers(bundle: Bundle) -> Series | None:
    """The run that most pages show.

    A run that equals the PDF's pages is looked for first, then one that runs on from elsewhere; a Bates
    number with its prefix counts only where the profile asks for that prefix or nothing else is found.
    """
    wanted = bundle.profile.numbering
    runs = Counter(
        run
        for number, page in enumerate(bundle.pages, 1)
        for run in {(mark.zone, mark.prefix, mark.value - number) for mark in page.marks}
    )

    def rank(run: tuple[str, str, int]) -> tuple[bool, bool, int, bool]:
        zone, prefix, offset = run
        often = runs[run] >= MOST * len(bundle.pages)
        return (often and prefix == wanted.prefix, often and offset == 0, runs[run], zone == wanted.position)

    if not runs:
        return None
    # One page that happens to show its own number is no run in a longer file.
    best = max(runs, key=rank)
    if runs[best] < MOST * len(bundle.pages):
        return None
    return _series(bundle, *best)


def shift(bundle: Bundle) -> int:
    """What is added to the PDF's page to get the number that is printed: more than 0 in a later volume.

    Only numbers that the page labels confirm count as those of a later volume; any others are wrong.
    """
    if "shift" not in bundle.kept:
        bundle.kept["shift"] = _shift(bundle)
    return int(bundle.kept["shift"])


def page_called(bundle: Bundle, printed: str) -> int | None:
    """The page of this file, from 1, that goes by a printed number; None for what is no such number.

    With letters (45A) only the page labels can tell, and only where the profile lets pages be inserted.
    """
    if "insert" not in bundle.profile.numbering.late:
        return int(printed) - shift(bundle) if printed.isdecimal() else None
    if "called" not in bundle.kept:
        bundle.kept["called"] = {label: number for number, label in enumerate(bundle.labels, 1)}
    found: int | None = bundle.kept["called"].get(printed)
    return found


def _shift(bundle: Bundle) -> int:
    series = page_numbers(bundle)
    if series is None or series.offset <= 0:
        return 0
    agree = all(
        mark and mark.value == number + series.offset and label in (mark.shown, mark.digits)
        for number, (mark, label) in enumerate(zip(series.marks, bundle.labels, strict=True), 1)
    )
    return series.offset if agree else 0


def prefixed(bundle: Bundle) -> Series | None:
    """A run of Bates numbers: with a prefix or leading noughts, and not the pages' own numbers."""
    runs = Counter(
        (mark.zone, mark.prefix, mark.value - number)
        for number, page in enumerate(bundle.pages, 1)
        for mark in page.marks
        if (mark.prefix or mark.digits.startswith("0")) and len(mark.digits) >= 4
    )
    if not runs or runs.most_common(1)[0][1] < 2:
        return None
    return _series(bundle, *runs.most_common(1)[0][0])


def _series(bundle: Bundle, zone: str, prefix: str, offset: int) -> Series:
    right = [
        (page, mark)
        for number, page in enumerate(bundle.pages, 1)
        for mark in page.marks
        if (mark.zone, mark.prefix, mark.value - number) == (zone, prefix, offset)
    ]
    places = [_inset(page, mark) for page, mark in right]
    usual = (median(place[0] for place in places), median(place[1] for place in places))
    marks = [
        _chosen(number, page, zone, prefix, offset, usual) for number, page in enumerate(bundle.pages, 1)
    ]
    return Series(zone, prefix, offset, tuple(marks))


def _chosen(
    number: int, page: PageText, zone: str, prefix: str, offset: int, usual: tuple[float, float]
) -> Mark | None:
    """The mark that stands where the run's numbers usually do, be it right or wrong."""
    alike = [mark for mark in page.marks if mark.prefix == prefix]
    here = [mark for mark in alike if mark.zone == zone]
    if here:
        near = min(here, key=lambda mark: _apart(_inset(page, mark), usual))
        beside = [
            mark for mark in here if _apart(_inset(page, mark), usual) < _apart(_inset(page, near), usual) + 3
        ]
        # Of numbers drawn on the same place, the last one covers the others.
        return beside[-1]
    turned = page.view.rotate or page.view.width > page.view.height
    elsewhere = [mark for mark in alike if mark.value == number + offset]
    # A stamp that was put on before a page was turned stands at another side of it.
    return elsewhere[-1] if turned and elsewhere else None


def _inset(page: PageText, mark: Mark) -> tuple[float, float]:
    """How far the mark's corner is from the nearest edges, scaled to the width of A4."""
    left, bottom, right, top = mark.box
    scale = max(1.0, min(page.view.width, page.view.height) / A4_SHORT_SIDE)
    across = page.view.width - right if "right" in mark.zone else left
    if "centre" in mark.zone:
        across = abs((left + right) / 2 - page.view.width / 2)
    up = bottom if "bottom" in mark.zone else page.view.height - top
    return across / scale, up / scale


def _apart(place: tuple[float, float], usual: tuple[float, float]) -> float:
    return abs(place[0] - usual[0]) + abs(place[1] - usual[1])
