"""The expert's parts of a comparison's report, and reports as exhibits."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from comparison.actions.signatures import keep_signed, own_signature
from comparison.models import Comparison, ExpertReport, SignedFile
from comparison.report import EXPERT_PARTS
from core import clock
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.queue import enqueue
from evidence.files.store import Stored
from ledger.actions import record

LONGEST = 20_000
"""Characters of a part."""
NO_RECORD = "This comparison has no record of a run: it was made here, by hashes alone."


@transaction.atomic
def save_parts(*, by: Actor, comparison: Comparison, parts: Mapping[str, str]) -> ExpertReport:
    """The expert's parts are as given; reports laid out before keep what they had.

    Args:
        by: who saves them.
        comparison: whose report they belong to.
        parts: texts by the names of ``EXPERT_PARTS``; what is not named stays.

    Raises:
        InvalidInput: there is no such part, or a text is too long.
    """
    for name, text in parts.items():
        if name not in EXPERT_PARTS:
            raise InvalidInput(
                f"A report has no part {name}.", remedy=f"Parts: {', '.join(EXPERT_PARTS)}.", field=name
            )
        if len(text) > LONGEST:
            raise InvalidInput(
                f"This part is over {LONGEST:,} characters.", remedy="Put more into an exhibit.", field=name
            )
    kept = _locked(comparison)
    kept.parts = {**kept.parts, **{name: text.strip() for name, text in parts.items()}}
    kept.saved_at, kept.saved_by = clock.now(), by.label
    kept.save(update_fields=["parts", "saved_at", "saved_by"])
    text = json.dumps(kept.parts, sort_keys=True, ensure_ascii=False)
    facts = {
        "parts": sorted(name for name, said in kept.parts.items() if said),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    verb = "wrote in the report of"
    record(chain=comparison.case.chain, by=by, verb=verb, thing=comparison, facts=facts)
    return kept


@transaction.atomic
def ask_for_report(*, by: Actor, comparison: Comparison) -> ExpertReport:
    """A report is being laid out, from the comparison's record and the parts as they stand.

    Raises:
        Conflict: the comparison has no record.
    """
    if record_of(comparison) is None:
        raise Conflict(
            NO_RECORD, remedy="Run the comparison, or import the file of a run, and report on that."
        )
    kept = _locked(comparison)
    if kept.asked_at is None:
        kept.asked_at, kept.asked_by, kept.message = clock.now(), by.label, ""
        kept.save(update_fields=["asked_at", "asked_by", "message"])
        record(chain=comparison.case.chain, by=by, verb="asked for a report of", thing=comparison)
    enqueue("comparison.report", comparison_id=str(comparison.pk))
    return kept


@transaction.atomic
def keep_report(
    *, by: Actor, comparison: Comparison, stored: Stored, asked_at: datetime
) -> SignedFile | None:
    """The report is an exhibit, signed by this installation.

    None where nobody waits any more for the one that was asked for then: another worker laid it out, and
    what is waited for now may say other things.
    """
    kept = _locked(comparison)
    if kept.asked_at != asked_at:
        return None
    source = record_of(comparison)
    number = comparison.signed_files.filter(kind=SignedFile.Kind.REPORT).count() + 1
    signature = own_signature(by=by, case=comparison.case, sha256=stored.sha256).text
    made = keep_signed(
        by=by, comparison=comparison, kind=SignedFile.Kind.REPORT, stored=stored,
        name=f"comparison-report-{number}.pdf", signature=signature,
        made_from=source.exhibit if source else None,
    )  # fmt: skip
    _answered(kept)
    facts = {"sha256": stored.sha256, "exhibit": made.exhibit.number}
    record(chain=comparison.case.chain, by=by, verb="laid out a report of", thing=comparison, facts=facts)
    return made


@transaction.atomic
def report_failed(*, by: Actor, comparison: Comparison, message: str, asked_at: datetime) -> None:
    """Nobody waits any more for the report asked for then, and its reader is told why there is none."""
    kept = _locked(comparison)
    if kept.asked_at != asked_at:
        return
    _answered(kept, message)
    facts = {"because": message}
    record(
        chain=comparison.case.chain,
        by=by,
        verb="could not lay out a report of",
        thing=comparison,
        facts=facts,
    )


def record_of(comparison: Comparison) -> SignedFile | None:
    """The record of the comparison's run, as it is kept; None where there is none."""
    files = comparison.signed_files.filter(kind=SignedFile.Kind.RECORD)
    return files.select_related("exhibit").order_by("kept_at").first()


def _answered(kept: ExpertReport, message: str = "") -> None:
    kept.asked_at, kept.asked_by, kept.message = None, "", message[:600]
    kept.save(update_fields=["asked_at", "asked_by", "message"])


def _locked(comparison: Comparison) -> ExpertReport:
    ExpertReport.objects.get_or_create(comparison=comparison)
    return ExpertReport.objects.select_for_update(of=("self",), no_key=True).get(comparison=comparison)
