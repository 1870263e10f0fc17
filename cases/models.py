"""The matter: who sues whom, for what, and what was filed, heard and is due."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from cases.kinds import FilingKind
from jurisdictions.models import CauseOfAction, Court, Element


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


class Party(models.Model):
    """A party to this matter, its role and who represents it."""

    class Role(models.TextChoices):
        CLAIMANT = "claimant", "Claimant"
        DEFENDANT = "defendant", "Defendant"
        THIRD_PARTY = "third-party", "Third party"
        INTERVENER = "intervener", "Intervener"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=20, choices=Role)
    order = models.PositiveSmallIntegerField(default=1)
    aliases = models.JSONField(default=list, blank=True)
    representation = models.CharField(max_length=300, blank=True)
    address_for_service = models.TextField(blank=True)
    served_out_of_jurisdiction = models.BooleanField(default=False)

    class Meta:
        ordering = ["case", "role", "order", "name"]
        verbose_name_plural = "parties"
        constraints = [models.UniqueConstraint(fields=["case", "name", "role"], name="party_unique")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"


class Claim(models.Model):
    """Who claims what against whom; a counterclaim is a claim the other way round."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    cause = models.ForeignKey(CauseOfAction, on_delete=models.PROTECT, related_name="claims")
    claimants = models.ManyToManyField(Party, related_name="claims_made")
    defendants = models.ManyToManyField(Party, related_name="claims_faced")
    is_counterclaim = models.BooleanField(default=False)
    in_the_alternative = models.BooleanField(default=False)
    governing_law = models.CharField(max_length=200, blank=True)
    relief = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "number"]
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="claim_number_unique")]

    def __str__(self) -> str:
        return f"{'Counterclaim' if self.is_counterclaim else 'Claim'} {self.number}: {self.cause}"


class ElementPosition(models.Model):
    """What one side says of one element of one claim; the machine never says "proved"."""

    class Side(models.TextChoices):
        CLAIMANT = "claimant", "Claiming side"
        DEFENDANT = "defendant", "Answering side"

    class Position(models.TextChoices):
        ASSERTED = "asserted", "Asserted"
        ADMITTED = "admitted", "Admitted"
        DENIED = "denied", "Denied"
        NOT_ADDRESSED = "not-addressed", "Not addressed"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="positions")
    element = models.ForeignKey(Element, on_delete=models.PROTECT, related_name="positions")
    side = models.CharField(max_length=10, choices=Side)
    position = models.CharField(max_length=15, choices=Position)
    note = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["claim", "element", "side"]
        constraints = [models.UniqueConstraint(fields=["claim", "element", "side"], name="position_unique")]

    def __str__(self) -> str:
        return f"{self.get_side_display()} on {self.element}: {self.get_position_display()}"


class Filing(models.Model):
    """A document in the proceedings, and the five separate things that can happen to it."""

    class Method(models.TextChoices):
        CE_FILE = "ce-file", "CE-File"
        COUNTER = "counter", "Court counter"
        EMAIL = "email", "e-mail"
        POST = "post", "first class post"
        DX = "dx", "document exchange"
        DELIVERY = "delivery", "delivery to the address"
        PERSONAL = "personal", "personal service"
        FAX = "fax", "fax"
        ABROAD = "abroad", "service abroad"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="filings")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=60, choices=[(kind.value, kind.label) for kind in FilingKind])
    title = models.CharField(max_length=300)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="filings")
    dated = models.DateField(null=True, blank=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.CharField(max_length=20, choices=Method, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    rejected_at = models.DateTimeField(null=True, blank=True)
    rejected_because = models.CharField(max_length=300, blank=True)
    served_at = models.DateTimeField(null=True, blank=True)
    served_by = models.CharField(max_length=20, choices=Method, blank=True)
    logged_at = models.DateTimeField()

    class Meta:
        ordering = ["case", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="filing_number_unique"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="")
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
                name="filing_submitted_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=True, served_by="")
                | (Q(served_at__isnull=False) & ~Q(served_by="")),
                name="filing_served_when_and_how",
            ),
            models.CheckConstraint(
                condition=Q(rejected_at__isnull=True, rejected_because="")
                | (Q(rejected_at__isnull=False) & ~Q(rejected_because="")),
                name="filing_rejected_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(rejected_at__isnull=True),
                name="filing_accepted_or_rejected",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True)
                | Q(submitted_at__isnull=True)
                | Q(accepted_at__gte=F("submitted_at")),
                name="filing_accepted_after_submitted",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-dated"], name="filing_by_date"),
            models.Index(fields=["case", "kind"], name="filing_by_kind"),
            models.Index(fields=["case", "title"], name="filing_by_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Application(models.Model):
    """An application within the proceedings, and what is asked."""

    class Kind(models.TextChoices):
        INJUNCTION = "injunction", "Interim injunction"
        JURISDICTION = "jurisdiction", "Jurisdiction challenge"
        SERVICE_OUT = "service-out", "Permission to serve out"
        OTHER = "other", "Other"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(max_length=20, choices=Kind)
    title = models.CharField(max_length=300)
    applicant = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="applications")
    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    undertakings = models.TextField(blank=True)
    also_affected = models.TextField(blank=True)

    class Meta:
        ordering = ["case", "pk"]

    def __str__(self) -> str:
        return self.title


class Hearing(models.Model):
    """When the court sits, and on what."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="hearings")
    title = models.CharField(max_length=300)
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    judge = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["case", "starts_at"]

    def __str__(self) -> str:
        return self.title


class DueDate(models.Model):
    """A date computed from a rule, with its working; proposed until a person confirms it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", "Proposed, not checked by anybody yet"
        CONFIRMED = "confirmed", "Confirmed"
        DONE = "done", "Done"
        MISSED = "missed", "Missed"
        SUPERSEDED = "superseded", "Superseded"

    TRANSITIONS = {
        State.PROPOSED: {State.CONFIRMED, State.DONE, State.SUPERSEDED},
        State.CONFIRMED: {State.DONE, State.MISSED, State.SUPERSEDED},
        State.MISSED: {State.DONE, State.SUPERSEDED},
        State.DONE: set(),
        State.SUPERSEDED: set(),
    }

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="due_dates")
    title = models.CharField(max_length=300)
    party = models.ForeignKey(
        Party, on_delete=models.PROTECT, null=True, blank=True, related_name="due_dates"
    )
    due_on = models.DateField()
    due_time = models.TimeField(null=True, blank=True)
    rule_id = models.CharField(max_length=60)
    rule_source = models.CharField(max_length=200)
    rule_version = models.CharField(max_length=60)
    rule_verified = models.BooleanField(default=False)
    trigger = models.ForeignKey(Filing, on_delete=models.PROTECT, null=True, related_name="due_dates")
    working = models.JSONField(default=list)
    warnings = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.PROPOSED)

    class Meta:
        ordering = ["due_on", "due_time", "pk"]
        indexes = [models.Index(fields=["case", "state", "due_on"], name="due_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["trigger", "rule_id", "party"],
                condition=~Q(state="superseded"),
                name="due_date_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, due {self.due_on:%-d %B %Y}"
