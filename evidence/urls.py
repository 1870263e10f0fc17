"""Addresses of exhibits, of logging filings, and of the claims with their evidence."""

from django.urls import path

from evidence.views import claims, downloads, exhibit, listing, pages, receiving, review

app_name = "evidence"

MATTER = "matters/<uuid:case_id>/"
EXHIBIT = f"{MATTER}exhibits/<uuid:exhibit_id>/"
ELEMENT = f"{MATTER}claims/<int:claim_id>/elements/<int:element_id>/"

urlpatterns = [
    path(f"{MATTER}docket/log/", receiving.log, name="log"),
    path(f"{MATTER}docket/log/review/", review.review, name="review"),
    path(f"{MATTER}docket/log/review/<uuid:exhibit_id>/", review.reading, name="reading"),
    path(f"{MATTER}exhibits/", listing.exhibits, name="exhibits"),
    path(f"{MATTER}exhibits/receive/", receiving.receive, name="receive"),
    path(EXHIBIT, exhibit.exhibit, name="exhibit"),
    path(f"{EXHIBIT}describe/", exhibit.describe, name="describe"),
    path(f"{EXHIBIT}withdraw/", exhibit.withdraw, name="withdraw"),
    path(f"{EXHIBIT}restore/", exhibit.restore, name="restore"),
    path(f"{EXHIBIT}retry/", exhibit.retry, name="retry"),
    path(f"{EXHIBIT}unlock/", exhibit.unlock, name="unlock"),
    path(f"{EXHIBIT}link/", exhibit.link, name="link"),
    path(f"{EXHIBIT}original/", downloads.original, name="original"),
    path(f"{EXHIBIT}pdf/", downloads.pdf, name="pdf"),
    path(f"{EXHIBIT}pages/<int:number>/", pages.page, name="page"),
    path(f"{EXHIBIT}pages/<int:number>/image/", downloads.image, name="image"),
    path(f"{MATTER}claims/", claims.claims, name="claims"),
    path(ELEMENT, claims.element, name="element"),
    path(f"{ELEMENT}positions/", claims.positions, name="positions"),
    path(f"{MATTER}claims/links/<int:link_id>/unlink/", claims.unlink, name="unlink"),
]
