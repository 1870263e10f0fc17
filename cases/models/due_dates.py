"""What is due, and from which rule."""

from django.db import models
from django.db.models import Q

from cases.models.claims import Party
from cases.models.matter import Case
from cases.models.proceedings import Filing


class DueDate(models.Model):
    """A date computed from a rule, with its working; proposed until a person confirms it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed, not checked by anybody yet"
        CONFIRMED = "confirmed", "Confirmed"
        DONE = "done", "Done"
        MISSED = "missed", "Missed"
        SUPERSEDED = "superseded", "Superseded"

    TRANSITIONS = {
        State.PROPOSED: {State.CONFIRMED, State.DONE, State.SUPERSEDED},
        State.CONFIRMED: {State.DONE, State.MISSED, State.SUPERSEDED},
        State.MISSED: {State.DONE, State.SUPERSEDED},
        State.DONE: set(),
        State.SUPERSEDED: set(),
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_dates")
    title = models.CharField(max_length=300)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="due_dates"
    )
    due_on = models.DateField()
    due_time = models.TimeField(null=True, blank=True)
    rule_id = models.CharField(max_length=60)
    rule_source = models.CharField(max_length=200)
    rule_version = models.CharField(max_length=60)
    rule_verified = models.BooleanField(default=False)
    trigger = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="due_dates")
    working = models.JSONField(default=list)
    warnings = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)

    class Meta:
        ordering = ["due_on", "due_time", "pk"]
        indexes = [models.Index(fields=["case", "state", "due_on"], name="due_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["trigger", "rule_id", "party"],
                condition=~Q(state="superseded"),
                name="due_date_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, due {self.due_on:%-d %B %Y}"
