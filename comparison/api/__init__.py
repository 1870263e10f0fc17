"""Addresses of the comparisons' API: the same access and the same actions as the pages."""

from django.urls import URLPattern, path

from comparison.api import artefacts, comparisons

urlpatterns: list[URLPattern] = [
    path("matters/<uuid:case_id>/models/", artefacts.Models.as_view(), name="models"),
    path("matters/<uuid:case_id>/models/<uuid:artefact_id>/", artefacts.Model.as_view(), name="model"),
    path(
        "matters/<uuid:case_id>/models/<uuid:artefact_id>/manifest/",
        artefacts.ModelManifest.as_view(),
        name="model-manifest",
    ),
    path("matters/<uuid:case_id>/comparisons/", comparisons.Comparisons.as_view(), name="comparisons"),
    path(
        "matters/<uuid:case_id>/comparisons/import/",
        comparisons.ImportedComparison.as_view(),
        name="import-comparison",
    ),
    path(
        "matters/<uuid:case_id>/comparisons/<uuid:comparison_id>/",
        comparisons.ComparisonResult.as_view(),
        name="comparison",
    ),
]
