"""What a person says of a model."""

import json
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from cases.forms.fields import choose_among, day, long_text
from cases.models import Case, Party
from comparison.weights.manifest import Manifest
from comparison.weights.reading import REMEDY, read_manifest
from core.errors import InvalidInput
from evidence.access import in_case as exhibits_in_case
from evidence.models import Exhibit
from evidence.selectors import standing

LARGEST_MANIFEST = 64 * 1024 * 1024
"""Bytes; 200,000 tensors need about 50 MB."""
ACCESS = (
    ("weights", "Weights: the files of the model itself"),
    ("logits", "Log-probabilities: an interface that answers with them"),
    ("text", "Text only: an interface that answers with text"),
)


class ManifestField(forms.FileField):
    """A manifest file, read and checked."""

    def __init__(self, *, required: bool) -> None:
        super().__init__(
            required=required,
            label="Manifest of the weights",
            help_text="A JSON file, made by “manage.py model_manifest FOLDER” on the machine that holds the "
            "weights. It holds hashes only; the weights stay where they are.",
            widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        )

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The manifest, or None where no file was sent."""
        file: UploadedFile[Any] | None = super().clean(data, initial)
        return read_upload(file) if file else None


def read_upload(file: "UploadedFile[Any]") -> Manifest:
    """The manifest in an uploaded file; a ValidationError says what is wrong with it."""
    if (file.size or 0) > LARGEST_MANIFEST:
        raise forms.ValidationError(f"The file is over {LARGEST_MANIFEST // 2**20} MiB. {REMEDY}")
    try:
        return read_manifest(json.loads(file.read(), parse_constant=str))
    except (ValueError, RecursionError) as error:
        raise forms.ValidationError(f"The file is not JSON. {REMEDY}") from error
    except InvalidInput as error:
        raise forms.ValidationError(str(error)) from error


class _Holder(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, party: Party) -> str:
        return str(party)


class RegisterForm(forms.Form):
    """A model, what of it can be reached and where it came from."""

    vendor = forms.CharField(max_length=200, help_text="Who publishes it, as a full name.")
    name = forms.CharField(max_length=200, label="Name of the model")
    version = forms.CharField(max_length=100, required=False)
    access = forms.ChoiceField(label="What can be reached", choices=ACCESS, widget=forms.RadioSelect)
    manifest = ManifestField(required=False)
    holder = _Holder(queryset=Party.objects.none(), required=False, empty_label="None of the parties")
    released_on = day("Released on")
    licence = forms.CharField(
        max_length=200, required=False, help_text="The licence under which it is offered."
    )
    obtained_how = forms.CharField(
        max_length=300, required=False, help_text="From where, by whom and under which order or undertaking."
    )
    obtained_on = day("Obtained on")
    exhibit = forms.ModelChoiceField(
        queryset=Exhibit.objects.none(),
        required=False,
        empty_label="No exhibit",
        help_text="Where it is one.",
    )
    note = long_text("Note")

    def __init__(self, *args: Any, case: Case, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_among(self, "holder", case.parties.all())
        choose_among(self, "exhibit", standing(exhibits_in_case(user, case)).filter(case=case))

    def clean_note(self) -> str:
        """At most 600 characters."""
        note: str = self.cleaned_data["note"]
        if len(note) > 600:
            raise forms.ValidationError("At most 600 characters; put more into an exhibit.")
        return note


class ManifestForm(forms.Form):
    """The manifest of a model that is registered already."""

    manifest = ManifestField(required=True)
