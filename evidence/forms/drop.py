"""Files handed over in one go."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or many files; cleaned to a list."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        """Each file checked as a single one would be."""
        if not isinstance(data, list | tuple):
            data = [data]
        return [super(FilesField, self).clean(file, initial) for file in data or [None]]


class DropForm(forms.Form):
    """What a person drops on the page or chooses."""

    documents = FilesField(
        label="Files",
        allow_empty_file=True,
        max_length=None,
        help_text="PDF, Word, pictures and scans, e-mail with attachments, text. Anything else is kept too.",
        error_messages={"required": "Choose at least one file, or drop it here."},
    )
