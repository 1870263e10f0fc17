"""Finding what to redact in an exhibit, and making its redacted copy in the background."""

import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path

from django.conf import settings
from django.db import OperationalError

from bundles.actions import redactions
from bundles.models import RedactedCopy
from bundles.pdf.redact import Box, RedactionFailed, redact
from bundles.pdf.redact.find import PATTERNS, find_names, find_patterns
from core.actor import Actor
from core.errors import AssizeError, InvalidInput, NotFound
from core.locks import if_free
from evidence.files.limits import DEFAULT
from evidence.files.store import read_chunks
from evidence.models import Exhibit, Rendition
from evidence.selectors import best_pdf
from evidence.storage import store

log = logging.getLogger(__name__)

MOST_PAGES = 600
"""Pages that one search reads at most, so that its answer comes while the asker waits."""

PROGRESS_EVERY = 0.5
"""Seconds between two writes of the progress."""


def pdf_of(exhibit: Exhibit) -> Path:
    """The PDF on which the exhibit's rectangles stand.

    Raises:
        NotFound: none was made of it.
    """
    try:
        return store().path(best_pdf(exhibit).sha256)
    except Rendition.DoesNotExist as error:
        raise NotFound(
            "There is no PDF of this exhibit, so nothing can be redacted on it.",
            remedy="Ask for its conversion again.",
        ) from error


def find(
    *,
    by: Actor,
    exhibit: Exhibit,
    names: Sequence[str] = (),
    kinds: Sequence[str] = (),
    pages: tuple[int, int] | None = None,
) -> int:
    """What the exhibit's text holds of the names and kinds is proposed; answers how many rectangles are new.

    Args:
        by: who looks.
        exhibit: where.
        names: names and phrases; ways in which people write a name are found too.
        kinds: keys of ``PATTERNS``.
        pages: the first and the last page to read; all when None.

    Raises:
        InvalidInput: nothing is sought, a kind is not known, or more than 600 pages would be read.
        NotFound: the exhibit has no PDF.
    """
    if not names and not kinds:
        raise InvalidInput(
            "Nothing is sought.", remedy="Give names, or choose what to look for.", field="names"
        )
    pdf, count = pdf_of(exhibit), exhibit.pages.count()
    first, last = pages or (1, count)
    if last - first >= MOST_PAGES:
        raise InvalidInput(
            f"One search reads at most {MOST_PAGES} pages, and this would read {last - first + 1}.",
            remedy="Give the first and the last page, and search again from there.",
            field="last",
        )
    found = list(
        chain(
            find_names(pdf, names, pages=(first, last)) if names else (),
            find_patterns(pdf, kinds, pages=(first, last)) if kinds else (),
        )
    )
    titles = [PATTERNS[kind].title for kind in kinds]
    count_of_names = [f"{len(names)} names or phrases"] if names else []
    sought = "; ".join([*count_of_names, *titles])
    return redactions.propose(by=by, exhibit=exhibit, found=found, sought=sought)


def run(copy_id: int, *, by: Actor) -> None:
    """The copy has come to its end: made and verified, or not made and saying why.

    One whose worker was killed begins anew; a finished one is left alone, and so is one that another
    process is busy with.
    """
    with if_free(settings.VAR / "locks" / f"redact-{copy_id}") as free:
        copy = RedactedCopy.objects.select_related("exhibit__case").get(pk=copy_id)
        if not free or copy.state not in redactions.UNDER_WAY:
            return
        redactions.begin_copy(copy)
        try:
            _make(copy, by)
        except RedactionFailed as refusal:
            redactions.stop_copy(by=by, copy=copy, message=str(refusal), report=refusal.report)
        except AssizeError as refusal:
            redactions.stop_copy(by=by, copy=copy, message=str(refusal))
        except OperationalError:
            # The database was away; the next sweep tries again.
            raise
        except Exception as fault:
            log.exception("redacted copy %s", copy_id)
            message = f"A fault in Assize stopped the copy: {type(fault).__name__}."
            redactions.stop_copy(by=by, copy=copy, message=message)


def unfinished() -> list[int]:
    """The copies that have not come to their end."""
    waiting = RedactedCopy.objects.filter(state__in=redactions.UNDER_WAY)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def _make(copy: RedactedCopy, by: Actor) -> None:
    boxes = [Box(**box) for box in copy.boxes]
    with tempfile.TemporaryDirectory(prefix="redact-") as folder:
        out = Path(folder) / "redacted.pdf"
        report = redact(pdf_of(copy.exhibit), boxes, out, progress=_progress_of(copy.pk))
        stored = store().put(read_chunks(out), limit=DEFAULT.output_bytes)
    redactions.keep_copy(by=by, copy=copy, stored=stored, report=report)


def _progress_of(copy_id: int) -> Callable[[int, int, str], None]:
    written = 0.0

    def progress(done: int, total: int, what: str) -> None:
        nonlocal written
        if time.monotonic() - written >= PROGRESS_EVERY:
            written = time.monotonic()
            RedactedCopy.objects.filter(pk=copy_id).update(done=done, total=total, message=what[:300])

    return progress
