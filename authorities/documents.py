"""What of an authority can be found: one document a paragraph."""

from collections.abc import Iterator

from django.urls import reverse

from authorities.models import Authority
from search.backends.base import Document
from search.registry import Source


def load(authority_id: str) -> Iterator[Document]:
    """The documents of an authority; none when it is gone."""
    authority = Authority.objects.filter(pk=authority_id).first()
    if authority is None:
        return
    url = reverse("authorities:authority", args=[authority.pk])
    for paragraph in authority.paragraphs.all():
        yield Document(
            id=f"authority:{authority.pk}:{paragraph.order}",
            kind="authority",
            scope="public",
            title=authority.name,
            text=paragraph.text,
            url=f"{url}#{paragraph.anchor}",
            citation=authority.citation,
            party=authority.name,
            court=authority.court,
            date=authority.date,
            paragraph=f"[{paragraph.number}]" if paragraph.number else "",
        )


def all_ids() -> Iterator[str]:
    """Every authority."""
    for pk in Authority.objects.values_list("pk", flat=True).iterator():
        yield str(pk)


SOURCE = Source(kind="authority", load=load, all_ids=all_ids)
