"""What is to be blacked out on an exhibit's pages, and the copies made without it."""

from django.db import models
from django.db.models import F, Q

from evidence.models import Exhibit


class Redaction(models.Model):
    """A rectangle on one page; edges are fractions of the page as shown, from its top left corner."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed by the machine"
        MARKED = "marked", "To be blacked out"
        DISMISSED = "dismissed", "Left as it is"

    TRANSITIONS = {
        State.PROPOSED: {State.MARKED, State.DISMISSED},
        State.MARKED: {State.DISMISSED},
        State.DISMISSED: {State.MARKED},
    }

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="redactions")
    page = models.PositiveIntegerField()
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()
    label = models.CharField(max_length=60, blank=True)
    found_by = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=State)
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["exhibit", "page", "top", "left", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left__gte=0, top__gte=0, right__lte=1, bottom__lte=1, page__gte=1)
                & Q(left__lt=F("right"), top__lt=F("bottom")),
                name="redaction_on_the_page",
            )
        ]

    def __str__(self) -> str:
        return f"{self.exhibit}, page {self.page}: {self.get_state_display().lower()}"


class RedactedCopy(models.Model):
    """A copy of an exhibit's PDF without what was marked, or the attempt at one.

    ``boxes`` are the rectangles as they were when it was asked for; ``report`` says what was verified.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being made"
        MADE = "made", "Made and verified"
        FAILED = "failed", "Not made"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.MADE, State.FAILED},
        State.MADE: set(),
        State.FAILED: set(),
    }

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="redacted_copies")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    boxes = models.JSONField()
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True)
    pages = models.PositiveIntegerField(null=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["exhibit", "-number"]
        verbose_name_plural = "redacted copies"
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "number"], name="redacted_copy_unique"),
            models.CheckConstraint(
                condition=~Q(state="made") | ~Q(sha256=""), name="redacted_copy_made_has_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibit}, redacted copy {self.number}"
