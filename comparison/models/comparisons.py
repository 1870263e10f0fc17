"""The comparisons made of the models in dispute."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q

from cases.models import Case
from comparison.models.artefacts import ModelArtefact


class Comparison(models.Model):
    """What comparing two models gave, on the day; the result is never changed.

    ``result`` has the shape that ``manage.py compare`` answers; ``detail`` holds the table of tensors and the
    differences of configuration and tokenizer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="comparisons")
    reference = models.ForeignKey(ModelArtefact, on_delete=models.PROTECT, related_name="as_reference")
    suspect = models.ForeignKey(ModelArtefact, on_delete=models.PROTECT, related_name="as_suspect")
    result = models.JSONField()
    detail = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["case", "-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference=models.F("suspect")), name="comparison_of_two_models"
            )
        ]

    def __str__(self) -> str:
        return f"{self.suspect.label} against {self.reference.label}"

    @property
    def identical_share(self) -> float | None:
        """The share of identical trained parameters, where hashes ran."""
        return next((found["value"] for found in self.findings if found["method"] == "hashes"), None)

    @property
    def tested(self) -> bool:
        """Whether any finding has a p-value or a likelihood ratio."""
        return any(found["p"] is not None or found["lr"] is not None for found in self.findings)

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of its methods."""
        findings: list[dict[str, Any]] = self.result["findings"]
        return findings
