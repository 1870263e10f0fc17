"""What a person says of a bundle, its sections, its entries and how to build it."""

from typing import Any, cast

from django import forms

from bundles.models import Bundle, Entry, Section
from bundles.pdf import profile
from bundles.selectors import USUAL_SECTIONS
from cases.forms.fields import choose_among, day
from cases.models import Case, Hearing

ON_FAILURE = Bundle.OnFailure.choices


class _Hearing(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, hearing: Hearing) -> str:
        return f"{hearing.title}, {hearing.starts_at:%-d %B %Y}"


class BundleForm(forms.Form):
    """What a bundle is called, for which hearing, and under which rules it is built."""

    title = forms.CharField(max_length=200, help_text="As it stands on the index: Hearing bundle, Bundle A.")
    hearing = _Hearing(queryset=Hearing.objects.none(), required=False, empty_label="No hearing listed yet")
    hearing_date = day("Date of the hearing", help_text="Left empty, it is the chosen hearing's own date.")
    profile = forms.ChoiceField(
        label="Rules", help_text="The court's rules that the finished file is checked by."
    )
    on_failure = forms.ChoiceField(
        label="When a document cannot go in",
        choices=ON_FAILURE,
        widget=forms.RadioSelect,
        initial=Bundle.OnFailure.STOP,
    )

    def __init__(self, *args: Any, case: Case, bundle: Bundle | None = None, **kwargs: Any) -> None:
        if bundle is not None:
            kwargs["initial"] = {name: getattr(bundle, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        choose_among(self, "hearing", case.hearings.all())
        names = cast(forms.ChoiceField, self.fields["profile"])
        names.choices = [(name, PROFILES.get(name, name)) for name in profile.names()]
        names.initial = case.court.bundle_profile


class NewBundleForm(BundleForm):
    """A bundle with the sections that it begins with."""

    sections = forms.CharField(
        label="Sections",
        required=False,
        widget=forms.Textarea(attrs={"rows": len(USUAL_SECTIONS)}),
        help_text="One on each line, in order. They can be changed at any time.",
        initial="\n".join(USUAL_SECTIONS),
    )

    def clean_sections(self) -> list[str]:
        """The sections' titles, without empty lines."""
        return [line.strip()[:200] for line in self.cleaned_data["sections"].splitlines() if line.strip()]


class SectionForm(forms.Form):
    """A section's heading."""

    title = forms.CharField(label="Heading", max_length=200, help_text="As it stands in the index.")


class EntryForm(forms.Form):
    """How a document is called in the index, and in which section it stands."""

    title = forms.CharField(
        label="Title in the index",
        max_length=300,
        required=False,
        help_text="Left empty, the index says what the exhibit is called.",
    )
    section = forms.ModelChoiceField(queryset=Section.objects.none(), empty_label=None)

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": str(entry), "section": entry.section}
        super().__init__(*args, **kwargs)
        choose_among(self, "section", entry.section.bundle.sections.all())


class PickerForm(forms.Form):
    """What the list of exhibits is narrowed to."""

    SHOWN = [("", "All exhibits"), ("absent", "Not in the bundle yet"), ("ready", "Ready to go in")]

    words = forms.CharField(label="Words in title, mark or file name", required=False)
    shown = forms.ChoiceField(label="Show", choices=SHOWN, required=False)


class BuildForm(forms.Form):
    """How to build, this once."""

    on_failure = forms.ChoiceField(
        label="When a document cannot go in", choices=ON_FAILURE, widget=forms.RadioSelect, required=False
    )
    privileged_confirmed = forms.BooleanField(
        label="The privileged documents are meant to be in this bundle", required=False
    )


PROFILES = {"ew-2021": "England and Wales: General Guidance on Electronic Court Bundles (29 November 2021)"}
"""Profiles in words; one without words is shown by its name."""
