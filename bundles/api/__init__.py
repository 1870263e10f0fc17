"""Addresses of the bundles' API: the same access and the same actions as the pages."""

from django.urls import URLPattern, path

from bundles.api import builds, bundles, changes, checks, contents, duplicates, files, redactions

ONE = "bundles/<uuid:bundle_id>/"
VERSION = f"{ONE}versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    *redactions.urlpatterns,
    path("checks/", checks.Checks.as_view(), name="checks"),
    path("checks/<uuid:check_id>/", checks.OneCheck.as_view(), name="check"),
    path("matters/<uuid:case_id>/bundles/", bundles.Bundles.as_view(), name="bundles"),
    path(ONE, bundles.OneBundle.as_view(), name="bundle"),
    path(f"{ONE}order/", bundles.Order.as_view(), name="bundle-order"),
    path(f"{ONE}sections/", contents.Sections.as_view(), name="bundle-sections"),
    path(f"{ONE}sections/<int:section_id>/", contents.OneSection.as_view(), name="bundle-section"),
    path(f"{ONE}entries/", contents.Entries.as_view(), name="bundle-entries"),
    path(f"{ONE}entries/<int:entry_id>/", contents.OneEntry.as_view(), name="bundle-entry"),
    path(f"{ONE}authorities/", contents.Authorities.as_view(), name="bundle-authorities"),
    path(f"{ONE}taken/", contents.Taken.as_view(), name="bundle-taken"),
    path(f"{ONE}edition/", files.Edition.as_view(), name="bundle-edition"),
    path(f"{ONE}duplicates/", duplicates.Duplicates.as_view(), name="bundle-duplicates"),
    path(f"{ONE}builds/", builds.Builds.as_view(), name="bundle-builds"),
    path(f"{ONE}builds/<int:build_id>/", builds.OneBuild.as_view(), name="bundle-build"),
    path(f"{ONE}versions/", builds.Versions.as_view(), name="bundle-versions"),
    path(VERSION, builds.OneVersion.as_view(), name="bundle-version"),
    path(f"{VERSION}changes/", changes.Changes.as_view(), name="bundle-changes"),
    path(f"{VERSION}file/", files.Whole.as_view(), name="bundle-version-file"),
    path(f"{VERSION}files/<slug:kind>/<int:place>/", files.Further.as_view(), name="bundle-further-file"),
    path(f"{VERSION}deliveries/", files.Deliveries.as_view(), name="bundle-deliveries"),
    path(f"{VERSION}certificates/", files.Certificates.as_view(), name="bundle-certificates"),
    path(f"{VERSION}signatures/", files.Signatures.as_view(), name="bundle-signatures"),
]
