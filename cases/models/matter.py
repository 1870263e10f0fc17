"""The matter itself, who may do what in it, and what else is going on elsewhere."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from core import clock
from jurisdictions.models import Court


class Case(models.Model):
    """A matter. Seen by its members only."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=300)
    court = models.ForeignKey(Court, on_delete=models.PROTECT, related_name="cases")
    claim_number = models.CharField(max_length=60, blank=True)
    opened_on = models.DateField()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return f"{self.title} {self.claim_number}".strip()

    def get_absolute_url(self) -> str:
        """The matter's overview."""
        return reverse("desk:overview", args=[self.pk])

    @property
    def today(self) -> date:
        """The present calendar date at the matter's court."""
        return clock.today(self.court.zone)

    @property
    def chain(self) -> str:
        """The name of this matter's chain in the ledger."""
        return f"case:{self.pk}"

    @property
    def scope(self) -> str:
        """The search scope of everything that belongs to this matter."""
        return f"case:{self.pk}"


class Membership(models.Model):
    """What one person may do in one matter."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        EDITOR = "editor", "Editor"
        READER = "reader", "Reader"
        EXPERT = "expert", "Outside expert"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        ordering = ["case", "user__name"]
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="membership_unique")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display().lower()}"


class CaseRelation(models.Model):
    """Proceedings elsewhere that bear on this matter."""

    class Kind(models.TextChoices):
        APPEAL = "appeal", "Appeal"
        COUNTERCLAIM = "counterclaim", "Counterclaim"
        PARALLEL = "parallel", "Parallel proceedings"
        CONSOLIDATED = "consolidated", "Consolidated with"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    court = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
