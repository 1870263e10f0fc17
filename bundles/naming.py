"""What a bundle's file is called (rule EW-13: claim number, short case name, bundle, hearing date)."""

import re

from bundles.models import Bundle


def file_name(bundle: Bundle) -> str:
    """A file name with the claim number, short case name, bundle title and hearing date."""
    parts = [bundle.case.claim_number, bundle.case.title, bundle.title]
    if bundle.hearing_date:
        parts.append(bundle.hearing_date.isoformat())
    words = " ".join(part for part in parts if part)
    return re.sub(r"[^\w\- ]+", "", words)[:180].strip() + ".pdf"
