"""A filing, the separate things that happen to it, and what a docket is narrowed by."""

from typing import Any, ClassVar

from django import forms

from cases.actions.filings import ON_PARTY, TO_COURT
from cases.forms.fields import choose_among, day, moment
from cases.kinds import FilingKind
from cases.models import Case, Filing, Party
from cases.selectors import STATES

KINDS = [(kind.value, kind.label) for kind in FilingKind]


def particulars_inside() -> forms.BooleanField:
    """Whether a claim form contains its particulars."""
    return forms.BooleanField(
        required=False,
        label="A claim form with its particulars inside",
        help_text="The time to respond then runs from the claim form’s deemed service (CPR 10.3(1)(b)).",
    )


class FilingForm(forms.Form):
    """What a document on the docket is."""

    kind = forms.ChoiceField(choices=[("", "Choose a kind"), *KINDS])
    title = forms.CharField(max_length=300, help_text="As it stands on the document's first page.")
    party = forms.ModelChoiceField(
        queryset=Party.objects.none(),
        required=False,
        empty_label="The court, or nobody",
        label="On whose behalf",
    )
    dated = day("Date of the document")
    contains_particulars = particulars_inside()

    def __init__(self, *args: Any, case: Case, filing: Filing | None = None, **kwargs: Any) -> None:
        if filing is not None:
            kwargs["initial"] = {name: getattr(filing, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        choose_among(self, "party", case.parties.all())

    def clean_kind(self) -> FilingKind:
        """One of the kinds of document."""
        return FilingKind(self.cleaned_data["kind"])


class StepForm(forms.Form):
    """When one thing happened to a filing; ``names`` says which of the filing's columns a field fills."""

    names: ClassVar[dict[str, str]] = {}
    at = moment("When")

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        kwargs["initial"] = {field: getattr(filing, column) for field, column in self.names.items()}
        super().__init__(*args, **kwargs)


class PrepareForm(StepForm):
    """When the filing was ready."""

    names = {"at": "prepared_at"}


class SubmitForm(StepForm):
    """When and how the filing went to the court."""

    names = {"at": "submitted_at", "method": "submitted_by"}
    method = forms.ChoiceField(label="How", choices=[(way.value, way.label) for way in TO_COURT])


class AcceptForm(StepForm):
    """When the court accepted the filing."""

    names = {"at": "accepted_at"}


class RejectForm(StepForm):
    """When and why the court rejected the filing."""

    names = {"at": "rejected_at", "because": "rejected_because"}
    because = forms.CharField(max_length=300, label="The court's reason")


class ServeForm(StepForm):
    """When and how the filing was served."""

    names = {"at": "served_at", "method": "served_by", "contains_particulars": "contains_particulars"}
    method = forms.ChoiceField(label="How", choices=[(way.value, way.label) for way in ON_PARTY])
    contains_particulars = particulars_inside()

    def __init__(self, *args: Any, filing: Filing, **kwargs: Any) -> None:
        super().__init__(*args, filing=filing, **kwargs)
        if filing.kind != FilingKind.CLAIM_FORM:
            del self.fields["contains_particulars"]


class DocketFilter(forms.Form):
    """What a docket is narrowed by; every field stands in the address."""

    words = forms.CharField(
        label="Words or number", required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(choices=[("", "Any kind"), *KINDS], required=False)
    party = forms.ModelChoiceField(queryset=Party.objects.none(), required=False, empty_label="Any party")
    state = forms.ChoiceField(
        choices=[("", "Any state"), *((key, words) for key, (words, _) in STATES.items())], required=False
    )
    since = day("From")
    until = day("Until")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "party", case.parties.all())
