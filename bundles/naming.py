"""What a bundle's file is called (rule EW-13: claim number, short case name, bundle, hearing date)."""

import re
from datetime import date

CORPORATE = re.compile(
    r"\b(?:limited|ltd|plc|llp|lp|inc|incorporated|corporation|corp|company|gmbh|pte|pty|s\.?a\.?)\b\.?",
    re.IGNORECASE,
)
PLACE = re.compile(r"\([^)]*\)")
LONGEST_PART = 70  # characters; the whole stays well under the 255 bytes that file systems allow


def file_name(*, claim_number: str, case: str, title: str, hearing_date: date | None) -> str:
    """A file name of the claim number, short case name, bundle title and hearing date, as far as known.

    Law: General Guidance on Electronic Court Bundles (29 November 2021), on the naming of files.
    """
    parts = [_plain(claim_number), _plain(short_name(case)), _plain(title)]
    if hearing_date:
        parts.append(hearing_date.isoformat())
    return " ".join(part for part in parts if part) + ".pdf"


def full_title(title: str, *, letter: str = "", redacted: bool = False, confidential: bool = False) -> str:
    """The title with the bundle's letter, and which of a confidential and redacted pair it is.

    Args:
        title: as it stands on the index.
        letter: the bundle's letter; not said twice.
        redacted: redacted copies stand in it.
        confidential: it is the one of the two with the originals.
    """
    said = letter and not title.upper().endswith(f" {letter}")
    which = "redacted" if redacted else "confidential" if confidential else ""
    return " ".join(part for part in (title, letter if said else "", which) if part)


def short_name(case: str) -> str:
    """The parties without their corporate endings and places: ``Aurelia Laboratories v Baiyun Cloud``."""
    return " ".join(PLACE.sub(" ", CORPORATE.sub(" ", case)).split())


def _plain(words: str) -> str:
    plain = " ".join(re.sub(r"[^\w\- ]+", " ", words).split())
    return plain if len(plain) <= LONGEST_PART else plain[:LONGEST_PART].rsplit(" ", 1)[0]
