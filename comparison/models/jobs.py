"""A comparison as it is set up, registered before it runs, and run."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from comparison.models.artefacts import ModelArtefact
from comparison.models.comparisons import Comparison
from comparison.models.populations import ReferencePopulation, Stratum
from evidence.models import Exhibit


class ComparisonJob(models.Model):
    """What is to be compared, and how: a draft until it is registered, and fixed from then on.

    ``content`` is the job's file, as ``evaluation.job`` writes it, and ``sha256`` its hash; both are empty in
    a draft. The database refuses any change to a registered job. Of what models are shown (``shown``), what
    is null was not said.
    """

    class Question(models.TextChoices):
        WEIGHTS = "weights", "Was the suspect made from the weights of the reference?"
        OUTPUTS = "outputs", "Was the suspect trained on outputs of the reference?"
        BOTH = "both", "Was it made from the weights, or trained on outputs, of the reference?"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparison_jobs")
    title = models.CharField(max_length=200)
    question = models.CharField(max_length=10, choices=Question)
    reference = models.ForeignKey(ModelArtefact, on_delete=models.PROTECT, related_name="jobs_as_reference")
    suspect = models.ForeignKey(ModelArtefact, on_delete=models.PROTECT, related_name="jobs_as_suspect")
    methods = models.JSONField(default=list)
    population = models.ForeignKey(
        ReferencePopulation, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs"
    )
    stratum = models.CharField(max_length=20, choices=Stratum, blank=True)
    seed = models.PositiveIntegerField(default=7)
    probe = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_probe"
    )
    served = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_served"
    )
    fresh = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_fresh"
    )
    training_order = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_training_order"
    )
    reference_texts = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_reference_texts"
    )
    other_texts = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="jobs_as_other_texts"
    )
    temperature = models.FloatField(null=True, blank=True)
    top_p = models.FloatField(null=True, blank=True)
    max_tokens = models.PositiveIntegerField(null=True, blank=True)
    answers = models.PositiveIntegerField(null=True, blank=True)
    probe_length = models.PositiveIntegerField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    registered_at = models.DateTimeField(null=True, blank=True)
    registered_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["case", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference=models.F("suspect")), name="comparison_job_of_two_models"
            ),
            models.CheckConstraint(
                condition=Q(content="", sha256="", registered_at__isnull=True, registered_by="")
                | (~Q(content="") & ~Q(sha256="") & Q(registered_at__isnull=False) & ~Q(registered_by="")),
                name="comparison_job_registered_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def registered(self) -> bool:
        """Whether it is fixed."""
        return bool(self.sha256)


class Run(models.Model):
    """The running of a registered job, and how far it has come; it gives one comparison and no second.

    ``begun_at`` is when it first began, ``machine`` where it runs, ``message`` why it failed. No
    part of the evidence stands here.
    """

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
        State.FAILED: {State.WAITING},
        State.CANCELLED: {State.WAITING},
    }

    job = models.OneToOneField(ComparisonJob, on_delete=models.PROTECT, related_name="run")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    machine = models.CharField(max_length=255, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    what = models.CharField(max_length=300, blank=True)
    message = models.TextField(blank=True)
    comparison = models.OneToOneField(
        Comparison, on_delete=models.PROTECT, null=True, blank=True, related_name="run"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="done", comparison__isnull=False)
                | (~Q(state="done") & Q(comparison__isnull=True)),
                name="comparison_run_done_with_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}: {self.get_state_display()}"
