"""Addresses of the bundles' API: the same access and the same actions as the pages."""

from django.urls import URLPattern, path

from bundles.api import builds, bundles, contents

ONE = "bundles/<uuid:bundle_id>/"

urlpatterns: list[URLPattern] = [
    path("matters/<uuid:case_id>/bundles/", bundles.Bundles.as_view(), name="bundles"),
    path(ONE, bundles.OneBundle.as_view(), name="bundle"),
    path(f"{ONE}order/", bundles.Order.as_view(), name="bundle-order"),
    path(f"{ONE}sections/", contents.Sections.as_view(), name="bundle-sections"),
    path(f"{ONE}sections/<int:section_id>/", contents.OneSection.as_view(), name="bundle-section"),
    path(f"{ONE}entries/", contents.Entries.as_view(), name="bundle-entries"),
    path(f"{ONE}entries/<int:entry_id>/", contents.OneEntry.as_view(), name="bundle-entry"),
    path(f"{ONE}builds/", builds.Builds.as_view(), name="bundle-builds"),
    path(f"{ONE}builds/<int:build_id>/", builds.OneBuild.as_view(), name="bundle-build"),
    path(f"{ONE}versions/", builds.Versions.as_view(), name="bundle-versions"),
    path(f"{ONE}versions/<int:number>/", builds.OneVersion.as_view(), name="bundle-version"),
    path(f"{ONE}versions/<int:number>/file/", builds.VersionFile.as_view(), name="bundle-version-file"),
]
