"""Receiving exhibits and everything a person does to one."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from cases.models import Case, Filing, Party
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from evidence.files.sniff import sniff
from evidence.files.store import Stored
from evidence.models import Exhibit, Intake
from evidence.storage import store
from ledger.actions import record
from search.actions import mark_changed

CHUNK = 1024 * 1024


def chunks(source: IO[bytes]) -> Iterator[bytes]:
    """The stream in pieces of one mebibyte, so that no upload is held in memory."""
    while chunk := source.read(CHUNK):
        yield chunk


def plain_name(name: str) -> str:
    """The file's own name: no folder before it, nothing that cannot be seen in it, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = Path("".join(character for character in last if character.isprintable()).strip(" ."))
    return f"{seen.stem[: 255 - len(seen.suffix[:20])]}{seen.suffix[:20]}" or "unnamed"


def keep(content: Iterable[bytes]) -> Stored:
    """The file's bytes are stored under their SHA-256; call it outside a transaction, for it takes time.

    Raises:
        TooLarge: over the installation's limit (``ASSIZE_MAX_UPLOAD_MB``); nothing is kept.
    """
    return store().put(content, limit=settings.MAX_UPLOAD_BYTES)


def receive(*, by: Actor, case: Case, content: Iterable[bytes], name: str, title: str = "") -> Exhibit:
    """The original is stored under its SHA-256, stands in the matter as an exhibit, and its intake waits.

    Args:
        by: who received it.
        case: the matter.
        content: the file's bytes, in pieces.
        name: the file's own name; any folder in front of it is dropped.
        title: what to call it; the file's name without its ending when empty.

    Raises:
        TooLarge: as ``keep``.
    """
    return add_stored(by=by, case=case, stored=keep(content), name=plain_name(name), title=title)


@transaction.atomic
def add_stored(
    *,
    by: Actor,
    case: Case,
    stored: Stored,
    name: str,
    title: str = "",
    parent: Exhibit | None = None,
    attachment_number: int | None = None,
    closed_as: Exhibit | None = None,
) -> Exhibit:
    """A stored file stands in the matter as an exhibit; an attachment names the e-mail it came with.

    It is as privileged and confidential as that e-mail, or as the exhibit that it is ``closed_as``.
    """
    kind = sniff(store().path(stored.sha256), name)
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    last = case.exhibits.aggregate(last=Max("number"))["last"] or 0
    if parent is not None:
        # The e-mail may have been filed or described while its intake was running.
        parent = Exhibit.objects.get(pk=parent.pk)
    like = parent or closed_as
    exhibit = Exhibit.objects.create(
        case=case,
        number=last + 1,
        title=(title.strip() or Path(name).stem or name)[:300],
        original_name=name,
        media_type=kind.mime,
        type_name=kind.name,
        size=stored.size,
        sha256=stored.sha256,
        parent=parent,
        attachment_number=attachment_number,
        filing_id=parent.filing_id if parent else None,
        privilege=like.privilege if like else Exhibit.Privilege.NONE,
        confidentiality=like.confidentiality if like else Exhibit.Confidentiality.OPEN,
        received_at=clock.now(),
        withdrawn_at=parent.withdrawn_at if parent else None,
        withdrawn_because=parent.withdrawn_because if parent else "",
    )
    Intake.objects.create(exhibit=exhibit)
    facts: dict[str, object] = {"sha256": stored.sha256, "size": stored.size, "name": name, "type": kind.mime}
    if parent:
        facts["attached_to"] = parent.pk
    record(chain=case.chain, by=by, verb="received", thing=exhibit, facts=facts)
    mark_changed("exhibit", exhibit.pk)
    enqueue("evidence.intake", exhibit_id=str(exhibit.pk))
    return exhibit


@transaction.atomic
def describe(
    *,
    by: Actor,
    exhibit: Exhibit,
    title: str,
    mark: str = "",
    dated: date | None = None,
    produced_by: Party | None = None,
    custodian: str = "",
    collected_how: str = "",
    collected_on: date | None = None,
    privilege: str = Exhibit.Privilege.NONE,
    confidentiality: str = Exhibit.Confidentiality.OPEN,
) -> Exhibit:
    """The exhibit is described as given; the ledger keeps the earlier description.

    Attachments that shared its privilege or its confidentiality go on sharing it.
    """
    mark = mark.strip()
    Case.objects.select_for_update(no_key=True).get(pk=exhibit.case_id)
    if mark and exhibit.case.exhibits.filter(mark__iexact=mark).exclude(pk=exhibit.pk).exists():
        raise Conflict(
            f"{mark} marks another exhibit of this matter.", remedy="Give this one the next free mark."
        )
    if not title.strip():
        raise InvalidInput("An exhibit needs a title.", remedy="Say what the document is.", field="title")
    fields = {
        "title": title.strip(),
        "mark": mark,
        "dated": dated,
        "produced_by": produced_by,
        "custodian": custodian,
        "collected_how": collected_how,
        "collected_on": collected_on,
        "privilege": privilege,
        "confidentiality": confidentiality,
    }
    shared = {name: getattr(exhibit, name) for name in ("privilege", "confidentiality")}
    _describe(by, exhibit, fields)
    _share(by, exhibit, shared)
    return exhibit


def _describe(by: Actor, exhibit: Exhibit, fields: Mapping[str, object]) -> None:
    before = {name: str(getattr(exhibit, name) or "") for name in fields}
    for name, value in fields.items():
        setattr(exhibit, name, value)
    exhibit.save(update_fields=list(fields))
    record(chain=exhibit.case.chain, by=by, verb="described", thing=exhibit, facts={"before": before})
    mark_changed("exhibit", exhibit.pk)


def _share(by: Actor, exhibit: Exhibit, before: Mapping[str, str]) -> None:
    """Attachments that stood as the exhibit did before stand as it does now."""
    for child in exhibit.children.select_related("case"):
        changed = {
            name: getattr(exhibit, name)
            for name, earlier in before.items()
            if getattr(child, name) == earlier != getattr(exhibit, name)
        }
        if changed:
            _describe(by, child, changed)
            _share(by, child, before)


@transaction.atomic
def close_original(*, by: Actor, exhibit: Exhibit) -> None:
    """Outside experts no longer see the exhibit itself in lists or search: they have its redacted copy.

    Said once in the ledger; a second redacted copy changes nothing here.
    """
    _lock(exhibit)
    if exhibit.redacted:
        return
    exhibit.redacted = True
    exhibit.save(update_fields=["redacted"])
    record(chain=exhibit.case.chain, by=by, verb="closed to outside experts", thing=exhibit, facts={})
    mark_changed("exhibit", exhibit.pk)


@transaction.atomic
def attach_to_filing(*, by: Actor, exhibit: Exhibit, filing: Filing) -> Exhibit:
    """The exhibit and its attachments are documents of this filing."""
    if filing.case_id != exhibit.case_id:
        raise InvalidInput("The filing belongs to another matter.", remedy="Choose a filing of this matter.")
    exhibit.filing = filing
    exhibit.save(update_fields=["filing"])
    record(chain=exhibit.case.chain, by=by, verb="filed", thing=exhibit, facts={"filing": filing.number})
    mark_changed("exhibit", exhibit.pk)
    for attachment in exhibit.children.select_related("case"):
        attach_to_filing(by=by, exhibit=attachment, filing=filing)
    return exhibit


def _lock(exhibit: Exhibit) -> None:
    """The caller's exhibit is as it stands now; nobody else withdraws or describes one of its matter."""
    Case.objects.select_for_update(no_key=True).get(pk=exhibit.case_id)
    exhibit.refresh_from_db()


@transaction.atomic
def withdraw(*, by: Actor, exhibit: Exhibit, because: str, kept: Exhibit | None = None) -> Exhibit:
    """The exhibit and its attachments no longer show in lists and search; originals and history stay.

    ``kept``, the exhibit used in its place, is named in the ledger alone: it may be privileged where the
    withdrawn one is not, and an outside expert reads the reason.
    """
    because = because.strip()
    _lock(exhibit)
    if exhibit.withdrawn_at:
        raise Conflict("This exhibit is withdrawn already.", remedy="Restore it first if that was wrong.")
    if not because:
        raise InvalidInput("A withdrawal has a reason.", remedy="Write why it is withdrawn.", field="because")
    facts: dict[str, object] = {"because": because}
    if kept is not None:
        facts["kept"] = kept.number
    _stand(by, exhibit, "withdrew", clock.now(), because, facts)
    return exhibit


@transaction.atomic
def restore(*, by: Actor, exhibit: Exhibit) -> Exhibit:
    """A withdrawn exhibit stands again, and so do the attachments that were withdrawn with it."""
    _lock(exhibit)
    if not exhibit.withdrawn_at:
        raise Conflict("This exhibit is not withdrawn.", remedy="Nothing needs to be done.")
    _stand(by, exhibit, "restored", None, "", {})
    return exhibit


def _stand(
    by: Actor, exhibit: Exhibit, verb: str, at: datetime | None, because: str, facts: dict[str, object]
) -> None:
    """The exhibit, and each attachment that stood as it did, is withdrawn at this moment or stands."""
    before = exhibit.withdrawn_at
    exhibit.withdrawn_at, exhibit.withdrawn_because = at, because
    exhibit.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(chain=exhibit.case.chain, by=by, verb=verb, thing=exhibit, facts=facts)
    mark_changed("exhibit", exhibit.pk)
    for child in exhibit.children.filter(withdrawn_at=before).select_related("case"):
        _stand(by, child, verb, at, because, facts)
