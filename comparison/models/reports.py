"""What a person adds to a comparison's report, and whether one is being laid out."""

from django.db import models
from django.db.models import Q

from comparison.models.comparisons import Comparison


class ExpertReport(models.Model):
    """The expert's own parts of the reports of a comparison, unsigned; reports themselves are exhibits.

    ``parts`` holds text by the names of ``comparison.report.EXPERT_PARTS``. ``asked_at`` and ``asked_by`` are
    set while a report is waited for; ``message`` says why the last one was not laid out.
    """

    comparison = models.OneToOneField(
        Comparison, on_delete=models.PROTECT, related_name="expert_report", primary_key=True
    )
    parts = models.JSONField(default=dict, blank=True)
    saved_at = models.DateTimeField(null=True, blank=True)
    saved_by = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=600, blank=True)

    class Meta:
        ordering = ["comparison"]
        constraints = [
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True, saved_by="") | Q(saved_at__isnull=False) & ~Q(saved_by=""),
                name="expert_report_saved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True, asked_by="") | Q(asked_at__isnull=False) & ~Q(asked_by=""),
                name="expert_report_asked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"Report of {self.comparison}"
