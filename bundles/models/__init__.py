"""Bundles, what is built of them, and the copies that go in."""

from bundles.models.builds import Build, Delivery, Version, VersionFile
from bundles.models.checks import FileCheck
from bundles.models.contents import AuthorityCopy, Bundle, Entry, Section
from bundles.models.duplicates import DocumentPrint, DuplicateDecision
from bundles.models.redaction import RedactedCopy, Redaction

__all__ = [
    "AuthorityCopy",
    "Build",
    "Bundle",
    "Delivery",
    "DocumentPrint",
    "DuplicateDecision",
    "Entry",
    "FileCheck",
    "RedactedCopy",
    "Redaction",
    "Section",
    "Version",
    "VersionFile",
]
