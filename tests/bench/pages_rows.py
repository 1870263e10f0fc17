"""A very large matter beside twenty others, put into the database in bulk, and one person who sees all."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.test import Client

from accounts.models import User
from cases.actions import matters
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing, Party
from core.clock import LONDON
from evidence.models import Exhibit, Intake, Page, Rendition
from ledger import signing
from ledger.hashing import canonical, event_hash, row_digest
from ledger.models import Chain, Event
from search.actions import drain
from search.models import OutboxEntry
from tests.factories import ACTOR, a_case, a_court, a_party, a_user

_OTHERS = 20
_EXHIBITS = 0.04  # part of the filings that have one
_FIRST = date(2020, 1, 6)
_KINDS = tuple(FilingKind)
_PARTIES = (
    ("Aurelia Laboratories Limited", Party.Role.CLAIMANT),
    ("Aurelia Research GmbH", Party.Role.CLAIMANT),
    ("Baiyun Cloud Limited", Party.Role.DEFENDANT),
    ("Baiyun Cloud (Singapore) Pte. Ltd.", Party.Role.DEFENDANT),
)
_SUBJECTS = ("training logs", "attention heads", "the injunction", "disclosure", "jurisdiction", "costs")
_TEXT = (
    "The Claimant says that the model was trained on its answers, and the Defendant denies it.\n"
    "The court is asked to continue the injunction over the endpoints in the United Kingdom.\n"
    "Reliance is placed on [2025] EWHC 2863 (Ch) and on the witness statement of Dr Helena Marsh.\n"
)


def main(filings: str) -> dict[str, Any]:
    """The addresses' parts and a signed-in session's cookie."""
    owner = a_user()
    case = a_case(owner, title="Aurelia v Baiyun")
    parties = [a_party(case, name, role) for name, role in _PARTIES]
    for number in range(_OTHERS):
        _other(owner, number)
    rows = [_filing(case, parties, number) for number in range(1, int(filings) + 1)]
    Filing.objects.bulk_create(rows, batch_size=1000)
    DueDate.objects.bulk_create([_due(case, parties, number) for number in range(60)])
    _keep_ledger(case, rows)
    exhibits = _add_exhibits(case, rows[:: round(1 / _EXHIBITS)])
    drain()
    return {
        "case": str(case.pk),
        "filing": str(rows[0].pk),
        "exhibit": str(exhibits[0].pk),
        "cookie": f"{settings.SESSION_COOKIE_NAME}={_session(owner)}",
    }


def _session(user: User) -> str:
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def _other(owner: User, number: int) -> None:
    case = matters.open_case(
        by=ACTOR,
        title=f"Claimant {number} v Defendant {number}",
        court=a_court(),
        claim_number=f"IL-2025-{number + 1:06}",
        owner=owner,
    )
    parties = [a_party(case, name, role) for name, role in _PARTIES[1:3]]
    rows = [_filing(case, parties, nth) for nth in range(1, 21)]
    Filing.objects.bulk_create(rows)
    DueDate.objects.bulk_create([_due(case, parties, nth) for nth in range(3)])


def _filing(case: Case, parties: list[Party], number: int) -> Filing:
    day = _FIRST + timedelta(days=number * 2400 // 50_000)
    moment = datetime.combine(day, time(9 + number % 8), LONDON)
    kind = _KINDS[number % len(_KINDS)]
    filing = Filing(
        id=uuid5(case.pk, str(number)),
        case=case,
        number=number,
        kind=kind,
        title=f"{kind.label} on {_SUBJECTS[number % len(_SUBJECTS)]}, part {number * 7919 % 10_007}",
        party=parties[number % len(parties)] if number % 9 else None,
        dated=day,
        logged_at=moment,
    )
    if number % 4:
        filing.submitted_at, filing.submitted_by = moment, Filing.Method.CE_FILE
        filing.accepted_at = moment + timedelta(hours=3) if number % 5 else None
    if number % 3:
        filing.served_at, filing.served_by = moment + timedelta(days=1), Filing.Method.EMAIL
    return filing


def _due(case: Case, parties: list[Party], number: int) -> DueDate:
    return DueDate(
        case=case,
        title=f"Evidence in reply, part {number}",
        party=parties[number % len(parties)],
        due_on=date(2026, 11, 20) + timedelta(days=number),
        rule_id="bench",
        rule_source="directions",
        rule_version="1",
        state=DueDate.State.CONFIRMED if number % 3 else DueDate.State.DONE,
    )


def _keep_ledger(case: Case, rows: list[Filing]) -> None:
    """The matter's chain has an event for each filing, hashed and signed as the ledger does it."""
    head = Chain.objects.get(key=case.chain)
    Event.objects.bulk_create(_events(head, rows), batch_size=1000)
    head.head_signature = signing.sign(head.key, head.head_sequence, head.head_hash)
    head.save()


def _events(head: Chain, rows: list[Filing]) -> Iterator[Event]:
    for filing in rows:
        event = Event(
            chain=head,
            sequence=head.head_sequence + 1,
            previous_hash=head.head_hash,
            at=filing.logged_at,
            actor=ACTOR.label,
            origin=ACTOR.origin,
            request_id=ACTOR.request_id,
            verb="logged",
            thing_type=filing._meta.label_lower,
            thing_id=str(filing.pk),
            thing_label=filing.title,
            thing_digest=row_digest(filing),
            facts=canonical({"number": filing.number}),
        )
        event.hash = event_hash(head.key, event)
        head.head_sequence, head.head_hash = event.sequence, event.hash
        yield event


def _add_exhibits(case: Case, filings: list[Filing]) -> list[Exhibit]:
    """Each filing has an exhibit whose two pages can be found; no file lies behind it."""
    exhibits = [_exhibit(case, filing, number) for number, filing in enumerate(filings, start=1)]
    Exhibit.objects.bulk_create(exhibits, batch_size=1000)
    Intake.objects.bulk_create(
        [Intake(exhibit=exhibit, state=Intake.State.READY) for exhibit in exhibits], batch_size=1000
    )
    Rendition.objects.bulk_create([_rendition(exhibit) for exhibit in exhibits], batch_size=1000)
    Page.objects.bulk_create(
        [
            Page(exhibit=exhibit, number=number, width=595, height=842, text=f"{exhibit.title}\n{_TEXT}")
            for exhibit in exhibits
            for number in (1, 2)
        ],
        batch_size=1000,
    )
    OutboxEntry.objects.bulk_create(
        [OutboxEntry(kind="exhibit", source_id=str(exhibit.pk)) for exhibit in exhibits], batch_size=1000
    )
    return exhibits


def _exhibit(case: Case, filing: Filing, number: int) -> Exhibit:
    return Exhibit(
        id=uuid5(UUID(str(filing.pk)), "exhibit"),
        case=case,
        number=number,
        mark=f"HM{number}",
        title=filing.title,
        dated=filing.dated,
        original_name=f"{number}.pdf",
        media_type="application/pdf",
        type_name="PDF document",
        size=100_000,
        sha256=hashlib.sha256(str(number).encode()).hexdigest(),
        filing=filing,
        produced_by=filing.party,
        received_at=filing.logged_at,
    )


def _rendition(exhibit: Exhibit) -> Rendition:
    return Rendition(
        exhibit=exhibit,
        kind=Rendition.Kind.PDF,
        sha256=exhibit.sha256,
        size=exhibit.size,
        pages=2,
        tool="pikepdf",
        version="1",
        input_sha256=exhibit.sha256,
    )
