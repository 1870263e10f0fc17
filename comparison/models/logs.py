"""Analyses of API logs, and the running of one on an exhibit."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from evidence.models import Exhibit


class LogAnalysis(models.Model):
    """What analysing API logs gave, on the day; it is never changed.

    ``record`` has the shape of ``logs.json``; its marks were worked out again when it was kept. ``exhibit``
    and ``samples`` are the files that it is of, where they are exhibits of the matter.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="log_analyses")
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="log_analyses"
    )
    samples = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="log_analyses_as_samples"
    )
    title = models.CharField(max_length=300)
    record = models.JSONField()
    record_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["case", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "record_sha256"], name="log_analysis_once"),
        ]

    def __str__(self) -> str:
        return self.title


class LogRun(models.Model):
    """The running of an analysis on an exhibit; no part of the evidence stands here."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the worker"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Stopped"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.RUNNING, State.DONE, State.FAILED, State.CANCELLED},
        State.DONE: set(),
        State.FAILED: set(),
        State.CANCELLED: set(),
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="log_runs")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="log_runs")
    samples = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="log_runs_as_samples"
    )
    title = models.CharField(max_length=300)
    fields = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    what = models.CharField(max_length=300, blank=True)
    message = models.TextField(blank=True)
    analysis = models.OneToOneField(
        LogAnalysis, on_delete=models.PROTECT, null=True, blank=True, related_name="run"
    )

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", analysis__isnull=False)
                | (~Q(state="done") & Q(analysis__isnull=True)),
                name="log_run_done_with_analysis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_state_display()}"
