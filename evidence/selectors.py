"""Reads that more than one caller needs."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from evidence.files.sniff import PDF
from evidence.models import Exhibit, Intake, Rendition

STEP_WORDS = {
    "convert": "Converting to PDF",
    "recognise": "Recognising text",
    "read": "Reading the text",
    "picture": "Drawing the pages",
    "entities": "Finding names and dates",
}
"""What a person is told while each step of the intake runs."""


TEXT_READ = "read the text of"
"""The verb of the event that holds the digest of an exhibit's text."""


LEGIBLE = 75.0
"""The mean confidence, of 100, under which a page that was read from a picture counts as hard to read."""


def hard_to_read(exhibit: Exhibit) -> list[int]:
    """The numbers of the pages on whose recognised words nobody should rely, in order."""
    doubtful = exhibit.pages.filter(recognised=True, confidence__lt=LEGIBLE)
    return list(doubtful.order_by("number").values_list("number", flat=True))


def best_pdf(exhibit: Exhibit) -> Rendition:
    """The exhibit's PDF with recognised text where there is one, else its plain PDF.

    Raises:
        Rendition.DoesNotExist: it was not converted.
    """
    renditions = {rendition.kind: rendition for rendition in exhibit.renditions.all()}
    best = renditions.get(Rendition.Kind.SEARCHABLE_PDF) or renditions.get(Rendition.Kind.PDF)
    if best is None:
        raise Rendition.DoesNotExist(f"{exhibit} has no PDF")
    return best


def can_unlock(exhibit: Exhibit) -> bool:
    """Whether it is a PDF whose intake stopped because it is locked and nobody has unlocked it."""
    intake = exhibit.intake
    locked = intake.state == Intake.State.NOT_CONVERTED and intake.reason == "encrypted"
    return locked and exhibit.media_type == PDF.mime and unlocked(exhibit) is None


def unlocked(exhibit: Exhibit) -> Rendition | None:
    """The copy of a locked original that was saved without its password, where there is one."""
    return exhibit.renditions.filter(kind=Rendition.Kind.UNLOCKED).first()


def standing(exhibits: QuerySet[Exhibit]) -> QuerySet[Exhibit]:
    """Those that have not been withdrawn."""
    return exhibits.filter(withdrawn_at=None)


def duplicates(exhibit: Exhibit, among: QuerySet[Exhibit]) -> QuerySet[Exhibit]:
    """Other standing exhibits with the same bytes, of those the asker may know of."""
    return standing(among).filter(sha256=exhibit.sha256).exclude(pk=exhibit.pk)


def unfiled(exhibits: QuerySet[Exhibit]) -> QuerySet[Exhibit]:
    """Of these, received documents that nobody has filed or marked as evidence yet, attachments aside."""
    return standing(exhibits).filter(filing=None, parent=None, mark="")


def intake_words(intake: Intake) -> str:
    """The state of an intake in the words a paralegal uses."""
    match intake.state:
        case Intake.State.WAITING:
            return "Waiting for the worker"
        case Intake.State.RUNNING if intake.total:
            return f"{STEP_WORDS.get(intake.step, 'Working')}: {intake.done} of {intake.total} pages"
        case Intake.State.RUNNING:
            return STEP_WORDS.get(intake.step, "Working")
        case Intake.State.NOT_CONVERTED:
            return f"Not converted: {intake.message}"
        case Intake.State.FAILED:
            return f"Stopped by a fault: {intake.message}"
        case _:
            return "Ready"


def intake_mark(intake: Intake) -> str:
    """The status mark that stands beside ``intake_words``."""
    match intake.state:
        case Intake.State.READY:
            return "done"
        case Intake.State.NOT_CONVERTED | Intake.State.FAILED:
            return "due"
        case _:
            return "waiting"


def unfinished() -> Iterable[str]:
    """The exhibits whose intake has not come to its end."""
    states = Q(state=Intake.State.WAITING) | Q(state=Intake.State.RUNNING)
    return [
        str(pk) for pk in Intake.objects.filter(states).order_by("pk").values_list("exhibit_id", flat=True)
    ]
