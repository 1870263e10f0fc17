"""What is filed, applied for and heard."""

import uuid

from django.db import models
from django.db.models import F, Q

from cases.kinds import FilingKind
from cases.models.claims import Party
from cases.models.matter import Case


class Filing(models.Model):
    """A document in the proceedings, and the five separate things that can happen to it."""

    class Method(models.TextChoices):
        CE_FILE = "ce-file", "CE-File"
        COUNTER = "counter", "Court counter"
        EMAIL = "email", "e-mail"
        POST = "post", "first class post"
        DX = "dx", "document exchange"
        DELIVERY = "delivery", "delivery to the address"
        PERSONAL = "personal", "personal service"
        FAX = "fax", "fax"
        ABROAD = "abroad", "service abroad"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, choices=[(kind.value, kind.label) for kind in FilingKind])
    title = models.CharField(max_length=300)
    contains_particulars = models.BooleanField(default=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="filings")
    dated = models.DateField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=20, choices=Method, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_because = models.CharField(max_length=300, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    served_by = models.CharField(max_length=20, choices=Method, blank=True)
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="filing_number_unique"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="")
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
                name="filing_submitted_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True, served_by="")
                | (Q(served_at__isnull=False) & ~Q(served_by="")),
                name="filing_served_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(rejected_at__isnull=True, rejected_because="")
                | (Q(rejected_at__isnull=False) & ~Q(rejected_because="")),
                name="filing_rejected_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(rejected_at__isnull=True),
                name="filing_accepted_or_rejected",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(submitted_at__isnull=True)
                | Q(accepted_at__gte=F("submitted_at")),
                name="filing_accepted_after_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-dated"], name="filing_by_date"),
            models.Index(fields=["case", "served_at"], name="filing_by_service"),
            models.Index(fields=["case", "kind"], name="filing_by_kind"),
            models.Index(fields=["case", "title"], name="filing_by_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Application(models.Model):
    """An application within the proceedings, and what is asked."""

    class Kind(models.TextChoices):
        INJUNCTION = "injunction", "Interim injunction"
        JURISDICTION = "jurisdiction", "Jurisdiction challenge"
        SERVICE_OUT = "service-out", "Permission to serve out"
        OTHER = "other", "Other"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    applicant = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="applications")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undertakings = models.TextField(blank=True)
    also_affected = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.title


class Hearing(models.Model):
    """When the court sits, and on what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    judge = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["case", "starts_at"]

    def __str__(self) -> str:
        return self.title
