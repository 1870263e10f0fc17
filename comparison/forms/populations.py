"""What a person says of a reference population and of its models."""

from typing import Any

from django import forms

from cases.forms.fields import choose_among, long_text
from comparison.models import ModelArtefact, ReferencePopulation, Stratum
from comparison.selectors import comparable
from comparison.support import MEANINGS


class PopulationForm(forms.Form):
    """A population's name."""

    name = forms.CharField(
        max_length=200, help_text="Say what its models have in common, such as “Chinese chat models, 2025”."
    )
    note = long_text("Note", help_text="Where the models came from, and who chose them and how.")

    def clean_note(self) -> str:
        """At most 600 characters."""
        note: str = self.cleaned_data["note"]
        if len(note) > 600:
            raise forms.ValidationError("At most 600 characters; put more into an exhibit.")
        return note


class _Models(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, artefact: ModelArtefact) -> str:
        return f"{artefact.label} ({artefact.vendor})"


class MemberForm(forms.Form):
    """Models of one kind that join a population."""

    artefacts = _Models(
        queryset=ModelArtefact.objects.none(),
        label="Models",
        widget=forms.CheckboxSelectMultiple,
        help_text="Registered models whose weights have a manifest.",
    )
    stratum = forms.ChoiceField(
        label="How like the suspect’s case they are",
        choices=[(stratum.value, f"{stratum.label}. {MEANINGS[stratum]}") for stratum in Stratum],
        widget=forms.RadioSelect(attrs={"class": "strata"}),
    )
    derived_from = forms.ModelChoiceField(
        queryset=ModelArtefact.objects.none(),
        label="Made from",
        required=False,
        empty_label="No other model: they are independent",
        help_text="For a model that is known to have been made from another: it shows what making one from "
        "the other looks like.",
    )
    lineage = forms.CharField(
        max_length=100,
        label="Common origin",
        required=False,
        help_text="Models of one origin count once. Left empty, each has an origin of its own.",
    )

    def __init__(self, *args: Any, population: ReferencePopulation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = population.members.values("artefact")
        choose_among(self, "artefacts", comparable(population.case).exclude(pk__in=there))
        choose_among(self, "derived_from", comparable(population.case))
