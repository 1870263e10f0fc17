"""Addresses of the API of a matter; each endpoint calls the same actions as the pages do."""

from django.urls import URLPattern, path

from cases.api import due_dates, filings, matters, members

MATTER = "matters/<uuid:case_id>"
FILING = f"{MATTER}/filings/<uuid:filing_id>"

urlpatterns: list[URLPattern] = [
    path("matters/", matters.Matters.as_view(), name="matters"),
    path(f"{MATTER}/", matters.Matter.as_view(), name="matter"),
    path(f"{MATTER}/parties/", matters.Parties.as_view(), name="parties"),
    path(f"{MATTER}/parties/<int:party_id>/", matters.OneParty.as_view(), name="party"),
    path(f"{MATTER}/claims/", matters.Claims.as_view(), name="claims"),
    path(f"{MATTER}/claims/<int:claim_id>/", matters.OneClaim.as_view(), name="claim"),
    path(f"{MATTER}/filings/", filings.Filings.as_view(), name="filings"),
    path(f"{FILING}/", filings.OneFiling.as_view(), name="filing"),
    path(f"{FILING}/prepare/", filings.Prepare.as_view(), name="prepare-filing"),
    path(f"{FILING}/submit/", filings.Submit.as_view(), name="submit-filing"),
    path(f"{FILING}/accept/", filings.Accept.as_view(), name="accept-filing"),
    path(f"{FILING}/reject/", filings.Reject.as_view(), name="reject-filing"),
    path(f"{FILING}/serve/", filings.Serve.as_view(), name="serve-filing"),
    path(f"{MATTER}/due-dates/", due_dates.DueDates.as_view(), name="due-dates"),
    path(f"{MATTER}/due-dates/<int:due_id>/", due_dates.OneDueDate.as_view(), name="due-date"),
    path(f"{MATTER}/due-dates/<int:due_id>/state/", due_dates.DueState.as_view(), name="due-date-state"),
    path(f"{MATTER}/members/", members.Members.as_view(), name="members"),
    path(f"{MATTER}/members/<int:membership_id>/", members.OneMember.as_view(), name="member"),
]
