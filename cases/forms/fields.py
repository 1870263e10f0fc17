"""Fields that several forms share."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

MOMENT = "%Y-%m-%dT%H:%M"


def day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    """A calendar date, asked for with the browser's own picker."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def moment(label: str, *, help_text: str = "") -> forms.DateTimeField:
    """A date and time of day, read in the time zone of the matter's court."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget)


def long_text(label: str, *, help_text: str = "", rows: int = 3) -> forms.CharField:
    """Optional text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, help_text=help_text, widget=widget)


def choose_among(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """The named field offers these rows and no others."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
