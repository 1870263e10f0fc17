"""One dropped document on the review page: what was read, what the person says, what to look at first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from cases.actions.filings import ON_PARTY, TO_COURT
from cases.forms.fields import choose_among, day, moment
from cases.forms.filings import particulars_inside
from cases.kinds import FilingKind
from cases.models import Case, Party
from core import clock
from evidence.actions.filings import Document, Draft, Sent
from evidence.models import Exhibit
from evidence.reading import Proposals

KEEP = "keep"
READ = {"kind": "kind", "party": "party", "dated": "date", "title": "title"}
"""The fields of a card that reading proposes, and where the proposals hold each."""


def proposed_values(proposals: Proposals | None) -> dict[str, Any]:
    """What was read, by field; nothing where nothing was."""
    found = {field: getattr(proposals, name, None) for field, name in READ.items()}
    return {field: proposal.value for field, proposal in found.items() if proposal is not None}


@dataclass(frozen=True, slots=True)
class Caution:
    """Something to look at before saving; it does not stop anybody.

    Args:
        code: stable, so that the page knows which were shown already.
        title: what is odd.
        text: what it may mean.
        href: where to look, if anywhere.
        word: the words of that link.
    """

    code: str
    title: str
    text: str
    href: str = ""
    word: str = ""


class _PartyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, party: Party) -> str:
        return f"{party.name}, {party.get_role_display().lower()}"


class CardForm(forms.Form):
    """What a filing is, and what was done with it so far.

    Args:
        exhibit: the document.
        duplicates: standing exhibits of the matter with the same bytes.
        joined: the document belongs to the filing of the card above, which says what the filing is.
    """

    with_above = forms.BooleanField(label="Belongs to the filing above", required=False)
    kind = forms.ChoiceField(
        label="Kind", choices=[("", "Choose a kind"), *((kind.value, kind.label) for kind in FilingKind)]
    )
    title = forms.CharField(label="Title", max_length=300)
    party = _PartyChoice(
        Party.objects.none(), label="Party", required=False, empty_label="None: the court, or not known"
    )
    dated = day("Date on the document")
    duplicate = forms.ChoiceField(label="The same file twice", widget=forms.RadioSelect, required=False)
    submitted_at = moment("Sent to the court")
    submitted_by = forms.ChoiceField(label="How it was sent", required=False)
    served_at = moment("Served")
    served_by = forms.ChoiceField(label="How it was served", required=False)
    contains_particulars = particulars_inside()
    was_read = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        exhibit: Exhibit,
        duplicates: Sequence[Exhibit],
        joined: bool = False,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, prefix=str(exhibit.pk), initial=initial)
        self.exhibit, self.joined, self.duplicates = exhibit, joined, duplicates
        choose_among(self, "party", exhibit.case.parties.all())
        for name, ways in (("submitted_by", TO_COURT), ("served_by", ON_PARTY)):
            words = [(way.value, way.label) for way in ways]
            self.fields[name].choices = [("", "Choose how"), *words]  # type: ignore[attr-defined]
        for name in ("submitted_at", "served_at", *(("kind", "title") if joined else ())):
            self.fields[name].required = False
        self.fields["duplicate"].choices = [  # type: ignore[attr-defined]
            (KEEP, "Keep both"),
            *((str(other.pk), _use_words(other)) for other in duplicates),
        ]
        self.fields["duplicate"].initial = KEEP

    def clean(self) -> dict[str, Any]:
        """A moment and its method come together, and neither lies ahead."""
        cleaned = super().clean() or {}
        for act, verb in (("submitted", "sent"), ("served", "served")):
            at, method = cleaned.get(f"{act}_at"), cleaned.get(f"{act}_by")
            if at and at > clock.now():
                self.add_error(f"{act}_at", "This moment lies ahead. Give the time at which it happened.")
            if at and not method:
                self.add_error(f"{act}_by", f"Say how it was {verb}.")
            if method and not at and not self.errors.get(f"{act}_at"):
                self.add_error(f"{act}_at", f"Say when it was {verb}.")
        if cleaned.get("contains_particulars") and cleaned.get("kind") != FilingKind.CLAIM_FORM:
            self.add_error("contains_particulars", "Only a claim form contains its particulars.")
        return cleaned

    @property
    def existing(self) -> Exhibit | None:
        """The exhibit that is to be used in place of this document, if the person chose so."""
        chosen = self.cleaned_data.get("duplicate")
        return next((other for other in self.duplicates if str(other.pk) == chosen), None)

    def document(self) -> Document:
        """The exhibit to be filed, as the person names and dates it."""
        exhibit = self.existing or self.exhibit
        return Document(exhibit, self.cleaned_data["title"], self.cleaned_data["dated"])

    def draft(self, documents: Sequence[Document]) -> Draft:
        """The filing as the person left it."""
        given = self.cleaned_data
        return Draft(
            kind=FilingKind(given["kind"]),
            title=given["title"],
            documents=documents,
            party=given["party"],
            dated=given["dated"],
            submitted=Sent(given["submitted_at"], given["submitted_by"]) if given["submitted_at"] else None,
            served=Sent(given["served_at"], given["served_by"]) if given["served_at"] else None,
            contains_particulars=given["contains_particulars"],
        )


def _use_words(other: Exhibit) -> str:
    if other.filing:
        return f"Use exhibit {other.number}, filed as number {other.filing.number}, and log nothing new"
    return f"Use the existing one, exhibit {other.number}, and withdraw this copy"


def cautions(
    case: Case,
    *,
    dated: date | None,
    number: str,
    elsewhere: Case | None,
    duplicates: Sequence[Exhibit],
) -> Iterator[Caution]:
    """What to look at before saving.

    Args:
        case: the matter in which it is filed.
        dated: the date proposed or typed.
        number: the claim number read, or "".
        elsewhere: the other matter with that number, where this person may see it.
        duplicates: standing exhibits of this matter with the same bytes.
    """
    for other in duplicates:
        filed = f", filed as number {other.filing.number}" if other.filing else ""
        yield Caution(
            f"duplicate-{other.number}",
            f"The same file is already here as exhibit {other.number}",
            f"“{other}”{filed}. Choose below which to use.",
        )
    if number and number.casefold() != case.claim_number.casefold():
        own = f"This matter is {case.claim_number}." if case.claim_number else "This matter has none yet."
        whose = f"It is that of {elsewhere.title}." if elsewhere else "It is not this matter's."
        yield Caution(f"number-{number}", f"The document carries claim number {number}", f"{whose} {own}")
    if dated and dated > clock.today(ZoneInfo(case.court.time_zone)):
        yield Caution(
            f"future-{dated}", "The date lies ahead", f"{dated:%-d %B %Y} is still to come. Check the date."
        )
