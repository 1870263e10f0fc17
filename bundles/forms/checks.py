"""What a person says who wants a file checked."""

from typing import Any, cast

from django import forms

from bundles.pdf import profile as profiles


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        loaded = [profiles.load(name) for name in profiles.names()]
        cast(forms.ChoiceField, self.fields["profile"]).choices = [(one.name, one.title) for one in loaded]
