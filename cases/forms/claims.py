"""Who claims what against whom."""

from typing import Any

from django import forms

from cases.forms.fields import choose_among, long_text
from cases.models import Case, Claim, Party
from jurisdictions.models import CauseOfAction


class _Cause(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, cause: CauseOfAction) -> str:
        return f"{cause.jurisdiction}: {cause.name}"


def _side(label: str) -> Any:
    return forms.ModelMultipleChoiceField(
        queryset=Party.objects.none(), label=label, widget=forms.CheckboxSelectMultiple
    )


class ClaimForm(forms.Form):
    """A claim or counterclaim between parties of the matter."""

    cause = _Cause(
        queryset=CauseOfAction.objects.select_related("jurisdiction"),
        label="Cause of action",
        empty_label="Choose a cause of action",
    )
    claimants = _side("Who claims")
    defendants = _side("Against whom")
    is_counterclaim = forms.BooleanField(required=False, label="Counterclaim")
    in_the_alternative = forms.BooleanField(
        required=False,
        label="In the alternative",
        help_text="Pleaded in case the claims before it fail.",
    )
    governing_law = forms.CharField(max_length=200, required=False)
    relief = long_text("Relief sought", help_text="Injunction, damages or an account, delivery up, costs.")

    def __init__(self, *args: Any, case: Case, claim: Claim | None = None, **kwargs: Any) -> None:
        if claim is not None:
            kwargs["initial"] = {name: getattr(claim, name) for name in self.base_fields} | {
                "claimants": claim.claimants.all(),
                "defendants": claim.defendants.all(),
            }
        super().__init__(*args, **kwargs)
        for side in ("claimants", "defendants"):
            choose_among(self, side, case.parties.all())
