"""Which two models are compared by hashes, and the file of a comparison run elsewhere."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.forms.fields import choose_among
from cases.models import Case
from comparison.evaluation.record import LARGEST
from comparison.models import ModelArtefact
from comparison.selectors import comparable


class CompareForm(forms.Form):
    """Two models of one matter whose weights have manifests."""

    reference = forms.ModelChoiceField(
        queryset=ModelArtefact.objects.none(), label="Reference", empty_label="Choose a model",
        help_text="The model said to have been the source.",
    )  # fmt: skip
    suspect = forms.ModelChoiceField(
        queryset=ModelArtefact.objects.none(), label="Suspect", empty_label="Choose a model",
        help_text="The model complained of.",
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reference", "suspect"):
            choose_among(self, name, comparable(case))


class RecordForm(forms.Form):
    """The file of a comparison that was run elsewhere."""

    record = forms.FileField(
        label="File of the comparison",
        help_text="comparison.json, as “manage.py compare” wrote it where both folders of weights are.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_record(self) -> bytes:
        """The file's bytes, of which there are not too many."""
        file: UploadedFile[Any] = self.cleaned_data["record"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is over {LARGEST // 2**20} MiB.")
        content: bytes = file.read()
        return content
