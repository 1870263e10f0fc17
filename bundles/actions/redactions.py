"""Every write to what is to be blacked out on an exhibit, and asking for the copy without it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from django.db import transaction
from django.db.models import Max

from bundles.models import RedactedCopy, Redaction
from bundles.pdf.redact import Box, RedactionReport
from bundles.pdf.redact.box import by_page
from bundles.pdf.redact.find import PATTERNS, Proposal
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from core.states import step
from evidence.actions import exhibits
from evidence.files.store import Stored
from evidence.models import Exhibit
from ledger.actions import record

BY_HAND = "Drawn by hand"
SAME = 0.8
"""The share of a proposal's area under an existing rectangle from which it is not proposed again."""

_LONGEST_LABEL = 60


@transaction.atomic
def mark(*, by: Actor, exhibit: Exhibit, box: Box) -> Redaction:
    """The rectangle is to be blacked out, drawn by this person.

    Raises:
        InvalidInput: it is on a page that the exhibit does not have, or its label is too long.
    """
    _lock(exhibit)
    _refuse_impossible(exhibit, box)
    marked = _row(exhibit, box, by, Redaction.State.MARKED, BY_HAND)
    marked.save()
    record(chain=exhibit.case.chain, by=by, verb="marked", thing=marked, facts=asdict(box))
    return marked


@transaction.atomic
def propose(*, by: Actor, exhibit: Exhibit, found: Sequence[Proposal], sought: str) -> int:
    """What was found waits for a person to decide; answers how many rectangles are new.

    Args:
        by: who looked.
        exhibit: where.
        found: the engine's proposals.
        sought: what was looked for, in words without the names themselves, for the ledger.
    """
    _lock(exhibit)
    standing = {page: list(boxes) for page, boxes in by_page(map(box_of, exhibit.redactions.all())).items()}
    new = []
    for proposal in found:
        for box in proposal.boxes:
            there = standing.setdefault(box.page, [])
            if not any(_within(box, other) for other in there):
                there.append(box)
                new.append(_row(exhibit, box, by, Redaction.State.PROPOSED, _found_by(proposal)))
    Redaction.objects.bulk_create(new, batch_size=500)
    facts: dict[str, object] = {"sought": sought, "found": len(found), "new": len(new)}
    record(chain=exhibit.case.chain, by=by, verb="proposed redactions of", thing=exhibit, facts=facts)
    return len(new)


@transaction.atomic
def decide(*, by: Actor, exhibit: Exhibit, numbers: Iterable[int], state: str) -> int:
    """Those of the exhibit's rectangles are to be blacked out, or left as they are; answers how many changed.

    Args:
        by: who decides.
        exhibit: whose rectangles.
        numbers: of the rectangles.
        state: ``marked`` or ``dismissed``.

    Raises:
        InvalidInput: a rectangle is not the exhibit's.
        Conflict: a rectangle cannot come to that state.
    """
    _lock(exhibit)
    wanted = set(numbers)
    rows = [row for row in exhibit.redactions.all() if row.pk in wanted]
    if len(rows) != len(wanted):
        raise InvalidInput("A rectangle is not there any more.", remedy="Load the page again.")
    then = Redaction.State(state)
    changed = [row for row in rows if row.state != then]
    for row in changed:
        row.state = step(Redaction.TRANSITIONS, now=Redaction.State(row.state), then=then)
        row.changed_by, row.changed_at = by.label, clock.now()
    Redaction.objects.bulk_update(changed, ["state", "changed_by", "changed_at"])
    if changed:
        verb = "accepted redactions of" if then == Redaction.State.MARKED else "dismissed redactions of"
        facts: dict[str, object] = {"redactions": sorted(row.pk for row in changed)}
        record(chain=exhibit.case.chain, by=by, verb=verb, thing=exhibit, facts=facts)
    return len(changed)


@transaction.atomic
def move(*, by: Actor, redaction: Redaction, box: Box) -> Redaction:
    """The rectangle stands where it was drawn anew, and is to be blacked out.

    Raises:
        InvalidInput: it is on a page that the exhibit does not have, or its label is too long.
    """
    exhibit = redaction.exhibit
    _lock(exhibit)
    _refuse_impossible(exhibit, box)
    redaction.refresh_from_db()
    before = asdict(box_of(redaction))
    for name, value in asdict(box).items():
        setattr(redaction, name, value)
    redaction.state = Redaction.State.MARKED
    redaction.changed_by, redaction.changed_at = by.label, clock.now()
    redaction.save()
    facts: dict[str, object] = {"before": before, **asdict(box)}
    record(chain=exhibit.case.chain, by=by, verb="moved", thing=redaction, facts=facts)
    return redaction


@transaction.atomic
def ask_for_copy(*, by: Actor, exhibit: Exhibit) -> RedactedCopy:
    """A copy without what is marked now waits for the worker.

    Raises:
        InvalidInput: nothing is marked.
        Conflict: a copy is being made already, or proposals still wait for a decision.
    """
    _lock(exhibit)
    if exhibit.redacted_copies.filter(state__in=UNDER_WAY).exists():
        raise Conflict("A redacted copy is being made already.", remedy="Wait until it is made.")
    waiting = exhibit.redactions.filter(state=Redaction.State.PROPOSED).count()
    if waiting:
        raise Conflict(
            f"{waiting} proposal{' waits' if waiting == 1 else 's wait'} for a decision.",
            remedy="Accept or dismiss each of them first.",
        )
    boxes = [box_of(row) for row in exhibit.redactions.filter(state=Redaction.State.MARKED)]
    if not boxes:
        raise InvalidInput("Nothing is marked to be blacked out.", remedy="Mark at least one rectangle.")
    last = exhibit.redacted_copies.aggregate(last=Max("number"))["last"] or 0
    copy = RedactedCopy.objects.create(
        exhibit=exhibit,
        number=last + 1,
        boxes=[asdict(box) for box in boxes],
        asked_by=by.label,
        asked_by_id=by.user_id,
        asked_at=clock.now(),
    )
    facts: dict[str, object] = {"copy": copy.number, "rectangles": len(boxes)}
    record(chain=exhibit.case.chain, by=by, verb="asked for a redacted copy of", thing=exhibit, facts=facts)
    enqueue("bundles.redact", copy_id=copy.pk)
    return copy


@transaction.atomic
def begin_copy(copy: RedactedCopy) -> None:
    """The copy is being made, from the beginning."""
    _come_to(copy, RedactedCopy.State.RUNNING, done=0, total=0, message="")


@transaction.atomic
def keep_copy(*, by: Actor, copy: RedactedCopy, stored: Stored, report: RedactionReport) -> None:
    """The copy is made and verified, and outside experts see it in place of the original."""
    exhibits.close_original(by=by, exhibit=copy.exhibit)
    _come_to(
        copy,
        RedactedCopy.State.MADE,
        message="",
        sha256=stored.sha256,
        size=stored.size,
        pages=len(report.pages),
        report=report.as_json(),
    )
    facts: dict[str, object] = {
        "sha256": stored.sha256,
        "source_sha256": report.source_sha256,
        "checks": len(report.checks),
        "asked_by": copy.asked_by,
    }
    record(chain=copy.exhibit.case.chain, by=by, verb="made", thing=copy, facts=facts)


@transaction.atomic
def stop_copy(*, by: Actor, copy: RedactedCopy, message: str, report: RedactionReport | None = None) -> None:
    """The copy was not made and says why; nothing of it is kept."""
    _come_to(copy, RedactedCopy.State.FAILED, message=message, report=report.as_json() if report else {})
    facts: dict[str, object] = {"checks_failed": _failed(report)}
    record(chain=copy.exhibit.case.chain, by=by, verb="did not make", thing=copy, facts=facts)


UNDER_WAY = (RedactedCopy.State.WAITING, RedactedCopy.State.RUNNING)


def box_of(redaction: Redaction) -> Box:
    """The rectangle as the engine reads it."""
    edges = (redaction.left, redaction.top, redaction.right, redaction.bottom)
    return Box(redaction.page, *edges, redaction.label)


def _lock(exhibit: Exhibit) -> None:
    """Nobody else changes what is marked on the exhibit until this transaction ends."""
    Exhibit.objects.select_for_update(no_key=True).get(pk=exhibit.pk)


def _refuse_impossible(exhibit: Exhibit, box: Box) -> None:
    last = exhibit.pages.count()
    if box.page > last:
        raise InvalidInput(
            f"There is no page {box.page}.", remedy=f"The exhibit has {last} pages.", field="page"
        )
    if len(box.label) > _LONGEST_LABEL:
        raise InvalidInput(
            "The label is too long for a rectangle.",
            remedy=f"Use at most {_LONGEST_LABEL} characters.",
            field="label",
        )


def _row(exhibit: Exhibit, box: Box, by: Actor, state: str, found_by: str) -> Redaction:
    return Redaction(
        exhibit=exhibit,
        **asdict(box),
        found_by=found_by,
        state=state,
        changed_by=by.label,
        changed_at=clock.now(),
    )


def _found_by(proposal: Proposal) -> str:
    title = PATTERNS[proposal.kind].title if proposal.kind in PATTERNS else "Name"
    return f"{title}: {proposal.note}"[:100] if proposal.note else title


def _within(box: Box, other: Box) -> bool:
    """True when most of the box lies under the other one already."""
    across = min(box.right, other.right) - max(box.left, other.left)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    area = (box.right - box.left) * (box.bottom - box.top)
    return across > 0 and down > 0 and across * down >= SAME * area


def _come_to(copy: RedactedCopy, state: RedactedCopy.State, **fields: object) -> None:
    now = RedactedCopy.objects.select_for_update(no_key=True).get(pk=copy.pk).state
    copy.state = step(RedactedCopy.TRANSITIONS, now=RedactedCopy.State(now), then=state)
    for name, value in fields.items():
        setattr(copy, name, value)
    copy.save(update_fields=["state", *fields])


def _failed(report: RedactionReport | None) -> list[str]:
    """The checks that failed, by name and page, without the words that they quote."""
    return (
        [f"{check.name}, page {check.page}" for check in report.checks if not check.passed] if report else []
    )
