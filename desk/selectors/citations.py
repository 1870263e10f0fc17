"""Which authorities the papers of a matter name."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User
from authorities.models import Authority
from cases.models import Case
from evidence import access as exhibits
from evidence.entities import EntityKind
from evidence.models import Entity, Page
from evidence.selectors import standing

PLACES = 6
"""Pages of one citation that are linked; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page first names a decision: the page, and the offsets in its text."""

    page: Page
    start: int
    end: int


@dataclass(slots=True)
class Named:
    """A neutral citation that stands in the papers of a matter.

    Args:
        citation: in normal form.
        count: of the pages it stands on.
        authorities: what Assize holds under it: full text, summary, both or nothing.
        places: on the first ``PLACES`` of those pages, in the order of the exhibits.
    """

    citation: str
    count: int
    authorities: list[Authority] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def more(self) -> int:
        """Pages that ``places`` leaves out."""
        return self.count - len(self.places)


def counted(user: User, case: Case) -> "QuerySet[Any, tuple[str, int]]":
    """Each neutral citation in the exhibits that this person may see, and on how many pages it stands.

    The most often named comes first.
    """
    by_citation = _mentions(user, case).order_by().values("normal")
    numbered = by_citation.annotate(count=Count("page", distinct=True)).order_by("-count", "normal")
    rows: QuerySet[Any, tuple[str, int]] = numbered.values_list("normal", "count")
    return rows


def named(user: User, case: Case, rows: Iterable[tuple[str, int]]) -> list[Named]:
    """These rows of ``counted``, with what is held of each citation and where it stands."""
    found = {citation: Named(citation, count) for citation, count in rows}
    for authority in Authority.objects.filter(neutral_citation__in=found).order_by("origin"):
        found[authority.neutral_citation].authorities.append(authority)
    first: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    mentions = _mentions(user, case).filter(normal__in=found)
    for citation, page, start, end in mentions.order_by(
        "page__exhibit__number", "page__number", "start"
    ).values_list("normal", "page", "start", "end"):
        if len(first[citation]) < PLACES:
            first[citation].setdefault(page, (start, end))
    pages = Page.objects.defer("text", "lines").select_related("exhibit")
    shown = pages.in_bulk({page for places in first.values() for page in places})
    for citation, places in first.items():
        found[citation].places = [Place(shown[page], *span) for page, span in places.items()]
    return list(found.values())


def _mentions(user: User, case: Case) -> QuerySet[Entity]:
    mine = standing(exhibits.in_case(user, case)).values("pk")
    return Entity.objects.filter(kind=EntityKind.CITATION, page__exhibit__in=mine)
