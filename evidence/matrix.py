"""Which element of which claim has what evidence, and which has none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from cases.models import Case, Claim, ElementPosition
from evidence.models import ElementLink, Exhibit
from jurisdictions.models import Element


@dataclass(frozen=True, slots=True)
class Cell:
    """How many linked pages weigh one way, and how darkly the cell is filled (0 to 4)."""

    weight: str
    word: str
    count: int

    @property
    def fill(self) -> int:
        """The cell's shade, from 0 to 4."""
        return min(self.count, 4)


@dataclass(frozen=True, slots=True)
class Row:
    """One element of one claim: what each side says of it, and its evidence."""

    element: Element
    claiming: ElementPosition | None
    answering: ElementPosition | None
    cells: Sequence[Cell]

    @property
    def has_evidence(self) -> bool:
        """Whether anything at all is linked, whichever way it weighs."""
        return any(cell.count for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """One claim with a row for each of its elements."""

    claim: Claim
    rows: Sequence[Row]

    @property
    def bare(self) -> list[Row]:
        """The elements without any evidence."""
        return [row for row in self.rows if not row.has_evidence]


def tables(case: Case, visible: QuerySet[Exhibit]) -> list[Table]:
    """Every claim of the matter in order, counting standing exhibits that the reader may know of."""
    claims = case.claims.select_related("cause__jurisdiction").prefetch_related(
        "cause__elements", "claimants", "defendants", "positions"
    )
    links = ElementLink.objects.filter(
        claim__case=case, exhibit__in=visible.filter(withdrawn_at=None)
    ).order_by()
    counts: dict[tuple[int, int, str], int] = defaultdict(int)
    for claim_id, element_id, weight in links.values_list("claim_id", "element_id", "weight"):
        counts[claim_id, element_id, weight] += 1
    return [Table(claim, list(_rows(claim, counts))) for claim in claims]


def _rows(claim: Claim, counts: dict[tuple[int, int, str], int]) -> Iterable[Row]:
    said = {(stand.element_id, stand.side): stand for stand in claim.positions.all()}
    for element in claim.cause.elements.all():
        yield Row(
            element,
            said.get((element.pk, ElementPosition.Side.CLAIMANT)),
            said.get((element.pk, ElementPosition.Side.DEFENDANT)),
            [
                Cell(weight, word, counts[claim.pk, element.pk, weight])
                for weight, word in ElementLink.Weight.choices
            ],
        )
