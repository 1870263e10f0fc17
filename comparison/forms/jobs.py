"""Setting up a comparison: which models and which question, then how."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from cases.forms.fields import choose_among
from cases.models import Case
from comparison import guide
from comparison.models import ComparisonJob, ModelArtefact, ReferencePopulation, Stratum
from comparison.selectors import artefacts
from comparison.support import MEANINGS
from evidence.access import in_case as exhibits_in_case
from evidence.models import Exhibit
from evidence.selectors import standing


class SetUpForm(forms.Form):
    """Which two models, and what is asked of them."""

    title = forms.CharField(max_length=200, help_text="As the report will be headed.")
    reference = forms.ModelChoiceField(
        queryset=ModelArtefact.objects.none(), label="Reference", empty_label="Choose a model",
        help_text="The model said to have been the source.",
    )  # fmt: skip
    suspect = forms.ModelChoiceField(
        queryset=ModelArtefact.objects.none(), label="Suspect", empty_label="Choose a model",
        help_text="The model complained of.",
    )  # fmt: skip
    question = forms.ChoiceField(
        label="What is asked", choices=ComparisonJob.Question.choices, widget=forms.RadioSelect,
        initial=ComparisonJob.Question.BOTH,
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reference", "suspect"):
            choose_among(self, name, artefacts(case))


class JobForm(forms.Form):
    """How a draft compares its two models."""

    title = forms.CharField(max_length=200)
    methods = forms.MultipleChoiceField(label="Methods", required=False)
    population = forms.ModelChoiceField(
        queryset=ReferencePopulation.objects.none(),
        label="Reference population",
        required=False,
        empty_label="None: no strength of evidence will be stated",
        help_text="The models against which each likeness is measured. Registering takes it as it then is.",
    )
    stratum = forms.ChoiceField(
        label="How the suspect stands to the reference",
        required=False,
        choices=[
            ("", "Not said. Nothing is then measured against the population."),
            *((stratum.value, f"{stratum.label}. {MEANINGS[stratum]}") for stratum in Stratum),
        ],
        widget=forms.RadioSelect(attrs={"class": "strata"}),
        help_text="What is assumed of the suspect if it is innocent: it decides which models of the "
        "population it is measured against.",
    )
    probe = forms.ModelChoiceField(
        queryset=Exhibit.objects.none(),
        label="Probe",
        required=False,
        empty_label="None",
        help_text="An exhibit with the text, or the numbered tokens, that both models are given. Only "
        "methods that run the models read it.",
    )
    served = forms.ModelChoiceField(
        queryset=Exhibit.objects.none(),
        label="Logs of what was served",
        required=False,
        empty_label="None",
        help_text="An exhibit with the prompts that the reference’s interface answered, and its answers, one "
        "in each line (JSONL).",
    )
    seed = forms.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        label="Seed",
        help_text="Whatever is drawn by lot is drawn by this number, so that whoever repeats the comparison "
        "draws the same. Any number will do; it is fixed before anybody knows what it gives.",
    )

    def __init__(self, *args: Any, job: ComparisonJob, user: User | AnonymousUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [offer.method.name for offer in guide.offers(job)]
        self.fields["methods"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        choose_among(self, "population", job.case.populations.all())
        exhibits = standing(exhibits_in_case(user, job.case)).filter(case=job.case)
        for name in ("probe", "served"):
            choose_among(self, name, exhibits)
