"""The bundle's own pages besides its indexes: front sheets, and pages in the place of documents."""

from io import BytesIO

from pikepdf import Pdf

from bundles.pdf.contents import BundleSpec
from bundles.pdf.numbers import page_numbers
from bundles.pdf.plan import Plan, Tab
from bundles.pdf.profile import Profile
from bundles.pdf.rows import front_context, placeholder_context, sheet_size, signpost_context
from bundles.pdf.typeset import Typesetting


def lay_out_sheets(spec: BundleSpec, profile: Profile, tabs: list[Tab], typesetting: Typesetting) -> None:
    """Front sheets stand before their exhibits, and pages in the place of documents that are missing."""
    size = sheet_size(profile)
    for tab in tabs:
        if tab.failed:
            tab.pdf = _open(typesetting.pdf("placeholder.html", placeholder_context(tab, size)))
        if tab.entry.front and tab.source:
            tab.sheet = _open(typesetting.pdf("front.html", front_context(tab, tab.entry.front, spec, size)))
            tab.sheets = len(tab.sheet.pages)


def lay_out_signposts(
    spec: BundleSpec, profile: Profile, plan: Plan, tabs: list[Tab], typesetting: Typesetting
) -> None:
    """In the place of each document that is kept elsewhere stands a page that says where."""
    numbers = page_numbers(plan, spec, profile.numbering.prefix)
    for tab in tabs:
        if not tab.entry.signpost:
            continue
        to = tab.entry.signpost_to
        page = numbers[tabs[to - 1].first - 1] if to else ""
        context = signpost_context(tab, sheet_size(profile), page)
        tab.pdf = _open(typesetting.pdf("signpost.html", context))


def _open(content: bytes) -> Pdf:
    return Pdf.open(BytesIO(content))
