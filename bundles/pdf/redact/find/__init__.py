"""Finding what may have to be redacted: proposals with places, for a person to accept or dismiss."""

from bundles.pdf.redact.find.names import find_names
from bundles.pdf.redact.find.patterns import PATTERNS, find_patterns
from bundles.pdf.redact.find.proposal import Proposal

__all__ = ["PATTERNS", "Proposal", "find_names", "find_patterns"]
