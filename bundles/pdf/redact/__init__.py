"""Redaction that removes: rectangles in, a fresh document without what stood in them and a report out."""

from bundles.pdf.redact.box import Box
from bundles.pdf.redact.errors import RedactionFailed
from bundles.pdf.redact.make import redact
from bundles.pdf.redact.report import RedactionReport

__all__ = ["Box", "RedactionFailed", "RedactionReport", "redact"]
