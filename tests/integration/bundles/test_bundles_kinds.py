"""Core bundles, bundles of authorities, exhibits to statements, and a bundle's further settings."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from authorities.models import Authority, Paragraph
from bundles import actions, cited, masters, sources, statements
from bundles.models import Build, Bundle, Entry, Version
from cases.models import Case
from core.errors import Conflict, InvalidInput
from evidence import pipeline as intake
from evidence.models import Exhibit
from evidence.storage import store
from tests.factories import ACTOR, a_case, a_user, an_exhibit

Built = Callable[..., Build]
CITATION = "[2024] EWHC 1198 (Ch)"


@pytest.fixture
def main(case: Case, built: Built) -> Bundle:
    """A main bundle A of a two-page document and a note, built."""
    made = actions.create(
        by=ACTOR, case=case, title="Main", letter="a", sections=["A. Statements", "B. Notes"]
    )
    long = an_exhibit(case, ("A line of the long document.\n" * 90).encode(), "long.txt", ready=True)
    note = an_exhibit(case, b"A note.\n", "note.txt", ready=True)
    first, second = made.sections.all()
    actions.add_exhibits(by=ACTOR, section=first, exhibits=[long])
    actions.add_exhibits(by=ACTOR, section=second, exhibits=[note])
    build = built(made)
    assert build.state == Build.State.BUILT, build.message
    return made


def _words(version: Version) -> list[str]:
    with pypdfium2.PdfDocument(store().path(version.sha256)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_a_core_bundle_carries_the_main_bundles_numbers(main: Bundle, built: Built, editor: Client) -> None:
    core = actions.create(by=ACTOR, case=main.case, title="Core bundle", kind=Bundle.Kind.CORE, master=main)
    version = main.versions.get()
    last = version.report["entries"][0]["last_page"]
    taken = actions.take(by=ACTOR, core=core, pages=str(last))
    assert taken[0].pages == str(masters.places(version)[0].last - masters.places(version)[0].first + 1)
    page = reverse("bundles:take", args=[core.case_id, core.pk])
    assert b"note" in editor.get(page).content
    assert editor.post(page, {"selected": ["2"], "pages": ""}).status_code == 302
    one = reverse("bundles:take_pages", args=[core.case_id, core.pk, 1])
    assert f"Page {last}" in editor.get(one).content.decode()
    assert editor.post(page, {"pages": "1"}).status_code == 422
    build = built(core)
    assert build.state == Build.State.BUILT, build.message
    words = _words(build.version)
    assert f"A/{last}" in words[1]
    assert f"A/{version.pages}" in words[2]
    built(main)
    arranged = editor.get(reverse("bundles:bundle", args=[core.case_id, core.pk])).content
    assert b"The main bundle has been built again" in arranged
    note = Entry.objects.get(section__bundle=main, exhibit__original_name="note.txt")
    actions.take_out(by=ACTOR, entry=note)
    built(main)
    stopped = built(core)
    assert stopped.state == Build.State.STOPPED
    assert "note" in stopped.message


def test_a_core_bundle_needs_a_main_bundle_that_was_built(bundle: Bundle) -> None:
    with pytest.raises(InvalidInput, match="main bundle"):
        actions.create(by=ACTOR, case=bundle.case, title="Core", kind=Bundle.Kind.CORE)
    core = actions.create(by=ACTOR, case=bundle.case, title="Core", kind=Bundle.Kind.CORE, master=bundle)
    with pytest.raises(Conflict, match="not been built"):
        actions.take(by=ACTOR, core=core, documents=[1])


def _authority(**fields: object) -> Authority:
    first = {"kind": "judgment", "origin": "imported", "name": "Alpha v Beta", "citation": CITATION}
    made = Authority.objects.create(
        **{**first, "key": str(fields.get("name", CITATION)), "neutral_citation": CITATION, **fields}
    )
    Paragraph.objects.create(authority=made, order=1, number="1", anchor="p1", text="The claim fails.")
    return made


SKELETON = f"""Skeleton argument
The test is in Alpha v Beta {CITATION}, and in Gamma v Delta [1975] AC 396.
See also section 2 of the Made Up Act 1988, and Nobody v Nothing [2020] UKSC 999.
"""


def test_what_a_skeleton_cites_is_proposed_and_laid_out(case: Case, built: Built, editor: Client) -> None:
    held = _authority(court="High Court", date=date(2024, 5, 1), source="A library")
    summary = _authority(
        name="Gamma v Delta", citation="[1975] AC 396", neutral_citation="", origin="summary"
    )
    law = _authority(name="Made Up Act 1988", citation="1988 c. 1", neutral_citation="", kind="legislation")
    skeleton = an_exhibit(case, SKELETON.encode(), "skeleton.txt", ready=True)
    assert [(row.authority, row.pages) for row in cited.by(skeleton)] == [
        (held, (1,)),
        (summary, (1,)),
        (None, (1,)),
        (law, (1,)),
    ]
    made = actions.create(by=ACTOR, case=case, title="Authorities", kind=Bundle.Kind.AUTHORITIES)
    page = reverse("bundles:cited", args=[case.pk, made.pk])
    shown = editor.get(page).content
    assert b"Not in the library" in shown
    assert b"Only our summary" in shown
    assert editor.post(page, {"selected": [str(held.pk), str(law.pk), str(summary.pk)]}).status_code == 302
    assert list(made.sections.values_list("title", flat=True)) == ["Legislation", "Cases"]
    stopped = built(made)
    assert stopped.state == Build.State.STOPPED
    assert "our own summary" in stopped.message
    build = built(made, on_failure="placeholder")
    assert build.state == Build.State.BUILT, build.message
    text = " ".join(_words(build.version))
    assert "The claim fails." in text
    assert "Unverified." in text
    assert CITATION in text
    assert held.copies.count() == 1
    copy = held.copies.get()
    held.paragraphs.update(text="The claim succeeds.")
    assert "The claim succeeds." in " ".join(_words(built(made, on_failure="placeholder").version))
    assert held.copies.get().sha256 != copy.sha256


def test_an_authority_is_no_exhibit_and_stands_once_in_its_row(case: Case) -> None:
    made = actions.create(by=ACTOR, case=case, title="Authorities", kind="authorities", sections=["Cases"])
    entry = actions.add_authorities(by=ACTOR, section=made.sections.get(), authorities=[_authority()])[0]
    assert str(entry) == f"Alpha v Beta {CITATION}"
    assert sources.of(entry).missing == ""


STATEMENT = """Claimants
H Penhallow
Second
Exhibits HP3 and HP4
9 October 2026

I refer to the e-mail marked HP3 and the image marked HP4.
"""


def _statement(
    case: Case, text: str = STATEMENT, title: str = "Second witness statement of H Penhallow"
) -> Exhibit:
    made = an_exhibit(case, text.encode(), f"{title}.txt", ready=True)
    made.title = title
    made.save(update_fields=["title"])
    return made


def test_the_next_exhibit_to_a_statement_is_proposed_and_no_mark_is_used_twice(
    case: Case, built: Built, editor: Client
) -> None:
    statement = _statement(case)
    assert statements.propose(statement).mark == "HP3"
    assert statements.propose(statement).lines == (
        "Claimants", "H Penhallow", "Second", "Exhibit HP3", "9 October 2026",
    )  # fmt: skip
    address = reverse("bundles:new", args=[case.pk])
    chosen = f"{address}?kind=exhibit&statement={statement.pk}"
    assert (
        chosen.split("?")[1].encode().replace(b"&", b"&amp;") in editor.get(f"{address}?kind=exhibit").content
    )
    assert b"Second" in editor.get(chosen).content
    said = {
        "title": "Exhibit HP3",
        "exhibit_mark": "hp3",
        "statement_marks": "Claimants\nH Penhallow\nSecond\nExhibit HP3\n9 October 2026",
        "profile": "exhibit",
        "on_failure": "stop",
        "sections": "Documents",
        "bates_start": "1",
    }
    answer = editor.post(chosen, said)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    made = Bundle.objects.get(kind="exhibit")
    assert (made.exhibit_mark, made.statement) == ("HP3", statement)
    assert statements.propose(statement).mark == "HP4"
    assert b"numbered on" in editor.post(chosen, said).content
    note = an_exhibit(case, b"The e-mail.\n", "mail.txt", ready=True)
    actions.add_exhibits(by=ACTOR, section=made.sections.get(), exhibits=[note])
    build = built(made)
    assert build.state == Build.State.BUILT, build.message
    front = _words(build.version)[0]
    assert all(word in front for word in ("H Penhallow", "HP3", "9 October 2026", "mail"))


def test_a_statement_without_its_corner_is_read_from_its_title(case: Case) -> None:
    read = statements.propose(
        _statement(case, "I say this.\n", "First witness statement of Dr Ada B Lovelace")
    )
    assert read.mark == "ABL1"
    assert read.lines[:2] == ("AB Lovelace", "First")


def test_a_hearing_bundle_asks_no_more_than_before(case: Case, editor: Client) -> None:
    form = editor.get(reverse("bundles:new", args=[case.pk])).context["form"]
    shown = [name for name in form.fields if name not in form.MORE]
    assert shown == ["title", "hearing", "hearing_date", "profile", "on_failure", "sections"]
    assert not form.more_is_used


def test_the_settings_reach_the_engine_and_what_is_wrong_is_named(bundle: Bundle, editor: Client) -> None:
    said = {"title": "Bundle", "letter": "b", "bates_prefix": "AUR-", "bates_start": 7, "largest_mib": 30}
    answer = editor.put(reverse("api:bundle", args=[bundle.pk]), said, "application/json")
    assert answer.status_code == 200, answer.content
    assert answer.json()["bundle"]["letter"] == "B"
    wrong: dict[str, Any] = {"letter": "?", "bates_prefix": "a/b", "largest_mib": 0, "master": bundle}
    for field, value in wrong.items():
        with pytest.raises(InvalidInput) as refused:
            actions.change(by=ACTOR, bundle=Bundle.objects.get(pk=bundle.pk), **{field: value})
        assert refused.value.field == field


def test_some_pages_or_a_signpost_stand_for_a_document(bundle: Bundle, built: Built, editor: Client) -> None:
    for exhibit in Exhibit.objects.filter(case=bundle.case):
        intake.run(str(exhibit.pk), by=ACTOR)
    one, two, _ = Entry.objects.filter(section__bundle=bundle).select_related("exhibit", "section__bundle")
    with pytest.raises(InvalidInput, match="among the pages 1 to 1"):
        actions.change_entry(by=ACTOR, entry=one, pages="2", signpost="")
    address = reverse("bundles:entry", args=[bundle.case_id, bundle.pk, two.pk])
    said = {"title": "two.txt", "section": two.section_id, "pages": "1", "signpost": "bundle C, page 212"}
    assert editor.post(address, said).status_code == 302
    build = built(bundle)
    assert build.state == Build.State.BUILT, build.message
    assert "bundle C, page 212" in _words(build.version)[2]


def test_strangers_and_readers_take_nothing_over(main: Bundle, signed_in: Callable[[str], Client]) -> None:
    core = actions.create(by=ACTOR, case=main.case, title="Core", kind=Bundle.Kind.CORE, master=main)
    for role, status in (("stranger", 404), ("reader", 403)):
        browser = signed_in(role)
        for name in ("take", "cited", "edition"):
            assert browser.get(reverse(f"bundles:{name}", args=[core.case_id, core.pk])).status_code == status
        api = reverse("api:bundle-taken", args=[core.pk])
        assert browser.post(api, {"documents": [1]}, "application/json").status_code == status


def test_a_main_bundle_of_another_matter_is_not_found(bundle: Bundle, editor: Client) -> None:
    elsewhere = a_case(a_user("other@example.org"), claim_number="IL-2026-000777")
    theirs = actions.create(by=ACTOR, case=elsewhere, title="Theirs")
    said = {"title": "Core", "kind": "core", "master": str(theirs.pk)}
    answer = editor.post(reverse("api:bundles", args=[bundle.case_id]), said, "application/json")
    assert answer.status_code == 404
