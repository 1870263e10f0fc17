"""Setting up a comparison: which models and which question, then how."""

from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.text import capfirst

from accounts.models import User
from cases.forms.fields import choose_among
from cases.models import Case
from comparison import guide
from comparison.models import ComparisonJob, ModelArtefact, ReferencePopulation, Stratum
from comparison.selectors import artefacts
from comparison.shown import BOUNDS, EXHIBITS, NUMBERS, otherwise
from comparison.statistics.logged import FEWEST
from comparison.support import MEANINGS
from evidence.access import in_case as exhibits_in_case
from evidence.models import Exhibit
from evidence.selectors import standing

FOLDED = (
    ("How the service answered", ("fresh", "temperature", "top_p", "max_tokens", "answers")),
    (
        "Order of training, texts by authors, length of the probe",
        ("training_order", "reference_texts", "other_texts", "probe_length"),
    ),
)


def _exhibit(name: str, help_text: str) -> "forms.ModelChoiceField[Exhibit]":
    """A field for one of the exhibits that models are shown."""
    return forms.ModelChoiceField(
        queryset=Exhibit.objects.none(),
        label=capfirst(EXHIBITS[name].word),
        required=False,
        empty_label="None",
        help_text=help_text,
    )


def _number(
    name: str, help_text: str = "", kind: type[forms.IntegerField] = forms.IntegerField
) -> forms.IntegerField:
    """A field for a number, which says what is taken where it is left empty."""
    least, most = BOUNDS[name]
    return kind(
        label=capfirst(NUMBERS[name].word),
        required=False,
        min_value=least,
        max_value=most,
        help_text=f"{help_text} Left empty: {otherwise(name)}.".strip(),
    )


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
    probe = _exhibit(
        "probe",
        "An exhibit with the text, or the numbered tokens, that both models are given. Only methods that run "
        "the models read it.",
    )
    served = _exhibit(
        "served",
        "An exhibit with the prompts that the reference’s interface answered, and its answers, one in each "
        "line (JSONL).",
    )
    fresh = _exhibit(
        "fresh",
        f"An exhibit with {FEWEST} or more further answers of the service itself to each prompt, in the "
        "order of the logs, one prompt in each line (JSONL). Without it the reference draws them here, by "
        "the numbers below.",
    )
    temperature = _number(
        "temperature",
        "If it is wrong, what is drawn here is no draw like what was served, and the test of the logs fails "
        "or misleads.",
        forms.FloatField,
    )
    top_p = _number(
        "top_p", "The share of likelihood from which the service draws; 1 is all of it.", forms.FloatField
    )
    max_tokens = _number("max_tokens")
    answers = _number("answers", f"With fewer than {FEWEST} nothing can be tested.")
    training_order = _exhibit(
        "training_order",
        "An exhibit with texts on which the reference was trained, in that order, one in each line (JSONL).",
    )
    reference_texts = _exhibit(
        "reference_texts",
        "An exhibit with texts that the reference wrote, one in each line (JSONL). Where nobody names texts, "
        "the reference and independent models write them, going on from the probe.",
    )
    other_texts = _exhibit(
        "other_texts", "An exhibit with texts that other models or people wrote, one in each line (JSONL)."
    )
    probe_length = _number("probe_length", "Each line of a probe in words is cut to it.")
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
        seen = exhibits_in_case(user, job.case)
        for name in EXHIBITS:
            # One that the draft names stays among the choices when it is withdrawn: saving drops nothing.
            named = seen.filter(pk=getattr(job, f"{name}_id"))
            choose_among(self, name, standing(seen) | named)

    def folds(self, asked: str = "") -> list[tuple[str, list[forms.BoundField], bool]]:
        """What few comparisons need, folded away: each heading with its fields, and whether it is open.

        Args:
            asked: a field that must be in sight.
        """
        folds = [(heading, [self[name] for name in names]) for heading, names in FOLDED]
        return [
            (heading, fields, any(one.errors or one.name == asked or one.value() for one in fields))
            for heading, fields in folds
        ]
