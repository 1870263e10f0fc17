"""The matter's room for comparing models."""

from django.urls import path

from comparison.views import artefacts, comparisons, jobs, logs, populations, reports, signatures

app_name = "comparison"
ROOM = "matters/<uuid:case_id>/comparison/"
JOB = f"{ROOM}set-up/<uuid:job_id>/"
POPULATION = f"{ROOM}populations/<uuid:population_id>/"

urlpatterns = [
    path(ROOM, artefacts.matter, name="matter"),
    path(f"{ROOM}compare/", comparisons.compare, name="compare"),
    path(f"{ROOM}import/", comparisons.import_record, name="import"),
    path(f"{ROOM}models/new/", artefacts.register, name="register"),
    path(f"{ROOM}models/<uuid:artefact_id>/", artefacts.artefact, name="artefact"),
    path(f"{ROOM}models/<uuid:artefact_id>/attach/", artefacts.attach_manifest, name="attach-manifest"),
    path(f"{ROOM}models/<uuid:artefact_id>/manifest/", artefacts.manifest, name="manifest"),
    path(f"{ROOM}set-up/", jobs.set_up, name="set-up"),
    path(JOB, jobs.job, name="job"),
    path(f"{JOB}register/", jobs.register_job, name="register-job"),
    path(f"{JOB}run/", jobs.run_job, name="run-job"),
    path(f"{JOB}cancel/", jobs.cancel_run, name="cancel-run"),
    path(f"{JOB}anew/", jobs.set_up_anew, name="set-up-anew"),
    path(f"{JOB}file/", jobs.job_file, name="job-file"),
    path(f"{JOB}export/", signatures.export_job, name="export-job"),
    path(f"{JOB}answer/", signatures.answer_job, name="answer-job"),
    path(f"{ROOM}keys/", signatures.keys, name="keys"),
    path(f"{ROOM}keys/<uuid:key_id>/withdraw/", signatures.withdraw_key, name="withdraw-key"),
    path(f"{ROOM}populations/new/", populations.make_population, name="make-population"),
    path(POPULATION, populations.population, name="population"),
    path(f"{POPULATION}members/<int:member_id>/remove/", populations.remove_member, name="remove-member"),
    path(f"{ROOM}logs/", logs.index, name="logs"),
    path(f"{ROOM}logs/import/", logs.import_analysis, name="import-logs"),
    path(f"{ROOM}logs/analyse/", logs.analyse, name="analyse-logs"),
    path(f"{ROOM}logs/runs/<int:log_run_id>/cancel/", logs.cancel_run, name="cancel-log-run"),
    path(f"{ROOM}logs/<uuid:analysis_id>/", logs.analysis, name="log-analysis"),
    path(f"{ROOM}logs/<uuid:analysis_id>/file/", logs.analysis_file, name="log-analysis-file"),
    path(f"{ROOM}<uuid:comparison_id>/", comparisons.result, name="result"),
    path(f"{ROOM}<uuid:comparison_id>/file/", comparisons.result_file, name="result-file"),
    path(f"{ROOM}<uuid:comparison_id>/signatures/<uuid:file_id>/", signatures.signature, name="signature"),
    path(f"{ROOM}<uuid:comparison_id>/report/", reports.report, name="report"),
    path(f"{ROOM}<uuid:comparison_id>/report/make/", reports.make, name="make-report"),
]
