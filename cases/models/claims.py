"""The parties, what they claim of one another and what each says of it."""

from django.db import models

from cases.models.matter import Case
from jurisdictions.models import CauseOfAction, Element


class Party(models.Model):
    """A party to this matter, its role and who represents it."""

    class Role(models.TextChoices):
        CLAIMANT = "claimant", "Claimant"
        DEFENDANT = "defendant", "Defendant"
        THIRD_PARTY = "third-party", "Third party"
        INTERVENER = "intervener", "Intervener"

    class Place(models.TextChoices):
        """Where a party is served; a place with a row in PD 6B's table carries that row's name."""

        ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
        SCOTLAND = "scotland", "Scotland"
        NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
        CHINA = "china", "China (mainland)"
        HONG_KONG = "hong kong", "Hong Kong"
        SINGAPORE = "singapore", "Singapore"
        UNITED_STATES = "united states", "United States"
        ELSEWHERE = "elsewhere", "Elsewhere abroad"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=20, choices=Role)
    order = models.PositiveSmallIntegerField(default=1)
    aliases = models.JSONField(default=list, blank=True)
    representation = models.CharField(max_length=300, blank=True)
    address_for_service = models.TextField(blank=True)
    place_of_service = models.CharField(max_length=20, choices=Place, blank=True)

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
