"""Hearings, applications and proceedings elsewhere."""

from typing import Any

from django import forms

from cases.forms.fields import choose_among, day, long_text, moment
from cases.kinds import FilingKind
from cases.models import Application, Case, CaseRelation, Filing, Hearing, Party


class RelationForm(forms.Form):
    """Proceedings that bear on this matter."""

    kind = forms.ChoiceField(choices=CaseRelation.Kind)
    title = forms.CharField(max_length=300, label="Name of the proceedings")
    court = forms.CharField(max_length=200, required=False)
    reference = forms.CharField(max_length=100, required=False, label="Number or reference")
    note = long_text("Note")

    def __init__(self, *args: Any, relation: CaseRelation | None = None, **kwargs: Any) -> None:
        if relation is not None:
            kwargs["initial"] = {name: getattr(relation, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["maxlength"] = 600

    def clean_note(self) -> str:
        """A note of at most 600 characters."""
        note: str = self.cleaned_data["note"]
        if len(note) > 600:
            raise forms.ValidationError("A note has at most 600 characters.")
        return note


class HearingForm(forms.Form):
    """When the court sits, and on what."""

    title = forms.CharField(max_length=300, label="What is heard")
    starts_at = moment("Starts at", help_text="The court's local time.")
    place = forms.CharField(max_length=200, required=False)
    judge = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, hearing: Hearing | None = None, **kwargs: Any) -> None:
        if hearing is not None:
            kwargs["initial"] = {name: getattr(hearing, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)


class ApplicationForm(forms.Form):
    """What is asked of the court on the way, by whom, and who else it touches."""

    kind = forms.ChoiceField(choices=Application.Kind)
    title = forms.CharField(max_length=300, label="What is asked for")
    applicant = forms.ModelChoiceField(queryset=Party.objects.none(), empty_label="Choose a party")
    filing = forms.ModelChoiceField(
        queryset=Filing.objects.none(),
        required=False,
        label="Application notice",
        help_text="The notice as it stands on the docket.",
    )
    undertakings = long_text("Undertakings offered")
    also_affected = long_text("Who else is affected")

    def __init__(self, *args: Any, case: Case, application: Application | None = None, **kwargs: Any) -> None:
        if application is not None:
            kwargs["initial"] = {name: getattr(application, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        choose_among(self, "applicant", case.parties.all())
        choose_among(self, "filing", case.filings.filter(kind=FilingKind.APPLICATION_NOTICE))


class DueDateForm(forms.Form):
    """A date that an order, a notice or an agreement gives."""

    title = forms.CharField(max_length=300, label="What has to be done")
    party = forms.ModelChoiceField(
        queryset=Party.objects.none(), required=False, empty_label="Nobody in particular", label="By whom"
    )
    due_on = day("Due on", required=True)
    due_time = forms.TimeField(
        required=False, label="By what time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    source = forms.CharField(
        max_length=200, label="Where the date was read", help_text="Order of 29 October 2026, paragraph 4."
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "party", case.parties.all())
