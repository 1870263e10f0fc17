"""What goes into a bundle, and in which order."""

import uuid

from django.db import models

from cases.models import Case, Hearing
from evidence.models import Exhibit


class Bundle(models.Model):
    """A bundle being put together for the court.

    Args:
        letter: the bundle's letter in references such as ``{A/12}``; empty for an only bundle.
        master: for a core bundle, the bundle from which its pages are taken.
        statement: for an exhibit to a witness statement, that statement; ``exhibit_mark`` is its mark.
        late: where documents go that come after a version was delivered to the court.
        largest_mib: size in MiB that the file should not exceed; images are made smaller for it.
        bates_prefix: stands before a running number on every page of the documents; empty for none.
    """

    class Kind(models.TextChoices):
        HEARING = "hearing", "Hearing bundle"
        CORE = "core", "Core bundle"
        AUTHORITIES = "authorities", "Bundle of authorities"
        EXHIBIT = "exhibit", "Exhibit to a witness statement"
        SUPPLEMENTARY = "supplementary", "Supplementary bundle"

    class Late(models.TextChoices):
        APPEND = "append", "At the end, in the order in which they came"
        INSERT = "insert", "In their place, numbered 45A and so on"

    class OnFailure(models.TextChoices):
        STOP = "stop", "Stop and name the document"
        PLACEHOLDER = "placeholder", "Put a page in its place that says what is missing"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="bundles")
    title = models.CharField(max_length=200)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hearing_date = models.DateField(null=True, blank=True)
    kind = models.CharField(max_length=14, choices=Kind, default=Kind.HEARING)
    letter = models.CharField(max_length=4, blank=True)
    master = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="cores")
    statement = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="exhibited_in"
    )
    exhibit_mark = models.CharField(max_length=20, blank=True)
    profile = models.CharField(max_length=40, default="ew-2021")
    late = models.CharField(max_length=6, choices=Late, default=Late.APPEND)
    largest_mib = models.PositiveIntegerField(null=True, blank=True)
    bates_prefix = models.CharField(max_length=20, blank=True)
    bates_start = models.PositiveIntegerField(default=1)
    on_failure = models.CharField(max_length=12, choices=OnFailure, default=OnFailure.STOP)

    class Meta:
        ordering = ["case", "title"]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A lettered part of a bundle."""

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="sections")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["bundle", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One exhibit in its place in a bundle.

    Args:
        pages: which of its pages are included, ``1-3, 7``; empty for all.
        added_after: the version that the court had already when this was added.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="entries")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="bundle_entries")
    title = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField()
    pages = models.CharField(max_length=400, blank=True)
    added_after = models.ForeignKey(
        "bundles.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title or self.exhibit.title
