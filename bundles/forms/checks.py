"""What a person says who wants a file checked."""

from typing import Any, cast

from django import forms

from bundles.pdf import profile as profiles


def _further(label: str, why: str) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=False,
        max_length=None,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=why,
        error_messages={"empty": "The file is empty."},
    )


class CheckFileForm(forms.Form):
    """A PDF, and the court whose rules it is checked against."""

    file = forms.FileField(
        label="PDF",
        max_length=None,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text="Anybody's bundle, or any other PDF.",
        error_messages={"required": "Choose a PDF.", "empty": "The file is empty."},
    )
    profile = forms.ChoiceField(label="Rules", initial="ew-2021")
    delivered = _further(
        "The version delivered before",
        "Where the court has an earlier version: whether any of its pages has moved or changed (EW-12).",
    )
    redacted = _further(
        "The redacted copy",
        "Where the bundle is sealed: whether the copy for the public has the same pages (US-09).",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loaded = [profiles.load(name) for name in profiles.names()]
        cast(forms.ChoiceField, self.fields["profile"]).choices = [(one.name, one.title) for one in loaded]
