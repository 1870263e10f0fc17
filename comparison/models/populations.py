"""Models of known relation, against which a likeness is measured."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from comparison.models.artefacts import ModelArtefact


class Stratum(models.TextChoices):
    """How like the suspect's own case a model of the population is."""

    SAME_DATA = "same-data", "Trained on the same data"
    SAME_DOMAIN = "same-domain", "Trained on data of the same kind"
    OTHER_DOMAIN = "other-domain", "Trained on data of another kind"
    OTHER_ARCHITECTURE = "other-architecture", "Of another architecture"
    SAME_SEED = "same-seed", "Begun from the same seed or public ancestor"


class ReferencePopulation(models.Model):
    """A set of models whose relation to each other is known; a job takes it as it stands when registered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="populations")
    name = models.CharField(max_length=200)
    note = models.CharField(max_length=600, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "name"]
        constraints = [
            models.UniqueConstraint(fields=["case", "name"], name="reference_population_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PopulationMember(models.Model):
    """One model of a population; without ``derived_from`` it is independent of the claimant's.

    Models of one ``lineage`` have a common origin and count once.
    """

    population = models.ForeignKey(ReferencePopulation, on_delete=models.PROTECT, related_name="members")
    artefact = models.ForeignKey(ModelArtefact, on_delete=models.PROTECT, related_name="populations")
    lineage = models.CharField(max_length=100)
    stratum = models.CharField(max_length=20, choices=Stratum)
    derived_from = models.ForeignKey(
        ModelArtefact, on_delete=models.PROTECT, null=True, blank=True, related_name="derived_members"
    )

    class Meta:
        ordering = ["population", "stratum", "lineage", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["population", "artefact"], name="population_member_once"),
            models.CheckConstraint(
                condition=Q(derived_from__isnull=True) | ~Q(derived_from=models.F("artefact")),
                name="population_member_not_of_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artefact.label} in {self.population}"
