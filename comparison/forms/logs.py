"""The file of an analysis of logs made elsewhere, and which exhibit is to be analysed here."""

from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from accounts.models import User
from cases.forms.fields import choose_among
from cases.models import Case
from comparison.logs.record import LARGEST
from comparison.logs.spec import FORMATS, ROLES
from evidence.access import in_case as exhibits_in_case
from evidence.models import Exhibit
from evidence.selectors import standing


class LogRecordForm(forms.Form):
    """The file of an analysis."""

    content = forms.FileField(
        label="File of the analysis",
        help_text="logs.json, as “manage.py analyse_logs” wrote it where the logs are.",
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_content(self) -> bytes:
        """The file's bytes, of which there are not too many."""
        file: UploadedFile[Any] = self.cleaned_data["content"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(f"The file is over {LARGEST // 2**20} MiB.")
        content: bytes = file.read()
        return content


class AnalyseForm(forms.Form):
    """An exhibit with logs, one with published samples, and the names of the fields."""

    exhibit = forms.ModelChoiceField(
        queryset=Exhibit.objects.none(), label="Logs", empty_label="Choose an exhibit",
        help_text=f"An exhibit whose file ends in {', '.join(FORMATS)}.",
    )  # fmt: skip
    samples = forms.ModelChoiceField(
        queryset=Exhibit.objects.none(), required=False, label="The suspect’s published training samples",
        empty_label="None", help_text="A file of the same kinds; its text stands in the field of the output.",
    )  # fmt: skip
    title = forms.CharField(max_length=300, required=False, help_text="The exhibit’s title where left empty.")
    account = forms.CharField(
        max_length=200, initial="account", label="Field of the account",
        help_text="As it stands in the file; a dot leads into a nested field.",
    )  # fmt: skip
    time = forms.CharField(max_length=200, initial="time", label="Field of the time")
    prompt = forms.CharField(max_length=200, initial="prompt", label="Field of the prompt")
    output = forms.CharField(max_length=200, initial="output", label="Field of the output")

    def __init__(self, *args: Any, case: Case, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = reduce(or_, (Q(original_name__iendswith=ending) for ending in FORMATS))
        logs = standing(exhibits_in_case(user, case)).filter(named)
        for name in ("exhibit", "samples"):
            choose_among(self, name, logs)

    def chosen(self) -> dict[str, Any]:
        """The values for ``actions.ask_to_analyse``."""
        values = self.cleaned_data
        fields = {role: values[role] for role in ROLES}
        return {name: values[name] for name in ("exhibit", "samples", "title")} | {"fields": fields}
