"""What a person says of a rectangle, and of what is to be looked for."""

from typing import Any, cast

from django import forms

from bundles.models import Redaction
from bundles.pdf.redact import Box
from bundles.pdf.redact.find import PATTERNS
from cases.forms.fields import long_text
from core.errors import InvalidInput
from evidence.models import Exhibit

HUNDRED = 100.0
EDGES = ("left", "top", "right", "bottom")


def _edge(label: str) -> forms.FloatField:
    return forms.FloatField(
        label=label,
        min_value=0,
        max_value=HUNDRED,
        widget=forms.NumberInput(attrs={"step": "0.1", "inputmode": "decimal"}),
    )


class BoxForm(forms.Form):
    """A rectangle by its edges, in percent of the page as displayed, from its top left corner."""

    redaction = forms.IntegerField(required=False, widget=forms.HiddenInput)
    left = _edge("Left, %")
    top = _edge("Top, %")
    right = _edge("Right, %")
    bottom = _edge("Bottom, %")
    label = forms.CharField(
        max_length=60,
        required=False,
        help_text="Shown in white on the black, such as Privilege. May be empty.",
    )

    @classmethod
    def of(cls, redaction: Redaction) -> "BoxForm":
        """The form with a rectangle that is there already."""
        edges = {name: round(getattr(redaction, name) * HUNDRED, 2) for name in EDGES}
        return cls(initial={"redaction": redaction.pk, "label": redaction.label, **edges})

    def box(self, page: int) -> Box:
        """The rectangle that was said, on this page.

        Raises:
            InvalidInput: it is empty.
        """
        said = self.cleaned_data
        edges = (said[name] / HUNDRED for name in EDGES)
        left, top, right, bottom = edges
        if left >= right or top >= bottom:
            raise InvalidInput(
                "The rectangle is empty.",
                remedy="Its right edge is right of its left one, and its bottom edge below its top one.",
                field="right" if left >= right else "bottom",
            )
        return Box(page, left, top, right, bottom, said["label"].strip())


class FindForm(forms.Form):
    """Names and kinds of numbers to look for."""

    names = long_text(
        "Names and phrases",
        rows=4,
        help_text="One on each line. Priya Nair also finds P. Nair, Nair, Priya and the surname alone.",
    )
    kinds = forms.MultipleChoiceField(
        label="Numbers and addresses",
        choices=[(kind, pattern.title) for kind, pattern in PATTERNS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    first = forms.IntegerField(label="From page", min_value=1, required=False)
    last = forms.IntegerField(label="to page", min_value=1, required=False)

    def __init__(self, *args: Any, exhibit: Exhibit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = exhibit.pages.count()

    def clean_names(self) -> list[str]:
        """The names, without empty lines."""
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]

    def sought(self) -> dict[str, Any]:
        """What ``redacting.find`` is called with."""
        said = self.cleaned_data
        first, last = cast("int | None", said["first"]), cast("int | None", said["last"])
        return {
            "names": said["names"],
            "kinds": said["kinds"],
            "pages": (first or 1, min(last or self.count, self.count)),
        }
