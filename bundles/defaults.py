"""What a bundle of each kind begins with at each court, so that a person need only confirm it."""

from bundles.models import Bundle
from bundles.pdf import profile
from jurisdictions.models import Court

SECTIONS = {
    Bundle.Kind.HEARING: (
        "A. Statements of case",
        "B. Applications and orders",
        "C. Witness statements and exhibits",
        "D. Expert evidence",
        "E. Correspondence",
        "F. Other documents",
    ),
    Bundle.Kind.AUTHORITIES: ("Legislation", "Cases", "Other materials"),
    Bundle.Kind.EXHIBIT: ("Documents",),
    Bundle.Kind.SUPPLEMENTARY: ("Supplementary documents",),
}
"""The sections of a new bundle; a core bundle's come from its main bundle."""

TITLES = {
    Bundle.Kind.HEARING: "",
    Bundle.Kind.CORE: "Core bundle",
    Bundle.Kind.AUTHORITIES: "Bundle of authorities",
    Bundle.Kind.EXHIBIT: "",
    Bundle.Kind.SUPPLEMENTARY: "Supplementary bundle",
}

EXHIBIT_PROFILE = {"ew": "exhibit"}
"""By the first part of a profile's name: the rules for a single exhibit."""


BY_JURISDICTION = {"us": "us-district"}
ELSEWHERE = "ew-2021"
"""For a court that names no rules of its own."""


def profile_for(court: Court, kind: str) -> str:
    """The rules by which a bundle of this kind is made at this court, unless a person chooses others."""
    usual = court.bundle_profile or BY_JURISDICTION.get(court.pk.partition("-")[0], ELSEWHERE)
    if kind == Bundle.Kind.EXHIBIT:
        return EXHIBIT_PROFILE.get(usual.partition("-")[0], usual)
    return usual


def profiles() -> list[tuple[str, str]]:
    """Every profile with its name in words, in the order of those words."""
    return sorted(((name, profile.load(name).title) for name in profile.names()), key=lambda pair: pair[1])
