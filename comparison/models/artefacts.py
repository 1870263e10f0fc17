"""The models in dispute."""

import json
import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case, Party
from comparison.weights.manifest import Manifest
from comparison.weights.reading import read_manifest
from evidence.models import Exhibit


class ModelArtefact(models.Model):
    """A language model that the matter is about, and what of it can be reached.

    Weights themselves are never stored here: ``manifest`` holds their hashes as JSON text, so that its own
    hash covers every byte; it is empty for a model that answers through an interface only, or whose manifest
    has not been taken yet.
    """

    class Access(models.TextChoices):
        WEIGHTS = "weights", "Weights"
        LOGITS = "logits", "Log-probabilities"
        TEXT = "text", "Text only"

    class Precision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        YEAR = "year", "Year"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="model_artefacts")
    vendor = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    version = models.CharField(max_length=100, blank=True)
    access = models.CharField(max_length=10, choices=Access)
    holder = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="model_artefacts"
    )
    released_on = models.DateField(null=True, blank=True)
    released_precision = models.CharField(max_length=5, choices=Precision, default=Precision.DAY)
    licence = models.CharField(max_length=200, blank=True)
    obtained_how = models.CharField(max_length=300, blank=True)
    obtained_on = models.DateField(null=True, blank=True)
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="model_artefacts"
    )
    note = models.CharField(max_length=600, blank=True)
    manifest = models.TextField(blank=True)
    manifest_sha256 = models.CharField(max_length=64, blank=True)
    parameters = models.PositiveBigIntegerField(null=True, blank=True)
    tensors = models.PositiveIntegerField(null=True, blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "vendor", "name", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "vendor", "name", "version"], name="model_artefact_once"),
            models.CheckConstraint(
                condition=Q(manifest_sha256="", parameters__isnull=True, tensors__isnull=True)
                | Q(access="weights", parameters__isnull=False, tensors__isnull=False)
                & ~Q(manifest_sha256=""),
                name="model_artefact_manifest_of_weights",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vendor}, {self.label}"

    @property
    def label(self) -> str:
        """Its name and version, without the vendor."""
        return f"{self.name} {self.version}".strip()

    @property
    def released(self) -> str:
        """When it was released, as exactly as is known; empty where it is not."""
        formats = {"day": "%-d %B %Y", "month": "%B %Y", "year": "%Y"}
        return self.released_on.strftime(formats[self.released_precision]) if self.released_on else ""

    def read_manifest(self) -> Manifest | None:
        """Its manifest, or None where there is none."""
        return read_manifest(json.loads(self.manifest)) if self.manifest_sha256 else None
