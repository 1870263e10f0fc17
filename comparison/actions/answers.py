"""The answer of a run elsewhere: its files are kept as they came, and their signatures beside them."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from cases.models import Case
from comparison import signed
from comparison.actions.importing import import_record
from comparison.actions.signatures import keep_signed
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.record import FILE, as_json, read_record
from comparison.models import Comparison, ComparisonJob, SignedFile
from comparison.signing import REFUSALS, Outcome, check
from core.actor import Actor
from core.errors import InvalidInput
from evidence.actions.exhibits import keep
from evidence.files.store import Stored

REPORT = "report.pdf"
PDF = b"%PDF-"


@dataclass(frozen=True, slots=True)
class Came:
    """A file as it came, and its signature's file; empty where it came without one."""

    kind: SignedFile.Kind
    name: str
    content: bytes
    signature: bytes = b""


def import_answer(
    *,
    by: Actor,
    case: Case,
    content: bytes,
    signature: bytes = b"",
    report: bytes = b"",
    report_signature: bytes = b"",
    job: ComparisonJob | None = None,
) -> Comparison:
    """A comparison run elsewhere stands in the matter, its files kept as exhibits beside their signatures.

    A signature by a key that nobody recorded is kept, and shown as such.

    Args:
        by: who imports it.
        case: the matter.
        content: the record, ``comparison.json``.
        signature: ``comparison.json.sig``, empty where there is none.
        report: ``report.pdf``, empty where there is none.
        report_signature: ``report.pdf.sig``, likewise.
        job: the registered job to which this must be the answer; None takes any.

    Raises:
        InvalidInput: a signature is not of its file, the record is of another job, or the report is no PDF.
        RecordInvalid, Conflict: as ``import_record``.
    """
    files = [Came(SignedFile.Kind.RECORD, FILE, content, signature)]
    if report and not report.startswith(PDF):
        raise InvalidInput(
            "The report is no PDF.", remedy=f"Send {REPORT} as the run wrote it, or none.", field="report"
        )
    if report:
        files.append(Came(SignedFile.Kind.REPORT, REPORT, report, report_signature))
    elif report_signature:
        raise InvalidInput(
            "A signature of a report came without it.", remedy="Add the report.", field="report"
        )
    _check(case, files)
    answered = read_record(as_json(content)).job
    if job is not None and (answered is None or answered.sha256 != job.sha256):
        raise RecordInvalid(
            f"This is not the answer to {job.title}: the record is of a job with another hash.",
            remedy="Import the answer to the job that was exported, or import it in the list of comparisons.",
            field="record",
        )
    stored = [keep([file.content]) for file in files]
    return _stand(by, case, zip(files, stored, strict=True))


def _check(case: Case, files: Iterable[Came]) -> None:
    """No signature that came belongs to another file."""
    known = signed.known(case)
    for file in files:
        sha256 = hashlib.sha256(file.content).hexdigest()
        found = check(sha256, file.signature or None, known)
        if found.outcome in (Outcome.ALTERED, Outcome.UNREADABLE):
            field = "signature" if file.kind is SignedFile.Kind.RECORD else "report_signature"
            raise InvalidInput(f"{file.name}: {found.words}", remedy=REFUSALS[found.outcome][1], field=field)


@transaction.atomic
def _stand(by: Actor, case: Case, files: Iterable[tuple[Came, Stored]]) -> Comparison:
    (record, record_stored), *others = files
    made = import_record(by=by, case=case, content=record.content)
    for file, stored in ((record, record_stored), *others):
        keep_signed(
            by=by, comparison=made, kind=file.kind, stored=stored, name=file.name,
            signature=file.signature.decode("ascii"),
        )  # fmt: skip
    return made
