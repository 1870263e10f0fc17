"""The addresses of a matter's bundles."""

from django.urls import URLPattern, path

from bundles.views import arrange, builds, bundles, contents, versions

app_name = "bundles"

MATTER = "matters/<uuid:case_id>/bundles/"
ONE = f"{MATTER}<uuid:bundle_id>/"

urlpatterns: list[URLPattern] = [
    path(MATTER, bundles.bundles, name="bundles"),
    path(f"{MATTER}new/", bundles.new, name="new"),
    path(ONE, arrange.bundle, name="bundle"),
    path(f"{ONE}edit/", bundles.edit, name="edit"),
    path(f"{ONE}arrange/", arrange.arrange, name="arrange"),
    path(f"{ONE}add/", contents.add, name="add"),
    path(f"{ONE}entries/<int:entry_id>/", contents.entry, name="entry"),
    path(f"{ONE}sections/", contents.sections, name="sections"),
    path(f"{ONE}sections/order/", contents.section_order, name="section_order"),
    path(f"{ONE}sections/<int:section_id>/", contents.section, name="section"),
    path(f"{ONE}builds/", builds.build_it, name="build_it"),
    path(f"{ONE}builds/<int:build_id>/", builds.build, name="build"),
    path(f"{ONE}versions/", versions.versions, name="versions"),
    path(f"{ONE}versions/<int:number>/", versions.version, name="version"),
    path(f"{ONE}versions/<int:number>/file/", versions.version_file, name="version_file"),
]
