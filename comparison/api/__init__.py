"""Addresses of the comparisons' API: the same access and the same actions as the pages."""

from django.urls import URLPattern, path

from comparison.api import artefacts, comparisons, jobs, logs, populations, reports, signatures

POPULATIONS = "matters/<uuid:case_id>/populations/"
POPULATION = f"{POPULATIONS}<uuid:population_id>/"
JOBS = "matters/<uuid:case_id>/comparison-jobs/"
JOB = f"{JOBS}<uuid:job_id>/"

urlpatterns: list[URLPattern] = [
    path(POPULATIONS, populations.Populations.as_view(), name="populations"),
    path(POPULATION, populations.Population.as_view(), name="population"),
    path(f"{POPULATION}members/", populations.Members.as_view(), name="population-members"),
    path(f"{POPULATION}members/<int:member_id>/", populations.Member.as_view(), name="population-member"),
    path(JOBS, jobs.Jobs.as_view(), name="comparison-jobs"),
    path(JOB, jobs.Job.as_view(), name="comparison-job"),
    path(f"{JOB}registration/", jobs.Registration.as_view(), name="comparison-registration"),
    path(f"{JOB}run/", jobs.JobRun.as_view(), name="comparison-run"),
    path(f"{JOB}export/", signatures.Export.as_view(), name="comparison-export"),
    path("matters/<uuid:case_id>/signer-keys/", signatures.Keys.as_view(), name="signer-keys"),
    path(
        "matters/<uuid:case_id>/signer-keys/<uuid:key_id>/withdrawal/",
        signatures.KeyWithdrawal.as_view(),
        name="withdraw-signer-key",
    ),
    path("matters/<uuid:case_id>/log-analyses/", logs.LogAnalyses.as_view(), name="log-analyses"),
    path(
        "matters/<uuid:case_id>/log-analyses/<uuid:analysis_id>/",
        logs.LogAnalysisRecord.as_view(),
        name="log-analysis",
    ),
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
    path(
        "matters/<uuid:case_id>/comparisons/<uuid:comparison_id>/report/",
        reports.ComparisonReport.as_view(),
        name="comparison-report",
    ),
]
