"""What became of the references in a bundle's documents."""

from dataclasses import dataclass
from typing import Any

from bundles.pdf.references.pagemap import PageMap
from bundles.pdf.references.resolving import Reference


@dataclass(frozen=True)
class Followed:
    """The bundle's page map, and every reference of the documents that refer to its pages.

    ``unread`` names the documents whose text could not be read for references.
    """

    page_map: PageMap
    references: tuple[Reference, ...] = ()
    unread: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """How many were resolved, and those that need a person: on which page, in which words, and why."""
        unsettled = [each.as_json() for each in self.references if each.status != "resolved"]
        return {
            "resolved": len(self.references) - len(unsettled),
            "open": unsettled,
            "unread": list(self.unread),
            "page_map": self.page_map.as_json(),
        }
