"""What only a second file shows: EW-12 beside the delivered version, US-09 beside the redacted copy."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from PIL import ImageChops

from bundles.pdf.check.documents import documents
from bundles.pdf.check.reading import Bundle, Unopened, open_bundle
from bundles.pdf.check.report import Finding, counted, failed, faulted, named_pages, passed, unverified
from bundles.pdf.check.series import page_numbers

SCALE = 50 / 72  # pixels a point: a page's number is some six pixels tall
GREY = 64  # levels of 255 by which a pixel must differ; drawing a picture anew changes it by less
BATCH = 100  # pages after which PDFium is told to let go of what it has read
SAME_SIZE = 1.0  # points


@dataclass(frozen=True)
class Compared:
    """Which of the first ``pages`` of the pages asked for look different in two files."""

    differing: tuple[int, ...]
    pages: int


def late_pages(bundle: Bundle) -> Finding:
    """EW-12: every page of the version delivered before, but for the index, shows the same under its number.

    Law: General Guidance on Electronic Court Bundles (29 Nov 2021): later pages go to the end.
    """
    delivered = bundle.beside.delivered
    if delivered is None:
        return unverified(
            "Whether later pages went to the end, only a comparison with the version delivered before shows."
        )
    earlier = open_bundle(delivered, bundle.profile, seconds=bundle.left)
    if isinstance(earlier, Unopened):
        return unverified(f"The version delivered before could not be opened. {earlier.reason}")
    with earlier:
        pages, begins = len(earlier.leaves), _first(earlier)
    if len(bundle.leaves) < pages:
        return failed(f"The delivered version had {counted(pages, 'page')}, this one {len(bundle.leaves)}.")
    if _first(bundle) != begins:
        return failed(
            f"The documents began on page {begins} of the delivered version, and now on {_first(bundle)}.",
            [begins],
        )
    asked = [page for page in range(begins, pages + 1) if page not in bundle.beside.replaced]
    compared = _compared(delivered, bundle.path, asked, bundle.left)
    other = compared.differing
    if other:
        return failed(
            f"{named_pages(other).capitalize()} of the delivered version now "
            f"{'show' if len(other) > 1 else 'shows'} something else.",
            other,
        )
    if compared.pages < len(asked):
        return unverified(
            f"The first {compared.pages} of {counted(len(asked), 'page')} of the delivered version look the "
            "same; there was no time for the others.",
            asked[compared.pages :],
        )
    gone = bundle.beside.replaced
    left = f" {named_pages(gone).capitalize()} say why the document there is gone." if gone else ""
    return passed(
        f"{counted(len(asked), 'page')} of the delivered version look the same under the same number; "
        f"{counted(len(bundle.leaves) - pages, 'page')} came after them.{left}"
    )


def redacted_pair(bundle: Bundle) -> Finding:
    """US-09: the redacted copy has the same pages, of the same sizes and under the same numbers."""
    redacted = bundle.beside.redacted
    if redacted is None:
        return unverified("Whether there is a redacted copy with the same pages, one file does not show.")
    copy = open_bundle(redacted, bundle.profile, seconds=bundle.left)
    if isinstance(copy, Unopened):
        return unverified(f"The redacted copy could not be opened. {copy.reason}")
    with copy:
        if len(copy.leaves) != len(bundle.leaves):
            return failed(f"The redacted copy has {counted(len(copy.leaves), 'page')}, this {_all(bundle)}.")
        sizes = [number for number, pair in _pairs(bundle, copy) if _another_size(*pair)]
        numbers = [
            number
            for number, (one, other) in enumerate(zip(_printed(bundle), _printed(copy), strict=True), 1)
            if one != other
        ]
    every = range(1, len(bundle.leaves) + 1)
    compared = _compared(redacted, bundle.path, every, bundle.left, most=1)
    if not compared.differing and compared.pages == len(every):
        return failed("The redacted copy shows the same as this bundle on every page.")
    faults = []
    if sizes:
        faults.append(f"{named_pages(sizes)} of the redacted copy have another size")
    if numbers:
        faults.append(f"{named_pages(numbers)} of the redacted copy bear another number")
    if faults:
        return faulted(faults, {*sizes, *numbers})
    if not compared.differing:
        return unverified(
            f"The first {compared.pages} pages of the redacted copy show the same as this bundle; there was "
            "no time for the others.",
            every[compared.pages :],
        )
    return passed(f"The redacted copy has the same {_all(bundle)}, under the same numbers.")


def _first(bundle: Bundle) -> int:
    """The page on which the documents begin; the second where nothing tells them from the index."""
    parts = documents(bundle)
    return parts[0].first if parts else 2


def _all(bundle: Bundle) -> str:
    return counted(len(bundle.leaves), "page")


def _pairs(
    one: Bundle, other: Bundle
) -> Iterator[tuple[int, tuple[tuple[float, float], tuple[float, float]]]]:
    for number, (ours, theirs) in enumerate(zip(one.pages, other.pages, strict=True), 1):
        yield number, ((ours.view.width, ours.view.height), (theirs.view.width, theirs.view.height))


def _another_size(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return any(abs(ours - theirs) > SAME_SIZE for ours, theirs in zip(one, other, strict=True))


def _printed(bundle: Bundle) -> list[str]:
    """The number printed on each page; empty where there is none."""
    series = page_numbers(bundle)
    if series is None:
        return [""] * len(bundle.leaves)
    return [mark.shown if mark else "" for mark in series.marks]


def _compared(
    one: Path, other: Path, pages: Sequence[int], seconds: float, most: int | None = None
) -> Compared:
    """The pages, from 1, that do not look alike in both files, at most so many, found in so many seconds."""
    found: list[int] = []
    ends = time.monotonic() + seconds
    for start in range(0, len(pages), BATCH):
        with pypdfium2.PdfDocument(one) as first, pypdfium2.PdfDocument(other) as second:
            for done, page in enumerate(pages[start : start + BATCH], start):
                if len(found) == most or time.monotonic() > ends:
                    return Compared(tuple(found), done)
                if not _alike(first[page - 1], second[page - 1]):
                    found.append(page)
    return Compared(tuple(found), len(pages))


def _alike(one: pypdfium2.PdfPage, other: pypdfium2.PdfPage) -> bool:
    drawn = []
    for page in (one, other):
        drawn.append(page.render(scale=SCALE, grayscale=True, may_draw_forms=False).to_pil().convert("L"))
        page.close()
    if drawn[0].size != drawn[1].size:
        return False
    beyond = ImageChops.difference(*drawn).histogram()[GREY + 1 :]
    return not any(beyond)
