"""Which two models are compared by hashes, and the file of a comparison run elsewhere."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.forms.fields import choose_among
from cases.models import Case
from comparison.evaluation.record import LARGEST
from comparison.models import ModelArtefact
from comparison.selectors import comparable
from comparison.signing import LARGEST as LARGEST_SIGNATURE


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
    """The files of a comparison that was run elsewhere."""

    record = forms.FileField(
        label="File of the comparison",
        help_text="comparison.json, as “manage.py compare” or a clean room wrote it.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    signature = forms.FileField(
        required=False,
        label="Its signature",
        help_text="comparison.json.sig. Without it, the page will say that nobody signed the comparison.",
        widget=forms.ClearableFileInput(attrs={"accept": ".sig"}),
    )
    report = forms.FileField(
        required=False,
        label="Its report",
        help_text="report.pdf, where there is one.",
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    report_signature = forms.FileField(
        required=False,
        label="The report’s signature",
        help_text="report.pdf.sig.",
        widget=forms.ClearableFileInput(attrs={"accept": ".sig"}),
    )

    def clean_record(self) -> bytes:
        """The file's bytes, of which there are not too many."""
        return self._bytes("record", LARGEST)

    def clean_signature(self) -> bytes:
        """The signature's bytes; none where none was sent."""
        return self._bytes("signature", LARGEST_SIGNATURE)

    def clean_report(self) -> bytes:
        """The report's bytes; none where none was sent."""
        return self._bytes("report", LARGEST)

    def clean_report_signature(self) -> bytes:
        """As ``clean_signature``."""
        return self._bytes("report_signature", LARGEST_SIGNATURE)

    def answer(self) -> dict[str, Any]:
        """The files for ``actions.import_answer``."""
        values = dict(self.cleaned_data)
        return {"content": values.pop("record"), **values}

    def _bytes(self, name: str, limit: int) -> bytes:
        file: UploadedFile[Any] | None = self.cleaned_data[name]
        if file is None:
            return b""
        if (file.size or 0) > limit:
            raise forms.ValidationError(f"The file is over {limit:,} bytes.")
        content: bytes = file.read()
        return content
