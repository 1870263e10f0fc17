"""Who stands in a matter, and who may see it."""

from typing import Any

from django import forms

from cases.forms.fields import long_text
from cases.models import Membership, Party


class PartyForm(forms.Form):
    """A party, its role, who represents it and where it is served."""

    name = forms.CharField(max_length=300, help_text="The full name, as in the claim form.")
    role = forms.ChoiceField(choices=Party.Role)
    representation = forms.CharField(
        max_length=300, required=False, help_text="Solicitors; counsel. Leave empty for a litigant in person."
    )
    address_for_service = long_text("Address for service", help_text="With the e-mail address, if it is one.")
    place_of_service = forms.ChoiceField(
        choices=[("", "Not known yet"), *Party.Place.choices],
        required=False,
        help_text="Where it is served, which need not be its seat: its time to respond depends on it.",
    )
    aliases = long_text("Also called", help_text="One name a line: trade names, short names, former names.")

    def __init__(self, *args: Any, party: Party | None = None, **kwargs: Any) -> None:
        if party is not None:
            values = {name: getattr(party, name) for name in self.base_fields}
            kwargs["initial"] = {**values, "aliases": "\n".join(party.aliases)}
        super().__init__(*args, **kwargs)

    def clean_aliases(self) -> list[str]:
        """One alias for each line, empty lines left out, none twice."""
        lines = (line.strip() for line in self.cleaned_data["aliases"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class MemberForm(forms.Form):
    """A person to admit, by e-mail address."""

    email = forms.EmailField(label="E-mail address")
    role = forms.ChoiceField(
        choices=Membership.Role,
        initial=Membership.Role.READER,
        help_text="Owners decide who sees the matter, editors write in it, readers read it; "
        "outside experts read it without what is privileged.",
    )


class MemberRoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(choices=Membership.Role)
