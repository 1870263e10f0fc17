"""What was signed of a comparison is still what was signed, or is named."""

from collections.abc import Iterator

from comparison import signed
from comparison.models import Run, SignedFile
from comparison.signing import Outcome
from evidence.storage import store
from ledger.models import Event
from ledger.verification import Problem


def signatures() -> Iterator[Problem]:
    """Each signed record and report is the file that its key signed, and has not lost its signature.

    A file that came unsigned, or signed by a key that nobody recorded, is as it came: the comparison's page
    says so.
    """
    files = SignedFile.objects.select_related("exhibit", "comparison__case", "comparison__suspect")
    for file in files.select_related("comparison__reference").order_by("kept_at", "pk").iterator():
        outcome = signed.checked(file).outcome
        if not store().verify(file.exhibit.sha256):
            outcome = Outcome.ALTERED
        if outcome in (Outcome.ALTERED, Outcome.UNREADABLE):
            yield Problem(f"{file}", f"the file or its signature is {outcome}")
        elif outcome is Outcome.UNSIGNED and (signer := _signer(file)):
            yield Problem(f"{file}", f"is unsigned, and was kept signed by the key {signer}")
    kept = SignedFile.objects.filter(kind=SignedFile.Kind.RECORD).values("comparison")
    for run in Run.objects.filter(state=Run.State.DONE).exclude(comparison__in=kept).select_related("job"):
        yield Problem(f"record of {run.job}", "is unsigned: no signed file of this run is kept")


def _signer(file: SignedFile) -> str:
    """The key that the ledger says signed the file; empty where it came unsigned."""
    about = Event.objects.filter(thing_type=file._meta.label_lower, thing_id=str(file.pk), verb="kept")
    event = about.order_by("pk").first()
    return str(event.read_facts["fingerprint"]) if event else ""
