"""What was delivered keeps its page numbers; what comes later comes after it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bundles import actions, arrangement
from bundles.models import Build, Bundle, Entry, Version, VersionFile
from cases.models import Case
from core import clock
from core.errors import Conflict, InvalidInput
from evidence import pipeline as intake
from evidence.actions import exhibits
from evidence.storage import store
from ledger import verification
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit

Built = Callable[..., Build]


@pytest.fixture
def delivered(case: Case, built: Built) -> Version:
    """A small bundle of three notes, built and in the court's hands."""
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Notes", "B. Other"])
    notes = [an_exhibit(case, f"Note {word}.\n".encode(), f"{word}.txt", ready=True) for word in ("a", "b")]
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(title="A. Notes"), exhibits=notes)
    build = built(bundle)
    assert build.state == Build.State.BUILT, build.message
    actions.deliver(by=ACTOR, version=build.version, to="The court", channel="CE-File")
    return build.version


def _late(bundle: Bundle, word: str = "late") -> Entry:
    exhibit = an_exhibit(bundle.case, f"{word}\n".encode(), f"{word}.txt", ready=True)
    section = bundle.sections.get(title="A. Notes")
    return actions.add_exhibits(by=ACTOR, section=section, exhibits=[exhibit])[0]


def test_a_late_document_stands_at_the_end_and_has_a_file_of_its_own(
    delivered: Version, built: Built, editor: Client
) -> None:
    bundle = delivered.bundle
    entry = _late(bundle)
    assert entry.added_after == delivered
    assert entry.section.title.startswith("Documents added on ")
    build = built(bundle)
    assert build.state == Build.State.BUILT, build.message
    before, now = delivered.report["entries"], build.version.report["entries"]
    assert [(one["title"], one["first_page"], one["last_page"]) for one in now[:2]] == [
        (one["title"], one["first_page"], one["last_page"]) for one in before
    ]
    assert now[2]["first_page"] > delivered.pages
    delta = build.version.files.get(kind=VersionFile.Kind.DELTA)
    assert store().verify(delta.sha256)
    assert delta.last_page == build.version.pages
    page = editor.get(reverse("bundles:version", args=[bundle.case_id, bundle.pk, 2]))
    address = reverse("bundles:further_file", args=[bundle.case_id, bundle.pk, 2, "delta", 1])
    assert address in page.content.decode()
    sent = editor.get(address)
    assert b"".join(sent).startswith(b"%PDF")


def test_a_document_that_was_missing_at_delivery_and_one_withdrawn_since_move_no_page(
    case: Case, built: Built
) -> None:
    bundle = actions.create(
        by=ACTOR, case=case, title="Hearing bundle", on_failure="placeholder", sections=["A. Notes"]
    )
    missing = an_exhibit(case, ("A line.\n" * 90).encode(), "missing.txt")
    there = an_exhibit(case, ("Another line.\n" * 90).encode(), "there.txt", ready=True)
    section = bundle.sections.get()
    actions.add_exhibits(by=ACTOR, section=section, exhibits=[missing, there])
    delivered = built(bundle).version
    actions.deliver(by=ACTOR, version=delivered, to="The court")
    intake.run(str(missing.pk), by=ACTOR)
    exhibits.withdraw(by=ACTOR, exhibit=there, because="wrong matter")
    actions.add_exhibits(by=ACTOR, section=section, exhibits=[missing])
    build = built(bundle)
    assert build.state == Build.State.BUILT, build.message
    first, second, late = build.version.report["entries"]
    stood = [(one["first_page"], one["last_page"]) for one in delivered.report["entries"]]
    assert [(first["first_page"], first["last_page"]), (second["first_page"], second["last_page"])] == stood
    assert [first["status"], second["status"], late["status"]] == ["placeholder", "placeholder", "included"]
    assert late["first_page"] > delivered.pages


def test_nothing_delivered_is_moved_or_taken_out(delivered: Version) -> None:
    bundle = delivered.bundle
    late = _late(bundle)
    first, second = Entry.objects.filter(section__title="A. Notes")
    other = bundle.sections.get(title="B. Other")
    for change in (
        lambda: actions.take_out(by=ACTOR, entry=first),
        lambda: actions.change_entry(by=ACTOR, entry=first, pages="", signpost="bundle C"),
        lambda: actions.move_to_section(
            by=ACTOR, entry=second, section=bundle.sections.get(title="B. Other")
        ),
        lambda: actions.move_to_section(by=ACTOR, entry=late, section=first.section),
        lambda: actions.arrange_as(
            by=ACTOR,
            bundle=bundle,
            order=[
                (first.section_id, [second.pk, first.pk]),
                (other.pk, []),
                (late.section_id, [late.pk]),
            ],
        ),
    ):
        with pytest.raises(Conflict, match="new edition"):
            change()
    actions.take_out(by=ACTOR, entry=late)
    assert [str(row.entry) for row in arrangement.of(bundle).rows] == [str(first), str(second)]


def test_a_new_edition_frees_the_order(delivered: Version, built: Built, editor: Client) -> None:
    bundle = delivered.bundle
    address = reverse("bundles:edition", args=[bundle.case_id, bundle.pk])
    assert b"Version 1 was delivered" in editor.get(address).content
    assert editor.post(address).status_code == 302
    bundle.refresh_from_db()
    first = Entry.objects.filter(section__bundle=bundle).first()
    assert first is not None
    actions.take_out(by=ACTOR, entry=first)
    assert built(bundle).version.pages < delivered.pages
    with pytest.raises(Conflict, match="Nothing has been delivered"):
        actions.begin_edition(by=ACTOR, bundle=bundle)


def test_what_was_rearranged_between_build_and_delivery_stops_the_next_build(
    case: Case, built: Built
) -> None:
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Notes"])
    section = bundle.sections.get()
    notes = [an_exhibit(case, f"{word}\n".encode(), f"{word}.txt", ready=True) for word in ("a", "b")]
    kept, gone = actions.add_exhibits(by=ACTOR, section=section, exhibits=notes)
    version = built(bundle).version
    actions.take_out(by=ACTOR, entry=gone)
    since = _late_in(bundle, section)
    actions.deliver(by=ACTOR, version=version, to="The court")
    since.refresh_from_db()
    assert since.added_after == version
    assert since.section != section
    assert list(verification.rows()) == []
    assert arrangement.of(bundle).differences == ("b was taken out",)
    with pytest.raises(Conflict, match="b was taken out"):
        actions.ask_for_build(by=ACTOR, bundle=bundle)
    assert not arrangement.of(bundle).rows[0].late
    assert kept.pk == arrangement.of(bundle).rows[0].entry.pk


def _late_in(bundle: Bundle, section: object) -> Entry:
    exhibit = an_exhibit(bundle.case, b"since\n", "since.txt", ready=True)
    return actions.add_exhibits(by=ACTOR, section=section, exhibits=[exhibit])[0]  # type: ignore[arg-type]


def test_a_delivery_says_to_whom_how_and_when(delivered: Version, editor: Client) -> None:
    for wrong, field in (
        ({"to": " "}, "to"),
        ({"to": "The court", "at": clock.now() + timedelta(hours=1)}, "at"),
        ({"to": "The court", "at": delivered.built_at - timedelta(days=1)}, "at"),
    ):
        with pytest.raises(InvalidInput) as refused:
            actions.deliver(by=ACTOR, version=delivered, **wrong)
        assert refused.value.field == field
    address = reverse("api:bundle-deliveries", args=[delivered.bundle_id, 1])
    said = editor.post(address, {"to": "Marchbank Oduya LLP", "channel": "e-mail"}, "application/json")
    assert said.status_code == 201, said.content
    assert Event.objects.filter(verb="delivered").count() == 2
    listed = editor.get(reverse("bundles:versions", args=[delivered.bundle.case_id, delivered.bundle_id]))
    assert b"Marchbank Oduya LLP" in listed.content
    form = reverse("bundles:deliver", args=[delivered.bundle.case_id, delivered.bundle_id, 1])
    assert editor.post(form, {"to": "", "at": "2026-01-01T10:00"}).status_code == 422


def test_later_documents_go_to_their_place_only_where_the_court_allows(bundle: Bundle) -> None:
    with pytest.raises(InvalidInput, match="45A"):
        actions.change(by=ACTOR, bundle=bundle, late=Bundle.Late.INSERT)
