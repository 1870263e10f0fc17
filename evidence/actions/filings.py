"""Logging received documents as a filing, with what was done with them so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from cases.actions import filings
from cases.kinds import FilingKind
from cases.models import Case, Filing, Party
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from evidence.actions.exhibits import attach_to_filing, describe, withdraw
from evidence.models import Exhibit


@dataclass(frozen=True, slots=True)
class Sent:
    """When and how a filing went to the court or to the other side."""

    at: datetime
    method: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A filing as a person has reviewed it.

    Args:
        kind: what it is.
        title: what the docket calls it.
        documents: the main document first; attachments follow their e-mail by themselves.
        party: whose it is; None for the court's.
        dated: the date on the document.
        submitted: when and how it went to the court, if it has.
        served: when and how it was served, if it was.
    """

    kind: FilingKind
    title: str
    documents: Sequence[Exhibit]
    party: Party | None = None
    dated: date | None = None
    submitted: Sent | None = None
    served: Sent | None = None


@transaction.atomic
def log(*, by: Actor, case: Case, draft: Draft) -> Filing:
    """The filing stands in the docket with its documents, and its submission and service where given.

    A document that nobody has described yet takes the filing's party, and the main one its title and date.

    Raises:
        InvalidInput: no document, no title, a document of another matter, or a moment in the future.
        Conflict: a document is filed already or withdrawn.
    """
    documents = _checked(case, draft)
    filing = filings.log_filing(
        by=by, case=case, kind=draft.kind, title=draft.title, party=draft.party, dated=draft.dated
    )
    for place, document in enumerate(documents):
        attach_to_filing(by=by, exhibit=document, filing=filing)
        _describe_from(by, document, draft, main=place == 0)
    if draft.submitted:
        filings.submit(by=by, filing=filing, at=draft.submitted.at, method=draft.submitted.method)
    if draft.served:
        filings.serve(by=by, filing=filing, at=draft.served.at, method=draft.served.method)
    return filing


@transaction.atomic
def log_all(
    *, by: Actor, case: Case, drafts: Sequence[Draft], instead: Sequence[tuple[Exhibit, Exhibit]] = ()
) -> list[Filing]:
    """Every filing of one review stands in the docket, or none does.

    Args:
        by: who reviewed them.
        case: the matter.
        drafts: in the order in which they are to be numbered.
        instead: pairs of a document and the exhibit that is used in its place; the first is withdrawn.
    """
    for dropped, kept in instead:
        words = f"Received twice: the same file is exhibit {kept.number}, {kept}."
        withdraw(by=by, exhibit=dropped, because=words[:300])
    return [log(by=by, case=case, draft=draft) for draft in drafts]


def _checked(case: Case, draft: Draft) -> list[Exhibit]:
    """The documents as they are now, locked against a second filing of the same."""
    Case.objects.select_for_update().get(pk=case.pk)
    wanted = [document.pk for document in draft.documents]
    found = {exhibit.pk: exhibit for exhibit in Exhibit.objects.select_related("case").filter(pk__in=wanted)}
    if not wanted or any(found[pk].case_id != case.pk for pk in wanted):
        raise InvalidInput("A filing needs documents of its own matter.", remedy="Choose at least one.")
    if not draft.title.strip():
        raise InvalidInput("A filing needs a title.", remedy="Say what the document is.", field="title")
    for exhibit in found.values():
        if exhibit.filing:
            raise Conflict(
                f"{exhibit} is filed already, as number {exhibit.filing.number}.",
                remedy="Open that filing and correct it there.",
            )
        if exhibit.withdrawn_at:
            raise Conflict(f"{exhibit} is withdrawn.", remedy="Restore it first if that was wrong.")
    return [found[pk] for pk in dict.fromkeys(wanted)]


def _describe_from(by: Actor, exhibit: Exhibit, draft: Draft, *, main: bool) -> None:
    unnamed = exhibit.title == (Path(exhibit.original_name).stem or exhibit.original_name)[:300]
    title = draft.title if main and unnamed else exhibit.title
    dated = exhibit.dated or (draft.dated if main else None)
    party = exhibit.produced_by or draft.party
    if (title, dated, party) == (exhibit.title, exhibit.dated, exhibit.produced_by):
        return
    describe(
        by=by,
        exhibit=exhibit,
        title=title,
        mark=exhibit.mark,
        dated=dated,
        produced_by=party,
        custodian=exhibit.custodian,
        collected_how=exhibit.collected_how,
        collected_on=exhibit.collected_on,
        privilege=exhibit.privilege,
        confidentiality=exhibit.confidentiality,
    )
