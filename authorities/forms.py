"""What a list of authorities is filtered by."""

from typing import Any

from django import forms

from authorities import selectors
from authorities.models import Authority


class FilterForm(forms.Form):
    """The choices are what the authorities hold now; an impossible choice is no filter."""

    words = forms.CharField(label="Name or citation", required=False, max_length=200)
    kind = forms.ChoiceField(required=False)
    court = forms.ChoiceField(required=False)
    year = forms.ChoiceField(required=False)
    topic = forms.ChoiceField(required=False)
    checked = forms.ChoiceField(
        label="Checked",
        required=False,
        choices=[("", "Checked or not"), ("yes", "Checked"), ("no", "Not checked yet")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("kind", "Any kind", [(kind.value, kind.label) for kind in Authority.Kind])
        self._offer("court", "Any court", [(court, court) for court in selectors.courts()])
        self._offer("year", "Any year", [(str(year), str(year)) for year in selectors.years()])
        self._offer("topic", "Any topic", [(topic, topic.capitalize()) for topic in selectors.topics()])

    def _offer(self, name: str, none: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type checker
        field.choices = [("", none), *choices]

    def asked(self) -> dict[str, str]:
        """What is asked for, without what cannot be understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
