"""The addresses of a matter's bundles."""

from django.urls import URLPattern, path

from bundles.views import (
    arrange,
    builds,
    bundles,
    changes,
    checking,
    cited,
    contents,
    copies,
    deliveries,
    duplicates,
    files,
    pictures,
    redactions,
    references,
    taking,
    versions,
)

app_name = "bundles"

CHECK = "check/<uuid:check_id>/"
REDACTED = "matters/<uuid:case_id>/redacted/"
REDACTIONS = "matters/<uuid:case_id>/exhibits/<uuid:exhibit_id>/redactions/"
MATTER = "matters/<uuid:case_id>/bundles/"
ONE = f"{MATTER}<uuid:bundle_id>/"
VERSION = f"{ONE}versions/<int:number>/"

urlpatterns: list[URLPattern] = [
    path("check/", checking.checks, name="checks"),
    path(CHECK, checking.check, name="check"),
    path(f"{CHECK}delete/", checking.forget, name="forget_check"),
    path(f"{CHECK}pages/<int:number>/", checking.page, name="check_page"),
    path(f"{CHECK}pages/<int:number>/picture/", checking.picture, name="check_picture"),
    path(REDACTED, copies.redacted, name="redacted"),
    path(REDACTIONS, redactions.redactions, name="redactions"),
    path(f"{REDACTIONS}find/", redactions.find, name="find_redactions"),
    path(f"{REDACTIONS}decide/", redactions.decide, name="decide_redactions"),
    path(f"{REDACTIONS}copies/", copies.ask, name="ask_for_redacted"),
    path(f"{REDACTIONS}copies/<int:number>/", copies.copy, name="redacted_copy"),
    path(f"{REDACTIONS}copies/<int:number>/file/", copies.copy_file, name="redacted_file"),
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
    path(f"{ONE}take/", taking.take, name="take"),
    path(f"{ONE}take/<int:number>/", taking.take_pages, name="take_pages"),
    path(f"{ONE}cited/", cited.cited, name="cited"),
    path(f"{ONE}duplicates/", duplicates.duplicates, name="duplicates"),
    path(f"{ONE}references/", references.references, name="references"),
    path(f"{ONE}edition/", deliveries.edition, name="edition"),
    path(f"{ONE}pictures/<uuid:exhibit_id>/<int:number>/", pictures.thumbnail, name="thumbnail"),
    path(f"{ONE}versions/", versions.versions, name="versions"),
    path(VERSION, versions.version, name="version"),
    path(f"{VERSION}file/", files.version_file, name="version_file"),
    path(f"{VERSION}files/<slug:kind>/<int:place>/", files.further_file, name="further_file"),
    path(f"{VERSION}changes/", changes.changes, name="changes"),
    path(f"{VERSION}changes/file/", changes.concordance_file, name="concordance_file"),
    path(f"{VERSION}delivered/", deliveries.deliver, name="deliver"),
    path(f"{VERSION}certificate/", files.certify, name="certify"),
    path(f"{VERSION}signature/", files.sign, name="sign"),
]
