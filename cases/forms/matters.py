"""Opening a matter and correcting what it is called."""

from typing import Any

from django import forms

from accounts.models import User
from cases import access
from cases.models import Case
from cases.selectors import with_claim_number
from jurisdictions.models import Court


class MatterForm(forms.Form):
    """A matter's title, court and claim number.

    A number that another matter of this person's carries is refused until they say that it is right.
    """

    title = forms.CharField(max_length=300, help_text="As the court writes it: claimant v defendant.")
    court = forms.ModelChoiceField(
        queryset=Court.objects.select_related("jurisdiction"), empty_label="Choose a court"
    )
    claim_number = forms.CharField(max_length=60, required=False, label="Claim number")
    same_number = forms.BooleanField(
        required=False,
        label="It is the same number, and that is right",
        help_text="Two matters may share a claim number, for instance after a consolidation.",
    )

    def __init__(self, *args: Any, user: User, case: Case | None = None, **kwargs: Any) -> None:
        if case is not None:
            kwargs["initial"] = {"title": case.title, "court": case.court, "claim_number": case.claim_number}
        super().__init__(*args, **kwargs)
        self.user, self.case = user, case
        self.others: list[Case] = []
        self.order_fields(["court", "claim_number", "same_number", "title"])

    def clean(self) -> dict[str, Any]:
        """Another matter with the same number is named, and must be confirmed."""
        cleaned = super().clean() or self.cleaned_data
        number = cleaned.get("claim_number", "")
        visible = access.visible(self.user)
        self.others = list(with_claim_number(number, among=visible, other_than=self.case))
        if self.others and not cleaned.get("same_number"):
            names = " and ".join(other.title for other in self.others)
            self.add_error(
                "same_number",
                f"{names} has this claim number already. Correct the number, or tick that it is right.",
            )
        return cleaned

    @property
    def asks_same_number(self) -> bool:
        """Whether the question about another matter has to be put."""
        return bool(self.others)
