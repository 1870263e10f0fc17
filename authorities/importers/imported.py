"""What every importer yields, whatever it read."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class ImportedParagraph:
    """One paragraph of an authority, or one piece without a number (preamble, heading alone, schedule).

    Args:
        number: as printed, without the full stop; empty when it has none.
        anchor: unique in the authority and the same at every import, for example ``para-45``.
        text: lines of text; footnotes stand in square brackets where they are called.
        heading: the headings above it, outermost first, joined by " / ".
    """

    number: str
    anchor: str
    text: str
    heading: str


@dataclass(frozen=True)
class ImportedAuthority:
    """One authority as read from its source; empty strings where the source does not say.

    Args:
        court: the court's full name.
        court_code: the source's own code for the court.
        uri: the permanent address.
        source_sha256: hash of the file as read, in hexadecimal.
    """

    kind: str
    name: str
    neutral_citation: str
    court: str
    court_code: str
    date: date
    uri: str
    judges: tuple[str, ...]
    paragraphs: tuple[ImportedParagraph, ...]
    source_sha256: str
    source_format: str
