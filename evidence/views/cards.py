"""What the review page shows of each dropped document."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from cases import access as cases
from cases.models import Case
from evidence import access, selectors
from evidence.forms.card import READ, CardForm, Caution, cautions, proposed_values
from evidence.models import Exhibit, Intake
from evidence.proposals import is_reading, propose
from evidence.reading import Certainty, Proposal, Proposals

Visitor = User | AnonymousUser
MOST = 40
"""Documents on one review page, so that its address stays short enough for every server."""


@dataclass(slots=True)
class Card:
    """One document with its form, its proposals and what to look at first."""

    exhibit: Exhibit
    form: CardForm
    proposals: Proposals | None
    cautions: Sequence[Caution]

    @property
    def reading(self) -> bool:
        """Whether proposals may still come."""
        return is_reading(self.exhibit)

    @property
    def words(self) -> str:
        """What is happening, or what came of it."""
        if self.reading:
            return selectors.intake_words(self.exhibit.intake)
        if self.exhibit.intake.state in (Intake.State.NOT_CONVERTED, Intake.State.FAILED):
            return f"{selectors.intake_words(self.exhibit.intake)} Fill in what you know; it can be filed."
        names = {"kind": "kind", "title": "title", "party": "party", "dated": "date"}
        missing = [word for name, word in names.items() if name not in proposed_values(self.proposals)]
        return f"Read. Not found: {', '.join(missing)}." if missing else "Read. Everything was found."

    @property
    def mark(self) -> str:
        """The status mark beside the words."""
        if self.reading:
            return "waiting"
        return "done" if set(proposed_values(self.proposals)) == set(READ) else "doubtful"

    @property
    def number(self) -> Proposal[str] | None:
        """The claim number that was read."""
        return self.proposals.claim_number if self.proposals else None

    @property
    def number_note(self) -> dict[str, object]:
        """Where the claim number was read."""
        return note(self.exhibit, self.number) if self.number else {}

    @property
    def notes(self) -> dict[str, dict[str, object]]:
        """By field, where the value that stands in it was read; none for what a person changed."""
        found = {}
        for field, value in proposed_values(self.proposals).items():
            bound = self.form[field]
            shown = bound.value()
            same = str(getattr(shown, "pk", shown) or "") == str(value)
            if same and self.proposals:
                found[field] = note(self.exhibit, getattr(self.proposals, READ[field]))
        return found


def note(exhibit: Exhibit, proposal: Proposal[Any]) -> dict[str, object]:
    """A proposal as ``components/proposal.html`` shows it."""
    sure = proposal.certainty is Certainty.READ
    words = {"certainty": f"{'Read' if sure else 'Guessed'}: {proposal.why}", "sure": sure}
    if proposal.page is None:
        return {"where": f"the file’s name, “{proposal.quote}”", **words}
    where = f"page {proposal.page}, line {proposal.line}" if proposal.line else f"page {proposal.page}"
    page = reverse("evidence:page", args=[exhibit.case_id, exhibit.pk, proposal.page])
    return {"where": where, "href": f"{page}?start={proposal.start}&end={proposal.end}", **words}


def exhibits_of(user: Visitor, case: Case, ids: Sequence[str]) -> list[Exhibit]:
    """The exhibits with these ids that this person may know of, in the order given, at most ``MOST``."""
    wanted = list(dict.fromkeys(filter(None, map(_uuid, ids))))[:MOST]
    rows = (
        access.in_case(user, case)
        .filter(pk__in=wanted)
        .select_related("case__court", "intake", "filing")
        .prefetch_related("children")
    )
    found = {exhibit.pk: exhibit for exhibit in rows}
    return [found[pk] for pk in wanted if pk in found]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def make(
    user: Visitor,
    exhibit: Exhibit,
    *,
    after: Sequence[Exhibit] = (),
    data: QueryDict | None = None,
    joined: bool = False,
) -> Card:
    """The document's card: as proposed, or with ``data`` as the person left it, untouched empties filled.

    Args:
        user: who reviews; nothing is told that they may not know.
        exhibit: the document.
        after: documents further down the same page, which are then not named as duplicates of this one.
        data: what was posted; mutable.
        joined: the document belongs to the filing of a card above.
    """
    case = exhibit.case
    twins = selectors.duplicates(exhibit, access.in_case(user, case)).select_related("filing")
    twins = twins.exclude(pk__in=[other.pk for other in after])
    proposals = propose(exhibit)
    values: dict[str, Any] = proposed_values(proposals)
    if not is_reading(exhibit):
        values = {"title": exhibit.title, **values, "was_read": "1"}
    if data is not None:
        _fill(data, str(exhibit.pk), values)
    form = CardForm(data, exhibit=exhibit, duplicates=list(twins), joined=joined, initial=values)
    number = proposals.claim_number.value if proposals and proposals.claim_number else ""
    other = cases.visible(user).exclude(pk=case.pk).filter(claim_number__iexact=number).first()
    dated = values.get("dated")
    if data is not None:
        form.full_clean()
        dated = form.cleaned_data.get("dated")
    odd = list(
        cautions(
            case,
            dated=dated,
            number=number,
            elsewhere=other if number else None,
            duplicates=form.duplicates,
        )
    )
    form.initial["seen"] = " ".join(caution.code for caution in odd)
    return Card(exhibit, form, proposals, odd)


def _fill(data: QueryDict, prefix: str, values: dict[str, Any]) -> None:
    """What was read stands where nobody typed anything, once: an emptied field stays empty."""
    if data.get(f"{prefix}-was_read"):
        return
    for name, value in values.items():
        if not data.get(f"{prefix}-{name}"):
            data[f"{prefix}-{name}"] = str(value)
