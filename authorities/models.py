"""Judgments, legislation, guidance and papers, and their paragraphs."""

from django.db import models
from django.urls import reverse


class Authority(models.Model):
    """Something that can be cited; public to every user."""

    class Kind(models.TextChoices):
        JUDGMENT = "judgment", "Judgment"
        LEGISLATION = "legislation", "Legislation"
        INSTRUMENT = "instrument", "Statutory instrument"
        GUIDANCE = "guidance", "Guidance"
        PAPER = "paper", "Paper"

    class Origin(models.TextChoices):
        IMPORTED = "imported", "Full text, imported"
        SUMMARY = "summary", "Our own summary"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=Kind)
    origin = models.CharField(max_length=20, choices=Origin)
    name = models.CharField(max_length=400)
    citation = models.CharField(max_length=200, blank=True)
    neutral_citation = models.CharField(max_length=60, blank=True, db_index=True)
    court = models.CharField(max_length=200, blank=True)
    court_code = models.CharField(max_length=40, blank=True)
    jurisdiction = models.CharField(max_length=40, blank=True)
    date = models.DateField(null=True, blank=True)
    date_text = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=200, blank=True)
    status_on = models.DateField(null=True, blank=True)
    topics = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True)
    uri = models.CharField(max_length=400, blank=True)
    judges = models.JSONField(default=list, blank=True)
    verified = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-date", "name"]
        verbose_name_plural = "authorities"
        constraints = [
            models.UniqueConstraint(
                fields=["neutral_citation"],
                condition=models.Q(origin="imported") & ~models.Q(neutral_citation=""),
                name="authority_imported_once",
            )
        ]
        indexes = [
            models.Index(fields=["-date", "name"], name="authority_by_date"),
            models.Index(fields=["name"], name="authority_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.citation}".strip()

    def get_absolute_url(self) -> str:
        """The authority's own page."""
        return reverse("authorities:authority", args=[self.pk])

    @property
    def is_summary(self) -> bool:
        """Whether this is our summary and not the text itself."""
        return self.origin == self.Origin.SUMMARY

    @property
    def same_decision(self) -> "models.QuerySet[Authority]":
        """The summary of this full text, or the full text of this summary: same neutral citation."""
        if not self.neutral_citation:
            return Authority.objects.none()
        others = Authority.objects.filter(neutral_citation=self.neutral_citation)
        return others.exclude(origin=self.origin)


class Paragraph(models.Model):
    """One paragraph of an authority, with the anchor its page links to."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="paragraphs")
    order = models.PositiveIntegerField()
    number = models.CharField(max_length=100, blank=True)
    anchor = models.CharField(max_length=200)
    heading = models.CharField(max_length=400, blank=True)
    text = models.TextField()

    class Meta:
        ordering = ["authority", "order"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "order"], name="paragraph_order_unique"),
            models.UniqueConstraint(fields=["authority", "anchor"], name="paragraph_anchor_unique"),
        ]

    def __str__(self) -> str:
        return f"[{self.number or self.order}] {self.text[:60]}"
