"""What goes into a bundle, in which order, and every version that was built of it."""

import uuid

from django.db import models

from cases.models import Case, Hearing
from evidence.models import Exhibit


class Bundle(models.Model):
    """A bundle being put together for a hearing."""

    class OnFailure(models.TextChoices):
        STOP = "stop", "Stop and name the document"
        PLACEHOLDER = "placeholder", "Put a page in its place that says what is missing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles")
    title = models.CharField(max_length=200)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hearing_date = models.DateField(null=True, blank=True)
    profile = models.CharField(max_length=40, default="ew-2021")
    on_failure = models.CharField(max_length=12, choices=OnFailure, default=OnFailure.STOP)

    class Meta:
        ordering = ["case", "title"]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A lettered part of a bundle."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="sections")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["bundle", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One exhibit in its place in a bundle."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="entries")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="bundle_entries")
    title = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title or self.exhibit.title


class Build(models.Model):
    """One attempt to build a bundle, and how far it has come.

    ``documents`` says what became of each document in turn, once that is known: the engine's report on it,
    with the exhibit's id and, where it could not be included, the remedy.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Building"
        BUILT = "built", "Built"
        STOPPED = "stopped", "Stopped"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.BUILT, State.STOPPED},
        State.BUILT: set(),
        State.STOPPED: set(),
    }

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="builds")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_by = models.CharField(max_length=200)
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField()
    on_failure = models.CharField(max_length=12, choices=Bundle.OnFailure, default=Bundle.OnFailure.STOP)
    privileged_confirmed = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=300, blank=True)
    message = models.TextField(blank=True)
    documents = models.JSONField(default=list, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-asked_at"]

    def __str__(self) -> str:
        return f"{self.bundle}: {self.get_state_display()}"


class Version(models.Model):
    """A built bundle. Immutable: its file, page map, settings and the checker's verdict never change."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="versions")
    build = models.OneToOneField(Build, on_delete=models.PROTECT, related_name="version")
    number = models.PositiveIntegerField()
    built_at = models.DateTimeField()
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    report = models.JSONField()
    passed = models.BooleanField()

    class Meta:
        ordering = ["bundle", "-number"]
        constraints = [models.UniqueConstraint(fields=["bundle", "number"], name="version_number_unique")]

    def __str__(self) -> str:
        return f"{self.bundle}, version {self.number}"
