"""Whose public key a person records."""

from django import forms

from comparison.signing import PREFIX


class KeyForm(forms.Form):
    """A public key, whose it is, and how the person who records it knows."""

    name = forms.CharField(max_length=200, label="Whose key it is", help_text="A person or a clean room.")
    public_key = forms.CharField(
        max_length=120,
        label="Public key",
        help_text=f"The line that begins with {PREFIX}, as “python -m comparison key FILE” prints it there.",
    )
    obtained_how = forms.CharField(
        max_length=300,
        label="How it came, and how it was compared",
        help_text="Compare the fingerprint by another way than the key came: on the telephone, or in person.",
    )


class WithdrawKeyForm(forms.Form):
    """Why a key is withdrawn."""

    because = forms.CharField(
        max_length=300,
        label="Why it is withdrawn",
        help_text="For example that somebody else may have read it, and since when.",
    )
