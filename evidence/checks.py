"""Proof that every stored file is still what was stored, and every page's text what was read."""

from collections.abc import Iterator
from uuid import UUID

from evidence.models import Exhibit, Page, Rendition
from evidence.selectors import TEXT_READ
from evidence.storage import store
from ledger.hashing import text_digest
from ledger.models import Event
from ledger.verification import Problem


def stored_files() -> Iterator[Problem]:
    """Every original, rendition and page image hashes to the name it is stored under."""
    seen: dict[str, bool] = {}
    named = (
        (exhibit.sha256, f"original of exhibit {exhibit.number} ({exhibit})")
        for exhibit in Exhibit.objects.order_by("pk").iterator()
    )
    made = (
        (rendition.sha256, f"{rendition.get_kind_display()} of {rendition.exhibit}")
        for rendition in Rendition.objects.select_related("exhibit").order_by("pk").iterator()
    )
    drawn = (
        (page.image_sha256, f"image of {page}")
        for page in Page.objects.exclude(image_sha256="")
        .select_related("exhibit")
        .defer("text", "lines")
        .iterator()
    )
    for files in (named, made, drawn):
        for sha256, name in files:
            if sha256 not in seen:
                seen[sha256] = store().verify(sha256)
            if not seen[sha256]:
                yield Problem(name, f"the stored file {sha256} is missing or altered")


def page_texts() -> Iterator[Problem]:
    """The text of every exhibit is the text that its intake read, which is what is searched and quoted."""
    told = Event.objects.filter(thing_type="evidence.exhibit", verb=TEXT_READ)
    for event in told.order_by("pk").iterator():
        pages = Page.objects.filter(exhibit=UUID(event.thing_id)).order_by("number")
        held = text_digest(pages.values_list("number", "text").iterator())
        if held != event.read_facts["text_sha256"]:
            yield Problem(f"text of {event.thing_label}", "is not the text that was read from its PDF")
