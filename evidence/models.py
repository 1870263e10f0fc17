"""Exhibits, what was made of them, and what they are evidence of."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case, Claim, Filing, Party
from jurisdictions.models import Element


class Exhibit(models.Model):
    """An original, kept for ever by its SHA-256, and what is known of where it came from.

    ``redacted`` is true once a copy was made for those who may not see the whole.
    """

    class Privilege(models.TextChoices):
        NONE = "none", "Not privileged"
        LEGAL_ADVICE = "legal-advice", "Legal advice privilege"
        LITIGATION = "litigation", "Litigation privilege"
        WITHOUT_PREJUDICE = "without-prejudice", "Without prejudice"

    class Confidentiality(models.TextChoices):
        OPEN = "open", "Open"
        CONFIDENTIAL = "confidential", "Confidential"
        OUTSIDE_EYES_ONLY = "outside-eyes-only", "Outside eyes only"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveIntegerField()
    mark = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=300)
    dated = models.DateField(null=True, blank=True)
    original_name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=100)
    type_name = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    attachment_number = models.PositiveSmallIntegerField(null=True, blank=True)
    filing = models.ForeignKey(
        Filing, on_delete=models.PROTECT, null=True, blank=True, related_name="exhibits"
    )
    produced_by = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="exhibits"
    )
    custodian = models.CharField(max_length=200, blank=True)
    collected_how = models.CharField(max_length=300, blank=True)
    collected_on = models.DateField(null=True, blank=True)
    privilege = models.CharField(max_length=20, choices=Privilege, default=Privilege.NONE)
    confidentiality = models.CharField(max_length=20, choices=Confidentiality, default=Confidentiality.OPEN)
    redacted = models.BooleanField(default=False, editable=False)
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="exhibit_number_unique"),
            models.UniqueConstraint(
                fields=["case", "mark"], condition=~Q(mark=""), name="exhibit_mark_unique"
            ),
            models.UniqueConstraint(
                fields=["parent", "attachment_number"],
                condition=Q(parent__isnull=False),
                name="exhibit_attachment_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_because="")),
                name="exhibit_withdrawn_when_and_why",
            ),
        ]
        indexes = [models.Index(fields=["case", "dated"], name="exhibit_by_date")]

    def __str__(self) -> str:
        return f"{self.mark}: {self.title}" if self.mark else self.title

    @property
    def closed(self) -> bool:
        """True where outside experts may not see it: it is privileged, or they have its redacted copy."""
        return self.privilege != self.Privilege.NONE or self.redacted


class Intake(models.Model):
    """How far the background work on an exhibit has come; not part of the evidence itself."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Working"
        READY = "ready", "Ready"
        NOT_CONVERTED = "not-converted", "Not converted"
        FAILED = "failed", "Stopped by a fault"

    TRANSITIONS = {
        State.WAITING: {State.RUNNING},
        State.RUNNING: {State.RUNNING, State.READY, State.NOT_CONVERTED, State.FAILED},
        State.FAILED: {State.WAITING},
        State.NOT_CONVERTED: {State.WAITING},
        State.READY: set(),
    }

    exhibit = models.OneToOneField(Exhibit, on_delete=models.CASCADE, related_name="intake")
    state = models.CharField(max_length=15, choices=State, default=State.WAITING)
    finished_steps = models.JSONField(default=list)
    step = models.CharField(max_length=30, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=30, blank=True)
    message = models.TextField(blank=True)
    remedy = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["state", "changed_at"], name="intake_by_state")]

    def __str__(self) -> str:
        return f"{self.exhibit}: {self.get_state_display()}"


class Rendition(models.Model):
    """A PDF made from an original, with the tool that made it.

    ``recognised`` maps the number of each page whose text was recognised to the mean confidence (0 to 100),
    or None where the tool gave none.
    """

    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        SEARCHABLE_PDF = "searchable-pdf", "PDF with recognised text"
        UNLOCKED = "unlocked", "Copy without its password"

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="renditions")
    kind = models.CharField(max_length=20, choices=Kind)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    tool = models.CharField(max_length=60)
    version = models.CharField(max_length=60)
    input_sha256 = models.CharField(max_length=64)
    notes = models.JSONField(default=list, blank=True)
    recognised = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["exhibit", "kind"]
        constraints = [models.UniqueConstraint(fields=["exhibit", "kind"], name="rendition_once")]

    def __str__(self) -> str:
        return str(self.exhibit)


class Page(models.Model):
    """One page of an exhibit's PDF: its size as displayed in points, its text and where each line stands."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="pages")
    number = models.PositiveIntegerField()
    width = models.FloatField()
    height = models.FloatField()
    text = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    recognised = models.BooleanField(default=False)
    confidence = models.FloatField(null=True, blank=True)
    image_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["exhibit", "number"]
        constraints = [models.UniqueConstraint(fields=["exhibit", "number"], name="page_once")]

    def __str__(self) -> str:
        return f"page {self.number} of {self.exhibit}"


class Entity(models.Model):
    """A name, date, sum or model found on a page; a suggestion until a person has checked it."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="entities")
    kind = models.CharField(max_length=20)
    text = models.CharField(max_length=300)
    normal = models.CharField(max_length=300)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    source = models.CharField(max_length=10)

    class Meta:
        ordering = ["page", "start"]
        indexes = [models.Index(fields=["kind", "normal"], name="entity_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.text}"


class ElementLink(models.Model):
    """A page of an exhibit bears on an element of a claim, in the view of a named person."""

    class Weight(models.TextChoices):
        SUPPORTS = "supports", "Supports"
        UNDERMINES = "undermines", "Undermines"
        NEUTRAL = "neutral", "Neutral"

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="element_links")
    page_number = models.PositiveIntegerField(default=1)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="element_links")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="element_links")
    weight = models.CharField(max_length=12, choices=Weight)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["claim", "element", "exhibit", "page_number"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit", "page_number", "claim", "element"], name="element_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.exhibit}, page {self.page_number}, {self.get_weight_display().lower()} {self.element}"
