"""Addresses of a matter's people, docket, due dates and proceedings."""

from django.urls import URLPattern, path

from cases.views import claims, docket, due_dates, filings, matters, people, proceedings

app_name = "cases"

MATTER = "matters/<uuid:case_id>"
FILING = f"{MATTER}/docket/<uuid:filing_id>"

urlpatterns: list[URLPattern] = [
    path("matters/new/", matters.new, name="new"),
    path("matters/new/claim-number/", matters.claim_number_words, name="claim_number_words"),
    path(f"{MATTER}/edit/", matters.edit, name="edit"),
    path(f"{MATTER}/people/", people.people, name="people"),
    path(f"{MATTER}/people/parties/new/", people.add_party, name="add_party"),
    path(f"{MATTER}/people/parties/<int:party_id>/", people.edit_party, name="edit_party"),
    path(f"{MATTER}/people/members/new/", people.add_member, name="add_member"),
    path(f"{MATTER}/people/members/<int:membership_id>/role/", people.change_role, name="change_role"),
    path(f"{MATTER}/people/members/<int:membership_id>/remove/", people.remove_member, name="remove_member"),
    path(f"{MATTER}/claims/new/", claims.add, name="add_claim"),
    path(f"{MATTER}/claims/<int:claim_id>/edit/", claims.edit, name="edit_claim"),
    path(f"{MATTER}/proceedings/", proceedings.proceedings, name="proceedings"),
    path(f"{MATTER}/proceedings/hearings/new/", proceedings.list_hearing, name="list_hearing"),
    path(f"{MATTER}/proceedings/hearings/<int:hearing_id>/", proceedings.edit_hearing, name="edit_hearing"),
    path(f"{MATTER}/proceedings/applications/new/", proceedings.note_application, name="note_application"),
    path(
        f"{MATTER}/proceedings/applications/<int:application_id>/",
        proceedings.edit_application,
        name="edit_application",
    ),
    path(f"{MATTER}/proceedings/related/new/", proceedings.relate, name="relate"),
    path(f"{MATTER}/proceedings/related/<int:relation_id>/", proceedings.edit_relation, name="edit_relation"),
    path(f"{MATTER}/docket/", docket.docket, name="docket"),
    path(f"{MATTER}/docket/new/", filings.log, name="log_filing"),
    path(f"{FILING}/", filings.filing, name="filing"),
    path(f"{FILING}/correct/", filings.correct, name="correct_filing"),
    *(
        path(f"{FILING}/{step}/", filings.record_step, {"step": step}, name=f"{step}_filing")
        for step in filings.STEPS
    ),
    path(f"{MATTER}/due/", due_dates.due_dates, name="due_dates"),
    path(f"{MATTER}/due/new/", due_dates.enter, name="enter_due_date"),
    path(f"{MATTER}/due/<int:due_id>/", due_dates.due_date, name="due_date"),
    path(f"{MATTER}/due/<int:due_id>/state/", due_dates.set_state, name="set_due_state"),
]
