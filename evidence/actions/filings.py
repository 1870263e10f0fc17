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

RECEIVED_TWICE = "Received twice: the same file is kept as another exhibit."


@dataclass(frozen=True, slots=True)
class Sent:
    """When and how a filing went to the court or to the other side."""

    at: datetime
    method: str


@dataclass(frozen=True, slots=True)
class Document:
    """A received exhibit that is filed, and what its reviewer calls it and dates it, if anything."""

    exhibit: Exhibit
    title: str = ""
    dated: date | None = None


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
        contains_particulars: it is a claim form with its particulars inside.
    """

    kind: FilingKind
    title: str
    documents: Sequence[Document]
    party: Party | None = None
    dated: date | None = None
    submitted: Sent | None = None
    served: Sent | None = None
    contains_particulars: bool = False


@transaction.atomic
def log(*, by: Actor, case: Case, draft: Draft) -> Filing:
    """The filing stands in the docket with its documents, and its submission and service where given.

    What nobody has described yet is described: the main document by the filing's title and date, each
    other by its own, and all by the filing's party.

    Raises:
        InvalidInput: no document, no title, a document of another matter, or a moment in the future.
        Conflict: a document is filed already or withdrawn.
    """
    _check(case, draft)
    filing = filings.log_filing(
        by=by,
        case=case,
        kind=draft.kind,
        title=draft.title,
        party=draft.party,
        dated=draft.dated,
        contains_particulars=draft.contains_particulars,
    )
    main = Document(draft.documents[0].exhibit, draft.title, draft.dated)
    for document in (main, *draft.documents[1:]):
        exhibit = Exhibit.objects.select_related("case").get(pk=document.exhibit.pk)
        attach_to_filing(by=by, exhibit=exhibit, filing=filing)
        _describe(by, exhibit, document, draft.party)
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
    _lock(case)
    for dropped, kept in instead:
        withdraw(by=by, exhibit=dropped, because=RECEIVED_TWICE, kept=kept)
    return [log(by=by, case=case, draft=draft) for draft in drafts]


def _lock(case: Case) -> None:
    """No other filing or exhibit is numbered in this matter until the transaction ends."""
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _check(case: Case, draft: Draft) -> None:
    """The documents can be filed, and the matter is locked against a second filing of the same."""
    _lock(case)
    wanted = {document.exhibit.pk for document in draft.documents}
    found = list(case.exhibits.select_related("filing").filter(pk__in=wanted))
    if not wanted or len(found) < len(draft.documents):
        raise InvalidInput(
            "A filing needs documents of its own matter, each once.", remedy="Choose at least one."
        )
    if not draft.title.strip():
        raise InvalidInput("A filing needs a title.", remedy="Say what the document is.", field="title")
    for exhibit in found:
        if exhibit.filing:
            raise Conflict(
                f"{exhibit} is filed already, as number {exhibit.filing.number}.",
                remedy="Open that filing and correct it there.",
            )
        if exhibit.withdrawn_at:
            raise Conflict(f"{exhibit} is withdrawn.", remedy="Restore it first if that was wrong.")


def is_unnamed(exhibit: Exhibit) -> bool:
    """Whether the exhibit is still called what its file was called."""
    return exhibit.title == (Path(exhibit.original_name).stem or exhibit.original_name)[:300]


def _describe(by: Actor, exhibit: Exhibit, document: Document, party: Party | None) -> None:
    title = document.title.strip()[:300] if is_unnamed(exhibit) else ""
    fields = (title or exhibit.title, exhibit.dated or document.dated, exhibit.produced_by or party)
    if fields == (exhibit.title, exhibit.dated, exhibit.produced_by):
        return
    describe(
        by=by,
        exhibit=exhibit,
        title=fields[0],
        mark=exhibit.mark,
        dated=fields[1],
        produced_by=fields[2],
        custodian=exhibit.custodian,
        collected_how=exhibit.collected_how,
        collected_on=exhibit.collected_on,
        privilege=exhibit.privilege,
        confidentiality=exhibit.confidentiality,
    )
