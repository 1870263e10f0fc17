"""Which authorities the papers of a matter name."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from accounts.models import User
from authorities.models import Authority
from cases.models import Case
from evidence import access as exhibits
from evidence.models import Page
from evidence.selectors import standing
from search.query import neutral

_YEAR_BEGINS = ("[20", "[19", "[18")


@dataclass(slots=True)
class Named:
    """A neutral citation that stands in the papers of a matter.

    Args:
        citation: in normal form.
        authorities: what Assize holds under it: full text, summary, both or nothing.
        pages: the pages it stands on, in the order of the exhibits.
    """

    citation: str
    authorities: list[Authority] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)


def named_in(user: User, case: Case) -> list[Named]:
    """Each neutral citation in the exhibits that this person may see, the most often named first."""
    found: dict[str, Named] = {}
    for page in _pages(user, case):
        for citation in neutral.find_all(page.text):
            found.setdefault(citation, Named(citation)).pages.append(page)
    held: dict[str, list[Authority]] = defaultdict(list)
    for authority in Authority.objects.filter(neutral_citation__in=found).order_by("origin"):
        held[authority.neutral_citation].append(authority)
    for citation, named in found.items():
        named.authorities = held[citation]
    return sorted(found.values(), key=lambda named: (-len(named.pages), named.citation))


def _pages(user: User, case: Case) -> Iterator[Page]:
    may_cite = reduce(or_, (Q(text__contains=start) for start in _YEAR_BEGINS))
    mine = standing(exhibits.in_case(user, case)).values("pk")
    pages = Page.objects.filter(may_cite, exhibit__in=mine).select_related("exhibit")
    return (
        pages.only("number", "text", "exhibit__number", "exhibit__title", "exhibit__mark", "exhibit__case")
        .order_by("exhibit__number", "number")
        .iterator(chunk_size=500)
    )
