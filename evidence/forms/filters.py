"""Which exhibits the list shows, and in which order; all of it stands in the address."""

from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, PositiveIntegerField, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy

from cases.models import Case, Party
from evidence.models import Exhibit, Intake, Rendition
from evidence.selectors import standing

SORTS = {
    "number": "number", "mark": "mark", "title": "title", "type": "type_name", "date": "dated",
    "party": "produced_by__name", "pages": "page_count", "size": "size", "state": "intake__state",
}  # fmt: skip
MAY_BE_EMPTY = ("dated", "produced_by__name", "page_count")
# Counted for the rows shown; a join would group every exhibit of the matter first.
PAGES = Subquery(
    Rendition.objects.filter(exhibit=OuterRef("pk")).order_by("-pages").values("pages")[:1],
    output_field=PositiveIntegerField(),
)
WORKING = (Intake.State.WAITING, Intake.State.RUNNING)


class ExhibitFilter(forms.Form):
    """Words, type, party, state, filed or not, withdrawn or not."""

    q = forms.CharField(label="Title, mark or file name", required=False)
    type = forms.ChoiceField(label="Type", required=False)
    party = forms.ModelChoiceField(
        Party.objects.none(), label="Produced by", required=False, empty_label="Any"
    )
    state = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Any"),
            ("working", "Being worked on"),
            ("ready", "Ready"),
            ("stopped", "Not converted"),
        ],
    )
    filed = forms.ChoiceField(
        label="On the docket", required=False, choices=[("", "Either"), ("yes", "Filed"), ("no", "Not filed")]
    )
    withdrawn = forms.ChoiceField(
        label="Withdrawn",
        required=False,
        choices=[("", "Leave out"), ("only", "Only these"), ("all", "Show too")],
    )

    def __init__(self, data: Any, *, case: Case, visible: QuerySet[Exhibit]) -> None:
        super().__init__(data)
        self.visible = visible
        self.fields["party"].queryset = case.parties.all()  # type: ignore[attr-defined]
        types = visible.order_by("type_name").values_list("type_name", flat=True).distinct()
        self.fields["type"].choices = [("", "Any"), *((name, name) for name in types)]  # type: ignore[attr-defined]

    def rows(self, sort: str) -> QuerySet[Exhibit]:
        """The exhibits asked for; attachments stand under their e-mail unless one is asked for by itself."""
        given = self.cleaned_data if self.is_valid() else {}
        rows = self.visible
        if words := given.get("q"):
            rows = rows.filter(
                Q(title__icontains=words) | Q(mark__iexact=words) | Q(original_name__icontains=words)
            )
        if given.get("type"):
            rows = rows.filter(type_name=given["type"])
        if given.get("party"):
            rows = rows.filter(produced_by=given["party"])
        rows = _in_state(rows, given.get("state", ""))
        if given.get("filed"):
            rows = rows.filter(filing__isnull=given["filed"] == "no")
        if given.get("withdrawn") != "all":
            rows = rows.filter(withdrawn_at__isnull=given.get("withdrawn") != "only")
        if not any(given.values()):
            shown = standing(self.visible).filter(pk=OuterRef("parent"))
            rows = rows.exclude(Exists(shown))
        return rows.annotate(page_count=PAGES).order_by(*_order(sort))

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the whole list was asked for."""
        return self.is_valid() and any(self.cleaned_data.values())


def _order(sort: str) -> list[str | OrderBy]:
    """What is empty comes last; a column that never is stays plain, so that its index gives the order."""
    key = SORTS.get(sort.lstrip("-"), "number")
    down = sort.startswith("-")
    if key not in MAY_BE_EMPTY:
        return [f"-{key}" if down else key, "number"]
    return [F(key).desc(nulls_last=True) if down else F(key).asc(nulls_last=True), "number"]


def _in_state(rows: QuerySet[Exhibit], state: str) -> QuerySet[Exhibit]:
    match state:
        case "working":
            return rows.filter(intake__state__in=WORKING)
        case "ready":
            return rows.filter(intake__state=Intake.State.READY)
        case "stopped":
            return rows.filter(intake__state__in=(Intake.State.NOT_CONVERTED, Intake.State.FAILED))
        case _:
            return rows
