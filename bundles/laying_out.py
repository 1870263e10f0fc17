"""Authorities as PDF: their paragraphs laid out once and kept by the digest of their text."""

from io import BytesIO
from typing import Any

import pikepdf
from django.db import transaction

from authorities.models import Authority
from authorities.selectors import paragraphs_digest
from bundles.models import AuthorityCopy, Bundle
from bundles.pdf.typeset import typesetter
from core import clock
from evidence.files.limits import DEFAULT
from evidence.storage import store
from ledger.hashing import canonical, text_digest

HEAD = (
    "name", "citation", "neutral_citation", "court", "date_text", "status", "uri", "source", "verified",
    "source_sha256",
)  # fmt: skip
LOOK = "2"
"""Changes with the template, so that what was laid out before is laid out again."""


def lay_out_authorities(bundle: Bundle) -> None:
    """Every authority in the bundle whose text is held stands in the store as PDF, as its text is now."""
    held = Authority.objects.filter(bundle_entries__section__bundle=bundle, bundle_entries__signpost="")
    missing = [
        (authority, digest)
        for authority in held.exclude(origin=Authority.Origin.SUMMARY).order_by("pk").distinct()
        if not authority.copies.filter(digest=(digest := _digest(authority))).exists()
    ]
    if not missing:
        return
    with typesetter() as layout:
        for authority, digest in missing:
            _keep(authority, digest, layout.pdf("authority.html", _context(authority)))


@transaction.atomic
def _keep(authority: Authority, digest: str, content: bytes) -> None:
    stored = store().put([content], limit=DEFAULT.output_bytes)
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    authority.copies.exclude(digest=digest).delete()
    AuthorityCopy.objects.create(
        authority=authority,
        digest=digest,
        sha256=stored.sha256,
        size=stored.size,
        pages=pages,
        made_at=clock.now(),
    )


def _digest(authority: Authority) -> str:
    head = canonical({name: getattr(authority, name) for name in HEAD})
    return text_digest([(0, LOOK), (1, head), (2, paragraphs_digest(authority))])


def _context(authority: Authority) -> dict[str, Any]:
    """What the template shows: the head, then each paragraph with the headings that begin at it."""
    paragraphs, above = [], list[str]()
    for paragraph in authority.paragraphs.order_by("order"):
        here = [part for part in paragraph.heading.split(" / ") if part]
        same = next((n for n, part in enumerate(here) if above[n : n + 1] != [part]), len(here))
        begins = [{"words": words, "level": min(same + n + 2, 4)} for n, words in enumerate(here[same:])]
        above = here
        paragraphs.append({"number": paragraph.number, "text": paragraph.text, "begins": begins})
    return {
        "name": authority.name,
        "citation": authority.citation or authority.neutral_citation,
        "kind": authority.get_kind_display(),
        "court": authority.court,
        "date": authority.date_text or (f"{authority.date:%-d %B %Y}" if authority.date else ""),
        "judges": authority.judges,
        "source": authority.source,
        "uri": authority.uri,
        "status": authority.status,
        "verified": authority.verified,
        "sha256": authority.source_sha256,
        "paragraphs": paragraphs,
    }
