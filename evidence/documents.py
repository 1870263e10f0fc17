"""What of an exhibit can be found: one document a page, and one for its title."""

from collections.abc import Iterator

from django.urls import reverse

from evidence.models import Exhibit
from search.backends.base import Document
from search.registry import Source


def load(exhibit_id: str) -> Iterator[Document]:
    """The documents of a standing exhibit; none once it is withdrawn."""
    exhibit = Exhibit.objects.select_related("case__court", "produced_by").filter(pk=exhibit_id).first()
    if exhibit is None or exhibit.withdrawn_at:
        return
    scope = f"{exhibit.case.scope}:privileged" if exhibit.closed else exhibit.case.scope
    pages = list(exhibit.pages.defer("lines"))
    for number, text in [(page.number, page.text) for page in pages] or [(0, "")]:
        yield Document(
            id=f"exhibit:{exhibit.pk}:{number}",
            kind="exhibit",
            scope=scope,
            title=str(exhibit),
            text=text,
            url=reverse("evidence:page", args=[exhibit.case_id, exhibit.pk, number])
            if number
            else reverse("evidence:exhibit", args=[exhibit.case_id, exhibit.pk]),
            party=exhibit.produced_by.name if exhibit.produced_by else "",
            court=exhibit.case.court.name,
            date=exhibit.dated,
            paragraph=f"page {number}" if number else "",
        )


def all_ids() -> Iterator[str]:
    """Every standing exhibit."""
    for pk in Exhibit.objects.filter(withdrawn_at=None).values_list("pk", flat=True).iterator():
        yield str(pk)


SOURCE = Source(kind="exhibit", load=load, all_ids=all_ids)
