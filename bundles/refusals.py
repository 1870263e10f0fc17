"""What must be put right before a bundle is built, whoever asks and however."""

from collections.abc import Sequence

from bundles import sources, standing
from bundles.models import Build, Bundle, Entry, Redaction
from bundles.selectors import refuse_privileged
from core.errors import Conflict, InvalidInput
from evidence.models import Exhibit


def before_building(bundle: Bundle, entries: Sequence[Entry], variant: str, *, confirmed: bool) -> None:
    """Nothing stands in the way of a build.

    Args:
        bundle: what is built.
        entries: its documents, as ``sources.entries_of`` reads them.
        variant: whole, or with redacted copies.
        confirmed: a person has said that the privileged documents in it are meant to be there.

    Raises:
        InvalidInput: it holds nothing, privileged documents that nobody confirmed, or, for the redacted
            variant, confidential documents of which no redacted copy was made.
        Conflict: its order departs from what was delivered.
    """
    if not entries:
        raise InvalidInput(
            "There is nothing in this bundle.", remedy="Put at least one document into a section."
        )
    if not confirmed:
        refuse_privileged(entries)
    held = standing.delivered(bundle)
    if held and (found := standing.differences(held, list(entries))):
        raise Conflict(
            f"Version {held.version.number} was delivered, and the bundle no longer begins like it: "
            f"{'; '.join(found)}.",
            remedy=f"Put that back as it was, {standing.NEW_EDITION}.",
        )
    if variant == Build.Variant.REDACTED:
        _refuse_unredacted(entries)


def unredacted(entries: Sequence[Entry]) -> list[Entry]:
    """The documents that are confidential, or marked to be redacted, and have no redacted copy."""
    held = [entry.exhibit_id for entry in entries if entry.exhibit and not entry.signpost]
    marked = Redaction.objects.filter(exhibit__in=held, state=Redaction.State.MARKED)
    boxed = set(marked.values_list("exhibit_id", flat=True).distinct())
    return [
        entry
        for entry in entries
        if entry.exhibit
        and not entry.signpost
        and (entry.exhibit.confidentiality != Exhibit.Confidentiality.OPEN or entry.exhibit_id in boxed)
        and sources.redacted_copy(entry.exhibit) is None
    ]


def _refuse_unredacted(entries: Sequence[Entry]) -> None:
    if missing := unredacted(entries):
        raise InvalidInput(
            f"No redacted copy was made of: {'; '.join(map(str, missing))}.",
            remedy="Open each of them, mark what is to be blacked out and make the copy; or take it out.",
            field="variant",
        )
