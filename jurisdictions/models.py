"""Courts and causes of action, loaded from the sourced data in ``jurisdictions/data``."""

import re
from zoneinfo import ZoneInfo

from django.db import models


class Jurisdiction(models.Model):
    """A legal system, such as England and Wales."""

    code = models.CharField(max_length=20, primary_key=True)
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Court(models.Model):
    """A court or list, with the pattern its claim numbers follow."""

    code = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="courts")
    neutral_citation_code = models.CharField(max_length=40, blank=True)
    claim_number_pattern = models.CharField(max_length=200, blank=True)
    claim_number_example = models.CharField(max_length=60, blank=True)
    claim_number_words = models.CharField(max_length=300, blank=True)
    bundle_profile = models.CharField(max_length=40, blank=True)
    calendar = models.CharField(max_length=40, blank=True)
    rule_pack = models.CharField(max_length=40, blank=True)
    appeal_to = models.CharField(max_length=40, blank=True)
    time_zone = models.CharField(max_length=40, default="Europe/London")
    verified = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    read_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["jurisdiction", "name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which the court's days begin and end."""
        return ZoneInfo(self.time_zone)

    def accepts(self, claim_number: str) -> bool:
        """Whether a claim number follows this court's pattern; true where no pattern is known."""
        return not self.claim_number_pattern or bool(re.fullmatch(self.claim_number_pattern, claim_number))


class CauseOfAction(models.Model):
    """What a claim can be for."""

    code = models.CharField(max_length=60, primary_key=True)
    name = models.CharField(max_length=200)
    jurisdiction = models.ForeignKey(Jurisdiction, on_delete=models.PROTECT, related_name="causes")
    standard_of_proof = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["jurisdiction", "name"]
        verbose_name_plural = "causes of action"

    def __str__(self) -> str:
        return self.name


class Element(models.Model):
    """One thing that must be shown for a cause of action to succeed."""

    cause = models.ForeignKey(CauseOfAction, on_delete=models.CASCADE, related_name="elements")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600)
    authority = models.CharField(max_length=400, blank=True)
    evidence_types = models.JSONField(default=list)
    verified = models.BooleanField(default=False)
    read_how = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["cause", "number"]
        constraints = [models.UniqueConstraint(fields=["cause", "number"], name="element_number_unique")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
