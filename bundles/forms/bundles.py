"""What a person says of a bundle, its sections, its entries and how to build it."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms

from bundles import defaults
from bundles.models import Build, Bundle, Entry, Section
from bundles.pdf import profile as rules
from cases.forms.fields import choose_among, day, long_text, moment
from cases.models import Case, Hearing

BOTH = "both"
MASTERS = (Bundle.Kind.HEARING, Bundle.Kind.SUPPLEMENTARY)
"""The kinds of bundle from which a core bundle takes its pages."""
ON_FAILURE = Bundle.OnFailure.choices


class _Hearing(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, hearing: Hearing) -> str:
        return f"{hearing.title}, {hearing.starts_at:%-d %B %Y}"


class _Folding(forms.Form):
    """A form whose fields named in ``MORE`` only some people need; a page shows them folded away."""

    MORE: tuple[str, ...] = ()

    @property
    def more_is_used(self) -> bool:
        """Whether one of the folded fields holds something else than it begins with, or is refused."""
        return any(self._used(name) for name in self.MORE if name in self.fields)

    def _used(self, name: str) -> bool:
        now, first = self[name].value(), self.base_fields[name].initial
        return bool(self[name].errors) or str(now or "") != str(first or "")


class BundleForm(_Folding):
    """What a bundle is called, for which hearing, and under which rules it is built."""

    title = forms.CharField(max_length=200, help_text="As it stands on the index: Hearing bundle, Bundle A.")
    master = forms.ModelChoiceField(
        label="Main bundle",
        queryset=Bundle.objects.none(),
        empty_label=None,
        help_text="Its pages are taken from there, and carry their numbers there beside their own.",
    )
    exhibit_mark = forms.CharField(label="Exhibit mark", max_length=20, help_text="Such as HP2.")
    statement_marks = long_text(
        "Marks of the statement",
        rows=5,
        help_text="The top right corner of the front sheet, a line each: party, witness, number of the "
        "statement, exhibit, date.",
    )
    hearing = _Hearing(queryset=Hearing.objects.none(), required=False, empty_label="No hearing listed yet")
    hearing_date = day("Date of the hearing", help_text="Left empty, it is the chosen hearing's own date.")
    profile = forms.ChoiceField(
        label="Rules", help_text="The court's rules that the finished file is made and checked by."
    )
    on_failure = forms.ChoiceField(
        label="When a document cannot go in",
        choices=ON_FAILURE,
        widget=forms.RadioSelect,
        initial=Bundle.OnFailure.STOP,
    )
    letter = forms.CharField(
        label="Letter of the bundle",
        max_length=4,
        required=False,
        help_text="Where there are several: A makes references such as A/45.",
    )
    late = forms.ChoiceField(
        label="Documents that come after delivery",
        choices=Bundle.Late.choices,
        widget=forms.RadioSelect,
        initial=Bundle.Late.APPEND,
    )
    largest_mib = forms.IntegerField(
        label="Largest file, in MB",
        min_value=1,
        max_value=100_000,
        required=False,
        help_text="Pictures are made coarser until it fits. Left empty, only what is finer than the court "
        "wants is.",
    )
    bates_prefix = forms.CharField(
        label="Bates numbers begin with",
        max_length=20,
        required=False,
        help_text="Such as AUR-, for AUR-000001 on every page of the documents. Left empty, there are none.",
    )
    bates_start = forms.IntegerField(
        label="First Bates number", min_value=1, max_value=9_999_999, required=False, initial=1
    )
    MORE = ("letter", "late", "largest_mib", "bates_prefix", "bates_start")
    OF_KIND: Mapping[str, tuple[str, ...]] = {
        Bundle.Kind.CORE: ("master",),
        Bundle.Kind.EXHIBIT: ("exhibit_mark", "statement_marks"),
    }

    def __init__(
        self,
        *args: Any,
        case: Case,
        kind: str = Bundle.Kind.HEARING,
        bundle: Bundle | None = None,
        **kwargs: Any,
    ) -> None:
        if bundle is not None:
            kind = bundle.kind
            kwargs["initial"] = {name: getattr(bundle, name, None) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        chosen = bundle.profile if bundle else defaults.profile_for(case.court, kind)
        self._keep_only(kind, rules.load(chosen))
        choose_among(self, "hearing", case.hearings.all())
        names = cast(forms.ChoiceField, self.fields["profile"])
        names.choices = defaults.profiles()
        names.initial = chosen
        if "master" in self.fields:
            whole = case.bundles.filter(kind__in=MASTERS).order_by("kind", "title")
            choose_among(self, "master", whole.exclude(pk=bundle.pk) if bundle else whole)

    def _keep_only(self, kind: str, asked: rules.Profile) -> None:
        """Fields of other kinds go, and the choice of where late documents stand where there is none."""
        for other, names in self.OF_KIND.items():
            if other != kind:
                for name in names:
                    del self.fields[name]
        if len(asked.numbering.late) < 2:
            del self.fields["late"]

    def clean_bates_start(self) -> int:
        """The first number, 1 where none is given."""
        return self.cleaned_data["bates_start"] or 1


class NewBundleForm(BundleForm):
    """A bundle with the sections that it begins with."""

    sections = forms.CharField(
        label="Sections",
        required=False,
        widget=forms.Textarea,
        help_text="One on each line, in order. They can be changed at any time.",
    )

    def __init__(self, *args: Any, case: Case, kind: str = Bundle.Kind.HEARING, **kwargs: Any) -> None:
        usual = defaults.SECTIONS.get(Bundle.Kind(kind), ())
        first = {"title": defaults.TITLES[Bundle.Kind(kind)], "sections": "\n".join(usual)}
        super().__init__(
            *args, case=case, kind=kind, initial={**first, **kwargs.pop("initial", {})}, **kwargs
        )
        self.fields["sections"].widget.attrs["rows"] = max(2, len(usual))
        if kind == Bundle.Kind.CORE:
            del self.fields["sections"]

    def clean_sections(self) -> list[str]:
        """The sections' titles, without empty lines."""
        return [line.strip()[:200] for line in self.cleaned_data["sections"].splitlines() if line.strip()]


class SectionForm(forms.Form):
    """A section's heading."""

    title = forms.CharField(label="Heading", max_length=200, help_text="As it stands in the index.")


class EntryForm(_Folding):
    """How a document is called in the index, where it stands, and which of its pages go in."""

    title = forms.CharField(
        label="Title in the index",
        max_length=300,
        required=False,
        help_text="Left empty, the index says what the exhibit is called.",
    )
    section = forms.ModelChoiceField(queryset=Section.objects.none(), empty_label=None)
    pages = forms.CharField(
        label="Only these pages",
        max_length=400,
        required=False,
        help_text="The document’s own pages, such as 1-3, 7. Left empty, all of them go in.",
    )
    signpost = forms.CharField(
        label="Kept elsewhere",
        max_length=400,
        required=False,
        help_text="Where the document is instead, such as “bundle C, page 212”. A page that says so then "
        "stands in its place.",
    )
    MORE = ("pages", "signpost")

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "title": str(entry),
            "section": entry.section,
            "pages": entry.pages,
            "signpost": entry.signpost,
        }
        super().__init__(*args, **kwargs)
        choose_among(self, "section", entry.section.bundle.sections.all())


class PickerForm(forms.Form):
    """What the list of exhibits is narrowed to."""

    SHOWN = [("", "All exhibits"), ("absent", "Not in the bundle yet"), ("ready", "Ready to go in")]

    words = forms.CharField(label="Words in title, mark or file name", required=False)
    shown = forms.ChoiceField(label="Show", choices=SHOWN, required=False)


class DeliveryForm(forms.Form):
    """Who has been given a version, how and when."""

    to = forms.CharField(label="Who has it", max_length=200)
    channel = forms.CharField(
        label="How they got it",
        max_length=100,
        required=False,
        help_text="Such as CE-File, e-mail or by hand.",
    )
    at = moment("When")


class TakeForm(forms.Form):
    """Pages of the main bundle by their numbers there."""

    pages = forms.CharField(
        label="Pages of the main bundle",
        max_length=1000,
        required=False,
        help_text="By the numbers printed on them, such as 12-15, 40.",
    )


class BuildForm(forms.Form):
    """How to build, this once."""

    variant = forms.ChoiceField(
        label="Which version",
        choices=[
            (BOTH, "Both, one after the other"),
            (Build.Variant.FULL, "The confidential one: every document as it is"),
            (Build.Variant.REDACTED, "The redacted one: with the redacted copies, for those outside"),
        ],
        widget=forms.RadioSelect,
        required=False,
        help_text="Both have the same page numbers.",
    )

    on_failure = forms.ChoiceField(
        label="When a document cannot go in", choices=ON_FAILURE, widget=forms.RadioSelect, required=False
    )
    privileged_confirmed = forms.BooleanField(
        label="The privileged documents are meant to be in this bundle", required=False
    )

    @property
    def variants(self) -> list[Build.Variant]:
        """Which builds are asked for, in order."""
        asked = self.cleaned_data["variant"] or Build.Variant.FULL
        return [Build.Variant.FULL, Build.Variant.REDACTED] if asked == BOTH else [Build.Variant(asked)]
