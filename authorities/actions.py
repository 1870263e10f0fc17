"""Every write to the authorities: judgments from files, summaries that ship with Assize."""

import hashlib
import tomllib
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from authorities.dates import PartialDate, partial_date
from authorities.importers import akoma_ntoso
from authorities.importers.imported import ImportedAuthority
from authorities.models import Authority, Paragraph
from authorities.selectors import paragraphs_digest
from core.actor import Actor
from core.errors import InvalidInput
from ledger.actions import SITE, record
from search.actions import mark_changed
from search.query import neutral

SUMMARIES = Path(__file__).parent / "data"
_PIECE = 500


def import_judgment(*, by: Actor, path: Path) -> tuple[Authority, bool]:
    """The judgment in the file stands among the authorities; answers it and whether anything changed.

    The same file changes nothing; another file of the same neutral citation replaces the text, and the
    authority keeps its address.

    Raises:
        NotImported: the file is broken or no judgment; nothing is written.
        TooLarge: the file is over the importer's limit.
    """
    if not path.is_file():
        raise InvalidInput(f"{path} is not a file.", remedy="Name the XML of one judgment.")
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    known = Authority.objects.filter(source_sha256=sha256).first()
    if known:
        return known, False
    read = akoma_ntoso.read(path)
    return _write_judgment(by, read, path.name)


@transaction.atomic
def _write_judgment(by: Actor, read: ImportedAuthority, file_name: str) -> tuple[Authority, bool]:
    key = read.neutral_citation or read.source_sha256
    fields = {
        "kind": read.kind,
        "origin": Authority.Origin.IMPORTED,
        "name": read.name[:400],
        "citation": read.neutral_citation,
        "neutral_citation": read.neutral_citation,
        "court": read.court[:200],
        "court_code": read.court_code[:40],
        "date": read.date,
        "date_text": partial_date(read.date.isoformat()).words,
        "uri": read.uri,
        "judges": list(read.judges),
        "source": f"{file_name} ({read.source_format})"[:300],
        "source_sha256": read.source_sha256,
    }
    authority, new = Authority.objects.update_or_create(key=key, defaults=fields)
    paragraphs = [
        (paragraph.number, paragraph.anchor, paragraph.heading, paragraph.text)
        for paragraph in read.paragraphs
    ]
    _replace_paragraphs(authority, paragraphs)
    facts = {
        "file": file_name,
        "sha256": read.source_sha256,
        "paragraphs": len(paragraphs),
        "text_sha256": paragraphs_digest(authority),
    }
    record(chain=SITE, by=by, verb="imported" if new else "imported again", thing=authority, facts=facts)
    mark_changed("authority", authority.pk)
    return authority, True


def _replace_paragraphs(authority: Authority, paragraphs: Iterable[tuple[str, str, str, str]]) -> None:
    authority.paragraphs.all().delete()
    Paragraph.objects.bulk_create(
        [
            Paragraph(
                authority=authority,
                order=order,
                number=number[:100],
                anchor=anchor,
                heading=heading[:400],
                text=text,
            )
            for order, (number, anchor, heading, text) in enumerate(paragraphs, start=1)
        ],
        batch_size=_PIECE,
    )


def load_summaries(*, by: Actor, folder: Path = SUMMARIES) -> dict[str, int]:
    """Every summary in the folder's TOML files is an authority; repeating it changes nothing.

    Answers how many there are (``summaries``) and how many were new or different (``changed``).
    """
    rows = [
        row
        for path in sorted(folder.glob("*.toml"))
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["authority"]
    ]
    changed = sum(_write_summary(by, row) for row in rows)
    return {"summaries": len(rows), "changed": changed}


@transaction.atomic
def _write_summary(by: Actor, row: dict[str, Any]) -> bool:
    fields = _summary_fields(row)
    key = f"summary:{row['key']}"
    known = Authority.objects.select_for_update(no_key=True).filter(key=key).first()
    if known and all(getattr(known, name) == value for name, value in fields.items()):
        held = known.paragraphs.values_list("text", flat=True)
        if list(held) == [row["summary"]]:
            return False
    authority, new = Authority.objects.update_or_create(key=key, defaults=fields)
    _replace_paragraphs(authority, [("", "summary", "", row["summary"])])
    verb = "added the summary of" if new else "changed the summary of"
    facts = {"text_sha256": paragraphs_digest(authority)}
    record(chain=SITE, by=by, verb=verb, thing=authority, facts=facts)
    mark_changed("authority", authority.pk)
    return True


def _summary_fields(row: dict[str, Any]) -> dict[str, Any]:
    given: PartialDate = partial_date(row["date"])
    as_of: date = row["as_of"]
    return {
        "kind": row["kind"],
        "origin": Authority.Origin.SUMMARY,
        "name": row["name"],
        "citation": row["citation"],
        "neutral_citation": next(iter(neutral.find_all(row["citation"])), ""),
        "court": row.get("court", ""),
        "jurisdiction": row["jurisdiction"],
        "date": given.first_day,
        "date_text": given.words,
        "status": row["status"],
        "status_on": as_of,
        "topics": row["topics"],
        "note": row.get("note", ""),
        "verified": row["verified"],
        "source": f"{row['source']} ({row['read']})",
    }
