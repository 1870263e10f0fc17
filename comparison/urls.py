"""The matter's room for comparing models."""

from django.urls import path

from comparison.views import artefacts, comparisons

app_name = "comparison"
ROOM = "matters/<uuid:case_id>/comparison/"

urlpatterns = [
    path(ROOM, artefacts.matter, name="matter"),
    path(f"{ROOM}compare/", comparisons.compare, name="compare"),
    path(f"{ROOM}import/", comparisons.import_record, name="import"),
    path(f"{ROOM}models/new/", artefacts.register, name="register"),
    path(f"{ROOM}models/<uuid:artefact_id>/", artefacts.artefact, name="artefact"),
    path(f"{ROOM}models/<uuid:artefact_id>/attach/", artefacts.attach_manifest, name="attach-manifest"),
    path(f"{ROOM}models/<uuid:artefact_id>/manifest/", artefacts.manifest, name="manifest"),
    path(f"{ROOM}<uuid:comparison_id>/", comparisons.result, name="result"),
    path(f"{ROOM}<uuid:comparison_id>/file/", comparisons.result_file, name="result-file"),
]
