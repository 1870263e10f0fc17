"""Append-only events, one hash chain per matter."""

import json
from typing import Any

from django.db import models


class Chain(models.Model):
    """The signed head of one chain; locked while an event is appended."""

    key = models.CharField(max_length=80, unique=True)
    head_sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")
    head_signature = models.CharField(max_length=128, blank=True, default="")

    def __str__(self) -> str:
        return self.key


class Event(models.Model):
    """Who did what to which thing, when, from where. Never updated, never deleted.

    ``facts`` is canonical JSON text, so that its hash covers every byte of it; ``thing_digest`` is the
    SHA-256 of the thing's row and of what it is joined to, as this event left them; empty when the row is
    gone.
    """

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="events")
    sequence = models.PositiveBigIntegerField()
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    actor_user_id = models.BigIntegerField(null=True)
    origin = models.CharField(max_length=10)
    address = models.CharField(max_length=64, blank=True)
    request_id = models.CharField(max_length=64)
    verb = models.CharField(max_length=40)
    thing_type = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    thing_label = models.CharField(max_length=300)
    thing_digest = models.CharField(max_length=64, blank=True)
    facts = models.TextField()

    class Meta:
        ordering = ["chain", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_unique"),
            models.UniqueConstraint(fields=["chain", "previous_hash"], name="event_chain_cannot_fork"),
        ]
        indexes = [models.Index(fields=["thing_type", "thing_id"], name="event_thing")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor} {self.verb} {self.thing_label}"

    @property
    def read_facts(self) -> dict[str, Any]:
        """The facts as a mapping."""
        facts: dict[str, Any] = json.loads(self.facts)
        return facts
