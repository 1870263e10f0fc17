"""Putting a bundle in order, by script, by button and through the API."""

from typing import Any

from django.test import Client
from django.urls import reverse

from bundles import actions, order, selectors
from bundles.models import Bundle, Entry
from cases.models import Case
from evidence.actions import exhibits
from evidence.models import Exhibit
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit


def _address(name: str, bundle: Bundle, *more: object) -> str:
    return reverse(f"bundles:{name}", args=[bundle.case_id, bundle.pk, *more])


def _titles(bundle: Bundle) -> dict[str, list[str]]:
    return {
        section.title: [str(entry) for entry in section.entries.order_by("order")]
        for section in bundle.sections.order_by("order")
    }


def _form(bundle: Bundle) -> dict[str, object]:
    """What the page's form posts."""
    now = selectors.order_of(bundle)
    return {"seen": order.mark(now), "page": "p1", **{f"section-{part}": held for part, held in now}}


def _entry(title: str) -> Entry:
    return Entry.objects.get(exhibit__title=title)


def test_buttons_move_within_and_across_sections(editor: Client, bundle: Bundle) -> None:
    down = {**_form(bundle), "move": f"down:{_entry('one').pk}"}
    assert editor.post(_address("arrange", bundle), down).status_code == 302
    assert _titles(bundle)["A. Statements of case"] == ["two", "one", "three"]
    editor.post(_address("arrange", bundle), {**_form(bundle), "move": f"down:{_entry('three').pk}"})
    assert _titles(bundle) == {"A. Statements of case": ["two", "one"], "B. Other": ["three"]}
    editor.post(_address("arrange", bundle), {**_form(bundle), "move": f"up:{_entry('three').pk}"})
    assert _titles(bundle)["A. Statements of case"] == ["two", "one", "three"]


def test_a_drag_is_saved_in_the_background(editor: Client, bundle: Bundle) -> None:
    posted = _form(bundle)
    first, second = bundle.sections.order_by("order")
    held = posted[f"section-{first.pk}"]
    posted |= {f"section-{first.pk}": held[1:], f"section-{second.pk}": held[:1]}  # type: ignore[index]
    answer = editor.post(_address("arrange", bundle), posted, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert _titles(bundle) == {"A. Statements of case": ["two", "three"], "B. Other": ["one"]}


def test_the_same_open_page_moves_again_and_again(editor: Client, bundle: Bundle) -> None:
    first_seen = _form(bundle)["seen"]
    for _ in range(3):
        posted = {**_form(bundle), "seen": first_seen, "move": f"down:{_entry('one').pk}"}
        assert editor.post(_address("arrange", bundle), posted).status_code == 302
    assert _titles(bundle) == {"A. Statements of case": ["two", "three"], "B. Other": ["one"]}


def test_a_move_somebody_else_made_is_not_undone(editor: Client, bundle: Bundle) -> None:
    opened = _form(bundle)
    section = bundle.sections.order_by("order")[0]
    actions.move_to_section(by=ACTOR, entry=_entry("two"), section=bundle.sections.get(title="B. Other"))
    stands, three = _titles(bundle), Exhibit.objects.get(original_name="three.txt")
    page = editor.post(_address("arrange", bundle), {**opened, "move": f"down:{_entry('one').pk}"})
    assert page.status_code == 409
    assert b"changed by somebody else" in page.content
    assert b"two" in page.content
    answer = editor.post(_address("arrange", bundle), opened, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 409
    assert _titles(bundle) == stands
    actions.add_exhibits(by=ACTOR, section=section, exhibits=[three])
    assert editor.post(_address("arrange", bundle), opened).status_code == 409


def test_sections_move_are_renamed_and_removed_when_empty(editor: Client, bundle: Bundle) -> None:
    first, second = bundle.sections.order_by("order")
    posted = {**_form(bundle), "section_move": f"up:{second.pk}"}
    editor.post(_address("arrange", bundle), posted)
    assert list(_titles(bundle)) == ["B. Other", "A. Statements of case"]
    editor.post(_address("section_order", bundle), {"order": [first.pk, second.pk]})
    assert list(_titles(bundle)) == ["A. Statements of case", "B. Other"]
    assert editor.post(_address("section_order", bundle), {"order": [first.pk]}).status_code == 409
    editor.post(_address("section", bundle, second.pk), {"title": "B. Letters"})
    assert "B. Letters" in _titles(bundle)
    refused = editor.post(_address("section", bundle, first.pk), {"remove": "1"}, follow=True)
    assert b"holds documents" in refused.content
    editor.post(_address("section", bundle, second.pk), {"remove": "1"})
    assert list(_titles(bundle)) == ["A. Statements of case"]
    editor.post(_address("sections", bundle), {"title": "C. Law"})
    assert list(_titles(bundle)) == ["A. Statements of case", "C. Law"]
    empty = editor.post(_address("sections", bundle), {"title": "  "})
    assert empty.status_code == 422
    verbs = set(Event.objects.filter(chain__key=bundle.case.chain).values_list("verb", flat=True))
    assert {"moved", "renamed", "removed", "added"} <= verbs


def test_an_entry_is_renamed_moved_and_taken_out(editor: Client, bundle: Bundle) -> None:
    entry, other = _entry("one"), bundle.sections.get(title="B. Other")
    editor.post(_address("entry", bundle, entry.pk), {"title": "First note", "section": other.pk})
    assert _titles(bundle)["B. Other"] == ["First note"]
    assert Exhibit.objects.get(bundle_entries=entry).title == "one"
    editor.post(_address("arrange", bundle), {"take_out": entry.pk})
    assert _titles(bundle)["B. Other"] == []
    assert Exhibit.objects.filter(original_name="one.txt").exists()
    assert editor.post(_address("entry", bundle, entry.pk), {"title": "x"}).status_code == 404


def test_a_section_is_sorted_by_date_with_the_undated_last(editor: Client, bundle: Bundle) -> None:
    for title, day in (("one", "2026-03-02"), ("three", "2026-01-05")):
        exhibit = Exhibit.objects.get(title=title)
        exhibits.describe(by=ACTOR, exhibit=exhibit, title=title, dated=day)  # type: ignore[arg-type]
    section = bundle.sections.order_by("order")[0]
    editor.post(_address("arrange", bundle), {**_form(bundle), "sort": section.pk})
    assert _titles(bundle)[section.title] == ["three", "one", "two"]


def test_the_picker_marks_what_is_in_and_what_is_not_converted(
    editor: Client, bundle: Bundle, case: Case
) -> None:
    broken = an_exhibit(case, b"%PDF-1.7\nnonsense", "broken.pdf", ready=True)
    gone = an_exhibit(case, b"Gone.\n", "gone.txt")
    exhibits.withdraw(by=ACTOR, exhibit=gone, because="duplicate")
    page = editor.get(_address("add", bundle)).content.decode()
    assert page.count("In A. Statements of case") == 3
    assert broken.intake.message
    assert broken.intake.message.split(".")[0] in page
    assert "gone.txt" not in page
    assert ">gone" not in page
    absent = editor.get(_address("add", bundle), {"shown": "absent"}).content.decode()
    assert ">broken<" in absent
    assert ">one<" not in absent
    other = bundle.sections.get(title="B. Other")
    assert editor.post(_address("add", bundle), {"section": other.pk}).status_code == 422
    editor.post(_address("add", bundle), {"section": other.pk, "selected": [broken.pk]})
    assert _titles(bundle)["B. Other"] == ["broken"]
    refused = editor.post(_address("add", bundle), {"section": other.pk, "selected": [gone.pk]})
    assert refused.status_code == 422
    assert b"Withdrawn" in refused.content
    assert _titles(bundle)["B. Other"] == ["broken"]


def test_a_new_bundle_begins_with_the_usual_sections(editor: Client, case: Case) -> None:
    page = editor.get(reverse("bundles:new", args=[case.pk]))
    assert b"D. Expert evidence" in page.content
    said = {
        "title": "Trial bundle", "hearing_date": "2026-12-01", "profile": "ew-2021", "on_failure": "stop",
        "sections": "A. Pleadings\n\nB. Law",
    }  # fmt: skip
    editor.post(reverse("bundles:new", args=[case.pk]), said)
    made = Bundle.objects.get(title="Trial bundle")
    assert list(_titles(made)) == ["A. Pleadings", "B. Law"]
    refused = editor.post(reverse("bundles:new", args=[case.pk]), {**said, "title": ""})
    assert refused.status_code == 422
    assert b"B. Law" in refused.content


def test_duplicates_are_named(editor: Client, bundle: Bundle, case: Case) -> None:
    again = an_exhibit(case, b"Note one.\n", "again.txt")
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(title="B. Other"), exhibits=[again])
    page = editor.get(_address("bundle", bundle)).content.decode()
    assert "again</a> in B. Other is the same file as one" in page


def test_the_page_takes_the_same_queries_however_many_documents(
    editor: Client, bundle: Bundle, case: Case, django_assert_max_num_queries: object
) -> None:
    more = [an_exhibit(case, f"More {number}.\n".encode(), f"m{number}.txt") for number in range(20)]
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(title="B. Other"), exhibits=more)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert editor.get(_address("bundle", bundle)).status_code == 200


def test_a_heading_too_long_for_the_index_is_refused_by_the_api(editor: Client, bundle: Bundle) -> None:
    answer = editor.post(f"/api/bundles/{bundle.pk}/sections/", {"title": "A" * 201})
    assert answer.status_code == 400
    assert answer.json()["remedy"] == "Shorten it to 200."


def test_five_hundred_documents_are_shown_and_moved_in_a_few_statements(
    editor: Client, bundle: Bundle, django_assert_max_num_queries: Any
) -> None:
    section, exhibit = bundle.sections.all()[0], Exhibit.objects.filter(case=bundle.case)[0]
    rows = [Entry(section=section, exhibit=exhibit, order=9000 + place) for place in range(497)]
    Entry.objects.bulk_create(rows)
    address = reverse("bundles:bundle", args=[bundle.case_id, bundle.pk])
    editor.get(address)
    with django_assert_max_num_queries(20):
        page = editor.get(address)
    assert page.content.count(b"data-item=") == 500
    assert len(page.content) < 1_000_000
    order = selectors.order_of(bundle)
    order[0][1].insert(0, order[0][1].pop())
    with django_assert_max_num_queries(30):
        actions.arrange_as(by=ACTOR, bundle=bundle, order=order)
    assert selectors.order_of(bundle) == order
    assert Event.objects.filter(verb="moved").count() == 1
