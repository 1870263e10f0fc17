"""What a person says of one exhibit."""

from typing import Any

from django import forms

from cases.forms.fields import choose_among, day
from cases.models import Case, Claim, ElementPosition, Party
from evidence.models import ElementLink, Exhibit
from jurisdictions.models import Element

DESCRIBED = (
    "title", "mark", "dated", "produced_by", "custodian", "collected_how", "collected_on", "privilege",
    "confidentiality",
)  # fmt: skip


class DescribeForm(forms.Form):
    """What the exhibit is, where it came from, and who may see it."""

    title = forms.CharField(max_length=300)
    mark = forms.CharField(
        max_length=30, required=False, help_text="As it is referred to in evidence, for example HP1."
    )
    dated = day("Date on the document")
    produced_by = forms.ModelChoiceField(
        Party.objects.none(), label="Produced by", required=False, empty_label="Nobody said yet"
    )
    custodian = forms.CharField(max_length=200, required=False, help_text="Who had it before it came here.")
    collected_how = forms.CharField(max_length=300, required=False, label="How it was collected")
    collected_on = day("When it was collected")
    privilege = forms.ChoiceField(
        choices=Exhibit.Privilege.choices, help_text="Outside experts see no privileged exhibit."
    )
    confidentiality = forms.ChoiceField(
        choices=Exhibit.Confidentiality.choices,
        help_text="Said on the exhibit's page; it shuts nobody in the matter out.",
    )

    def __init__(self, data: Any = None, *, exhibit: Exhibit) -> None:
        super().__init__(data, initial={name: getattr(exhibit, name) for name in DESCRIBED})
        choose_among(self, "produced_by", exhibit.case.parties.all())


class ReasonForm(forms.Form):
    """Why an exhibit is withdrawn."""

    because = forms.CharField(label="Why it is withdrawn", max_length=300)


class UnlockForm(forms.Form):
    """The password of a locked original; it is never shown again."""

    password = forms.CharField(
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="It is used once, to save a copy without it, and kept nowhere.",
    )


class _Weighed(forms.Form):
    weight = forms.ChoiceField(
        label="How it weighs", choices=ElementLink.Weight.choices, widget=forms.RadioSelect
    )
    page_number = forms.IntegerField(label="Page", min_value=1, initial=1)
    note = forms.CharField(max_length=400, required=False, label="What it shows")


class LinkFromExhibitForm(_Weighed):
    """A page of this exhibit bears on an element."""

    element = forms.ChoiceField(label="Element")
    field_order = ("element", "weight", "page_number", "note")

    def __init__(self, data: Any = None, *, case: Case, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.claims = list(case.claims.select_related("cause").prefetch_related("cause__elements"))
        self.fields["element"].choices = [  # type: ignore[attr-defined]
            ("", "Choose an element"),
            *(
                (
                    str(claim),
                    [(f"{claim.pk}-{row.pk}", _short(str(row))) for row in claim.cause.elements.all()],
                )
                for claim in self.claims
            ),
        ]

    def chosen(self) -> tuple[Claim, Element]:
        """The claim and its element."""
        claim_id, element_id = map(int, self.cleaned_data["element"].split("-"))
        claim = next(claim for claim in self.claims if claim.pk == claim_id)
        return claim, next(row for row in claim.cause.elements.all() if row.pk == element_id)


class _ExhibitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, exhibit: Exhibit) -> str:
        return f"{exhibit.number}. {_short(str(exhibit))}"


class LinkFromElementForm(_Weighed):
    """A page of an exhibit bears on this element."""

    exhibit = _ExhibitChoice(Exhibit.objects.none(), empty_label="Choose an exhibit")
    field_order = ("exhibit", "weight", "page_number", "note")

    def __init__(self, data: Any = None, *, exhibits: Any) -> None:
        super().__init__(data)
        choose_among(self, "exhibit", exhibits)


class PositionsForm(forms.Form):
    """What each side says of one element."""

    def __init__(self, data: Any = None, *, stands: dict[str, ElementPosition]) -> None:
        super().__init__(data)
        for side, word in ElementPosition.Side.choices:
            stand = stands.get(side)
            self.fields[side] = forms.ChoiceField(
                label=word,
                choices=[("", "Not noted yet"), *ElementPosition.Position.choices],
                required=False,
                initial=stand.position if stand else "",
            )
            self.fields[f"{side}_note"] = forms.CharField(
                label=f"Where the {word.lower()} says so",
                max_length=400,
                required=False,
                initial=stand.note if stand else "",
            )


def _short(words: str) -> str:
    return words if len(words) <= 110 else f"{words[:109].rstrip()}…"
