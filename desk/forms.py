"""What the desk's lists are filtered by."""

from typing import Any

from django import forms

from accounts.models import User
from cases import access
from cases.models import Case
from desk.selectors import history
from desk.selectors.chronology import KINDS as DATED
from ledger import selectors as ledger
from search.answers import KINDS


def _offer(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
    field.choices = choices


class MattersForm(forms.Form):
    """A word of the title, the court or the claim number."""

    words = forms.CharField(label="Title, court or claim number", required=False, max_length=200)


class SearchForm(forms.Form):
    """What to search for, among what, and in which matter."""

    q = forms.CharField(label="Search for", required=False, max_length=4000, strip=False)
    kind = forms.ChoiceField(
        label="Among", required=False, choices=[("", "Exhibits and authorities"), *KINDS.items()]
    )
    matter = forms.ChoiceField(label="In", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        matters: list[tuple[str, str]] = [(str(case.pk), case.title) for case in access.visible(user)]
        _offer(self, "matter", [("", "All my matters"), *matters])


class ChronologyForm(forms.Form):
    """Which kinds of dated things to show; none chosen shows all."""

    kind = forms.MultipleChoiceField(
        label="Show", required=False, choices=list(DATED.items()), widget=forms.CheckboxSelectMultiple
    )


class LedgerForm(forms.Form):
    """Who did what to which kind of thing."""

    words = forms.CharField(label="Words", required=False, max_length=200)
    actor = forms.ChoiceField(label="Who", required=False)
    thing_type = forms.ChoiceField(
        label="What", required=False, choices=[("", "Everything"), *history.THINGS.items()]
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        actors = [(actor, actor) for actor in ledger.actors(case.chain)]
        _offer(self, "actor", [("", "Anybody"), *actors])


def asked(form: forms.Form) -> dict[str, Any]:
    """What is asked for, without what cannot be understood."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}
