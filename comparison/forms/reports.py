"""What only the expert can say in a comparison's report."""

from typing import Any

from django import forms

from cases.forms.fields import long_text
from comparison.report import EXPERT_PARTS

SHORT = ("name",)
HINTS = {
    "tested_by": "The report says which program ran; this says which person.",
    "conclusions": "In the expert’s own words. Whatever is left empty stands as a blank in the report.",
}


class PartsForm(forms.Form):
    """The expert's parts, by their names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in EXPERT_PARTS.items():
            rows = 2 if name in SHORT else 5
            self.fields[name] = long_text(label, help_text=HINTS.get(name, ""), rows=rows)
