"""The transactional outbox: what the index has still to learn."""

from django.db import models


class OutboxEntry(models.Model):
    """One source whose documents changed; written in the transaction that changed it."""

    kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"


class IndexedSource(models.Model):
    """Which documents of a source the index holds, so that they can be replaced and proved."""

    kind = models.CharField(max_length=40)
    source_id = models.CharField(max_length=40)
    document_ids = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "source_id"], name="indexed_source_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}: {len(self.document_ids)} documents"
