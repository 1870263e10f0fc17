"""Documents that are alike: what is compared of them, and what a person decided."""

from django.db import models
from django.db.models import F, Q

from bundles.models.contents import Bundle
from evidence.models import Exhibit


class DocumentPrint(models.Model):
    """What is kept of a PDF in the store to compare it with others, so that it is read and drawn once.

    ``kept`` is the engine's fingerprint; ``look`` the way of making it, which changes with the engine.
    """

    stored = models.CharField(max_length=64)
    look = models.CharField(max_length=10)
    kept = models.JSONField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["stored", "look"], name="document_print_unique")]

    def __str__(self) -> str:
        return self.stored


class DuplicateDecision(models.Model):
    """Two exhibits of a bundle that look like one document, and which of them stays."""

    class Decision(models.TextChoices):
        KEEP_BOTH = "keep both", "Both stay"
        LEAVE_OUT = "leave out", "One was taken out"

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="duplicate_decisions")
    first = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    likeness = models.CharField(max_length=100)
    decision = models.CharField(max_length=10, choices=Decision)
    left_out = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_by = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["bundle", "decided_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "first", "second"], name="duplicate_decided_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_in_order"),
            models.CheckConstraint(
                condition=Q(decision="keep both", left_out=None)
                | Q(decision="leave out", left_out__isnull=False),
                name="duplicate_says_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}: {self.get_decision_display().lower()}"
