"""PDFs that somebody has checked: nobody else sees them, and they are gone after a day."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models

KEPT = timedelta(days=1)


class FileCheck(models.Model):
    """A file that one person has put in to be checked, and the answer. No evidence, and of no matter.

    The file itself lies in a folder of its own under ``VAR/checks``, named by the row's id.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Being checked"
        DONE = "done", "Checked"
        STOPPED = "stopped", "Stopped"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.DONE, State.STOPPED},
        State.DONE: set(),
        State.STOPPED: set(),
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="file_checks")
    name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    profile = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    answer = models.JSONField(null=True)

    class Meta:
        ordering = ["-asked_at"]
        indexes = [models.Index(fields=["owner", "-asked_at"]), models.Index(fields=["asked_at"])]

    def __str__(self) -> str:
        return self.name
