"""What goes into a bundle, and in which order."""

import uuid

from django.db import models
from django.db.models import Q

from authorities.models import Authority
from cases.models import Case, Hearing
from evidence.models import Exhibit


class Bundle(models.Model):
    """A bundle being put together for the court.

    Args:
        letter: the bundle's letter in references such as ``{A/12}``; empty for an only bundle.
        master: for a core bundle, the bundle from which its pages are taken.
        statement: for an exhibit to a witness statement, that statement; ``exhibit_mark`` is its mark.
        statement_marks: the statement's marks, a line each, for the exhibit's front sheet (PD 32).
        late: where documents go that come after a version was delivered to the court.
        largest_mib: size in MiB that the file should not exceed; images are made smaller for it.
        renumbered_after: the version after which a new edition began: what was delivered until then no
            longer holds page numbers in their place.
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
    statement_marks = models.TextField(blank=True)
    profile = models.CharField(max_length=40, default="ew-2021")
    late = models.CharField(max_length=6, choices=Late, default=Late.APPEND)
    largest_mib = models.PositiveIntegerField(null=True, blank=True)
    bates_prefix = models.CharField(max_length=20, blank=True)
    bates_start = models.PositiveIntegerField(default=1)
    on_failure = models.CharField(max_length=12, choices=OnFailure, default=OnFailure.STOP)
    renumbered_after = models.ForeignKey(
        "bundles.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["case", "title"]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A lettered part of a bundle.

    Args:
        added_after: for a section of late documents, the version that the court had already.
    """

    bundle = models.ForeignKey(Bundle, on_delete=models.PROTECT, related_name="sections")
    title = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    added_after = models.ForeignKey(
        "bundles.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["bundle", "order", "pk"]

    def __str__(self) -> str:
        return self.title


class Entry(models.Model):
    """One exhibit or authority in its place in a bundle.

    Args:
        pages: which of its pages are included, ``1-3, 7``; empty for all.
        signpost: where the document is kept instead; a page that says so then stands in its place.
        added_after: the version that the court had already when this was added.
        written_against: the version whose page numbers its author used, where a person has said so.
    """

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="entries")
    exhibit = models.ForeignKey(
        Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="bundle_entries"
    )
    authority = models.ForeignKey(
        Authority, on_delete=models.PROTECT, null=True, blank=True, related_name="bundle_entries"
    )
    title = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField()
    pages = models.CharField(max_length=400, blank=True)
    signpost = models.CharField(max_length=400, blank=True)
    added_after = models.ForeignKey(
        "bundles.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_against = models.ForeignKey(
        "bundles.Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["section", "order", "pk"]
        verbose_name_plural = "entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(exhibit__isnull=False, authority=None) | Q(exhibit=None, authority__isnull=False),
                name="entry_is_one_document",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.own_title

    @property
    def own_title(self) -> str:
        """What the document is called where the bundle gives it no other title."""
        return self.exhibit.title if self.exhibit else str(self.authority)

    @property
    def key(self) -> str:
        """The document itself, whichever bundle it stands in: ``exhibit:<id>`` or ``authority:<id>``."""
        return f"exhibit:{self.exhibit_id}" if self.exhibit_id else f"authority:{self.authority_id}"


class AuthorityCopy(models.Model):
    """An authority's text laid out as PDF; ``digest`` is that of the text it was made from."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="copies")
    digest = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    pages = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["authority", "made_at"]
        verbose_name_plural = "authority copies"
        constraints = [models.UniqueConstraint(fields=["authority", "digest"], name="authority_copy_unique")]

    def __str__(self) -> str:
        return f"{self.authority}, as PDF"
