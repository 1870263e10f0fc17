"""Whose keys a matter knows, and the files of comparisons that were signed with them."""

import uuid

from django.db import models
from django.db.models import Q

from cases.models import Case
from comparison.models.comparisons import Comparison
from evidence.models import Exhibit


class SignerKey(models.Model):
    """A public key, and whose it is: recorded by a person who learnt it from its owner.

    ``public_key`` is 32 bytes in hexadecimal. This installation's own key stands here, too, once it has
    signed something in the matter. One that is withdrawn stays: what came before was signed by a known key.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="signer_keys")
    name = models.CharField(max_length=200)
    public_key = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    obtained_how = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_because = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["case", "recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "fingerprint"], name="signer_key_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(obtained_how=""), name="signer_key_told"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_because="")),
                name="signer_key_withdrawn_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class SignedFile(models.Model):
    """A file of a comparison, kept as an exhibit, with the signature that came with it.

    ``signature`` is the text of the ``.sig`` file; it and ``fingerprint``, which says whose key made it, are
    empty where the file came unsigned.
    """

    class Kind(models.TextChoices):
        RECORD = "record", "Record"
        REPORT = "report", "Report"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    comparison = models.ForeignKey(Comparison, on_delete=models.PROTECT, related_name="signed_files")
    kind = models.CharField(max_length=10, choices=Kind)
    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="signed_file")
    signature = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ["comparison", "kept_at", "kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signature="", fingerprint="") | (~Q(signature="") & ~Q(fingerprint="")),
                name="signed_file_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.comparison}"
