"""Proof that every authority's text is what was imported, or what its summary said."""

from collections.abc import Iterator

from authorities.models import Authority
from authorities.selectors import paragraphs_digest
from ledger.models import Event
from ledger.verification import Problem


def authority_texts() -> Iterator[Problem]:
    """The paragraphs of every authority are those that its last event tells of."""
    told = Event.objects.filter(thing_type=Authority._meta.label_lower).order_by("pk")
    last = dict(told.values_list("thing_id", "pk").iterator())
    for authority in Authority.objects.order_by("pk").iterator():
        told_last = last.get(str(authority.pk))
        if told_last is None:
            continue  # the proof of rows names an authority that no event tells of
        event = Event.objects.get(pk=told_last)
        if event.read_facts.get("text_sha256") != paragraphs_digest(authority):
            yield Problem(f"text of {authority}", "is not the text that its last event tells of")
