from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from bundles import actions as bundle_actions
from bundles import pipeline
from bundles.models import Build, Delivery, DocumentPrint, Entry, FileCheck, VersionFile
from cases.actions import due_dates, filings
from cases.actions import matters as matter_actions
from cases.kinds import FilingKind
from cases.models import Case, DueDate, Filing, Party
from comparison.models import ExpertReport, LogRun, Run
from core import clock
from desk.selectors.history import THINGS
from evidence.actions.exhibits import withdraw
from evidence.models import Entity, Exhibit, Intake, Page
from ledger.models import Chain
from tests import factories
from tests.factories import ACTOR, signed_in
from tests.integration.desk.conftest import Matters


@pytest.fixture
def busy(matters: Matters) -> Case:
    """My matter with a served filing, a hearing, and dates late, today and later."""
    case, today = matters.mine, clock.today()
    claimant = factories.a_party(case)
    factories.a_party(case, "Baiyun Cloud (UK) Limited", Party.Role.DEFENDANT)
    filing = filings.log_filing(
        by=ACTOR, case=case, kind=FilingKind.PARTICULARS_OF_CLAIM, title="Particulars of Claim",
        party=claimant, dated=date(2026, 10, 1),
    )  # fmt: skip
    filings.serve(
        by=ACTOR, filing=filing, at=datetime(2026, 10, 6, 9, 14, tzinfo=UTC), method=Filing.Method.EMAIL
    )
    DueDate.objects.filter(case=case).delete()
    for title, days in (("Late thing", -2), ("Today's thing", 0), ("Far thing", 40)):
        due_dates.enter(by=ACTOR, case=case, title=title, due_on=today + timedelta(days=days), source="Order")
    soon = clock.now() + timedelta(days=3)
    matter_actions.list_hearing(by=ACTOR, case=case, title="Injunction hearing", starts_at=soon)
    return case


def text(client: Client, path: str, **query: str) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_my_matters_show_what_is_next_and_no_other_matter(busy: Case, client_of_owner: Client) -> None:
    page = text(client_of_owner, "/")
    assert "Aurelia v Baiyun" in page
    assert "Late thing" in page
    assert "Injunction hearing" in page
    assert "Boreal" not in page
    assert "No matter of yours fits" in text(client_of_owner, "/", words="Boreal")


def test_the_overview_shows_the_matter_at_a_glance(busy: Case, client_of_owner: Client) -> None:
    page = text(client_of_owner, f"/matters/{busy.pk}/")
    for words in (
        "Particulars of Claim",
        "Baiyun Cloud (UK) Limited",
        "Late thing",
        "2 days late",
        "Injunction hearing",
    ):
        assert words in page
    assert f'<a href="/matters/{busy.pk}/ledger/">The ledger</a>' in page
    assert "listed Injunction hearing" in page


def test_a_new_matter_says_where_to_begin_to_those_who_can(db: None) -> None:
    owner = factories.a_user()
    case = factories.a_case(owner)
    path = f"/matters/{case.pk}/"
    assert "Begin here" in text(signed_in(owner), path)
    assert "Begin here" not in text(signed_in(factories.a_member(case)), path)
    factories.an_exhibit(case)
    assert "Begin here" not in text(signed_in(owner), path)


def test_an_expert_sees_no_ledger_and_nothing_privileged(busy: Case, expert: Client) -> None:
    page = text(expert, f"/matters/{busy.pk}/")
    assert "Who did what" not in page
    assert "counsel advice" not in page
    ledger = f'href="/matters/{busy.pk}/ledger/"'
    assert ledger not in page
    assert ledger in text(signed_in(factories.a_member(busy)), f"/matters/{busy.pk}/")
    assert expert.get(f"/matters/{busy.pk}/ledger/").status_code == 403
    assert expert.get(f"/api/matters/{busy.pk}/ledger/").status_code == 403


def test_an_expert_is_told_nothing_of_a_bundle_with_something_privileged(
    matters: Matters, expert: Client, client_of_owner: Client
) -> None:
    bundle = bundle_actions.create(by=ACTOR, case=matters.mine, title="Advice bundle", sections=["A"])
    bundle_actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[matters.privileged])
    asked = bundle_actions.ask_for_build(by=ACTOR, bundle=bundle, privileged_confirmed=True)
    pipeline.run(asked.pk, by=ACTOR)
    path = f"/matters/{matters.mine.pk}/"
    assert "counsel advice" in text(client_of_owner, path)
    assert "Advice bundle" not in text(expert, path)
    bundle_actions.take_out(by=ACTOR, entry=Entry.objects.get(section__bundle=bundle))
    page = text(expert, path)
    assert "Advice bundle" in page
    assert "counsel advice" not in page


def test_due_dates_are_grouped_late_first_with_their_working(busy: Case, client_of_owner: Client) -> None:
    page = text(client_of_owner, "/due/")
    assert page.index("Late thing") < page.index("Today&#x27;s thing") < page.index("Far thing")
    assert "Entered by Priya Nair" in page
    stranger = signed_in(factories.a_user("stranger@example.org", "Sam"))
    assert "Late thing" not in text(stranger, "/due/")


def test_the_chronology_holds_every_kind_and_can_be_narrowed(busy: Case, client_of_owner: Client) -> None:
    path = f"/matters/{busy.pk}/chronology/"
    page = text(client_of_owner, path)
    assert page.count("Particulars of Claim") >= 2
    assert "Served by e-mail" in page
    only = text(client_of_owner, path, kind="hearing")
    assert "Injunction hearing" in only
    assert "Particulars of Claim" not in only


NOT_RECORDED = (
    Intake, Page, Entity, Build, Delivery, DocumentPrint, FileCheck, VersionFile, Run, LogRun, ExpertReport,
)  # fmt: skip
"""Rows that say how far a work has come, or what stands in another row; events are of that one."""


def test_the_ledger_can_be_narrowed_to_every_thing_that_a_matter_records() -> None:
    of_a_matter = ("cases", "evidence", "bundles", "comparison")
    recorded = {
        model._meta.label_lower
        for app in of_a_matter
        for model in apps.get_app_config(app).get_models()
        if model not in NOT_RECORDED
    }
    assert set(THINGS) == recorded


def test_the_ledger_is_told_in_words_and_can_be_filtered(busy: Case, client_of_owner: Client) -> None:
    path = f"/matters/{busy.pk}/ledger/"
    page = text(client_of_owner, path)
    assert "<strong>Priya Nair</strong>" in page
    assert "served Particulars of Claim by e-mail on 6 Oct 2026, 10:14" in page
    only = text(client_of_owner, path, thing_type="cases.hearing")
    assert "listed Injunction hearing" in only
    assert "received note" not in only
    events = client_of_owner.get(f"/api{path}").json()
    assert events["count"] == events["results"][0]["sequence"]


def test_the_chain_is_proved_now_and_a_false_head_is_named(busy: Case, client_of_owner: Client) -> None:
    path = f"/matters/{busy.pk}/ledger/verify/"
    assert "Nothing was altered" in text(client_of_owner, path)
    Chain.objects.filter(key=busy.chain).update(head_signature="00" * 64)
    page = text(client_of_owner, path)
    assert "not as it was left" in page
    assert "is not signed" in page


def test_authorities_named_in_the_matter_are_listed(
    matters: Matters, client_of_owner: Client, summaries: None
) -> None:
    page = text(client_of_owner, f"/matters/{matters.mine.pk}/authorities/")
    assert "Getty Images (US) Inc v Stability AI Ltd" in page
    assert "note, page 1" in page
    text_of_note = matters.note.pages.get().text
    start = text_of_note.index("[2025] EWHC 2863 (Ch)")
    assert f"pages/1/?start={start}&amp;end={start + 21}" in page
    assert "No neutral citation" in text(
        signed_in(matters.theirs.memberships.get().user), f"/matters/{matters.theirs.pk}/authorities/"
    )


def test_a_privileged_or_withdrawn_exhibit_names_no_authority_to_an_expert(
    matters: Matters, client_of_owner: Client, expert: Client
) -> None:
    path = f"/matters/{matters.mine.pk}/authorities/"
    assert "[2025] EWHC 2863 (Ch)" in text(expert, path)
    matters.note.privilege = Exhibit.Privilege.LITIGATION
    matters.note.save()
    assert "No neutral citation" in text(expert, path)
    assert "[2025] EWHC 2863 (Ch)" in text(client_of_owner, path)
    withdraw(by=ACTOR, exhibit=matters.note, because="Sent by mistake")
    assert "No neutral citation" in text(client_of_owner, path)


def test_a_citation_named_on_many_pages_links_the_first_and_counts_the_rest(
    matters: Matters, client_of_owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = Entity.objects.get(kind="citation")
    for number in range(2, 12):
        page = Page.objects.create(exhibit=matters.note, number=number, width=1, height=1)
        for start in (5, 50):
            Entity.objects.create(
                page=page, kind="citation", text=first.text, normal=first.normal, start=start, end=start + 21,
                source="rule",
            )  # fmt: skip
    with django_assert_max_num_queries(11):
        page_text = text(client_of_owner, f"/matters/{matters.mine.pk}/authorities/")
    assert page_text.count("note, page ") == 6
    assert "pages/6/?start=5&amp;end=26" in page_text
    assert "and 5 more" in page_text


@pytest.mark.parametrize("path", ["", "chronology/", "ledger/", "ledger/verify/", "authorities/"])
def test_a_stranger_finds_no_such_page(matters: Matters, path: str) -> None:
    stranger = signed_in(factories.a_user("stranger@example.org", "Sam"))
    assert stranger.get(f"/matters/{matters.mine.pk}/{path}").status_code == 404


def test_more_matters_ask_no_more_of_the_database(
    matters: Matters, client_of_owner: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        factories.a_case(matters.owner, f"Matter {number}", f"IL-2026-0001{number:02}")
    with django_assert_max_num_queries(9):
        text(client_of_owner, "/")
    with django_assert_max_num_queries(9):
        text(client_of_owner, "/due/")


def test_the_bar_counts_what_is_due_this_week(busy: Case, client_of_owner: Client) -> None:
    page = text(client_of_owner, "/")
    assert "of which 1 late" in page
