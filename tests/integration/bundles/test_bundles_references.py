"""References of a skeleton argument through two versions: linked, reported, carried over, and shown."""

import csv
import ctypes
from collections.abc import Callable
from io import BytesIO, StringIO

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from pypdfium2 import raw
from weasyprint import HTML

from bundles import actions, referring
from bundles.models import Build, Bundle, Entry, Version
from cases.models import Case
from core.errors import InvalidInput
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit

Built = Callable[..., Build]


def pdf(*pages: str) -> bytes:
    made = BytesIO()
    HTML(string="".join(f"<p style='break-after: page'>{words}</p>" for words in pages)).write_pdf(made)
    return made.getvalue()


def document(case: Case, title: str, *pages: str) -> Exhibit:
    exhibit = an_exhibit(case, pdf(*pages), f"{title.lower().replace(' ', '-')}.pdf", ready=True)
    Exhibit.objects.filter(pk=exhibit.pk).update(title=title)
    exhibit.refresh_from_db()
    return exhibit


@pytest.fixture
def cited(case: Case, built: Built) -> Bundle:
    """A letter, a skeleton that cites it, and a letter that speaks of some other tab; built."""
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. All"], letter="H")
    held = [
        document(case, "Letter before action", "First sheet", "Second sheet", "Third sheet"),
        document(case, "Skeleton argument", "The threat is at {H/3}. See also tab 9, and [H/1/2]."),
        document(case, "Letter in reply", "You sent us tab 77 of another bundle."),
    ]
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=held)
    assert built(bundle).state == Build.State.BUILT
    return bundle


def with_one_before(bundle: Bundle, built: Built) -> Version:
    late = document(bundle.case, "Order", "The order of the court")
    (entry,) = actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[late])
    Entry.objects.filter(pk=entry.pk).update(order=0)
    built(bundle)
    return bundle.versions.get(number=2)


def address(name: str, bundle: Bundle, *more: object) -> str:
    return reverse(f"bundles:{name}", args=[bundle.case_id, bundle.pk, *more])


def linked_words(version: Version) -> list[str]:
    """The text of each page that a reference leads to, as PDFium follows the links."""
    words = []
    skeleton = next(each for each in version.report["entries"] if each["title"] == "Skeleton argument")
    with pypdfium2.PdfDocument(store().path(version.sha256)) as opened:
        page, link, place = opened[skeleton["first_page"] - 1], raw.FPDF_LINK(), ctypes.c_int(0)
        while raw.FPDFLink_Enumerate(page.raw, place, link):
            index = raw.FPDFDest_GetDestPageIndex(opened.raw, raw.FPDFLink_GetDest(opened.raw, link))
            words.append(opened[index].get_textpage().get_text_range().splitlines()[0])
    return words


def test_a_reference_lands_on_the_same_page_after_a_document_came_before_it(
    cited: Bundle, built: Built
) -> None:
    first = cited.versions.get(number=1)
    assert linked_words(first) == ["Second sheet"]
    told = first.report["references"]
    assert told["resolved"] == 1
    assert [(one["words"], one["status"]) for one in told["open"]] == [
        ("tab 9", "dangling"),
        ("[H/1/2]", "ambiguous"),
    ]
    second = with_one_before(cited, built)
    assert linked_words(second) == ["Second sheet"]
    assert second.report["references"]["resolved"] == 1


def test_a_person_may_say_which_version_was_meant(cited: Bundle, built: Built, editor: Client) -> None:
    """By the second version's numbers page 3 is the letter's first sheet, and tab 1 has only the page 2."""
    second = with_one_before(cited, built)
    entry = Entry.objects.get(exhibit__title="Skeleton argument")
    answer = editor.post(address("references", cited), {"entry": entry.pk, "version": second.number})
    assert answer.status_code == 302
    entry.refresh_from_db()
    assert entry.written_against == second
    assert Event.objects.filter(verb="said which version is meant in").count() == 1
    built(cited)
    assert linked_words(cited.versions.get(number=3)) == ["First sheet", "The order of the court"]
    page = editor.get(address("references", cited)).content.decode()
    assert '<option value="2" selected>' in page
    assert "Version 1, as usual" in page
    assert "Letter in reply" not in page
    with pytest.raises(InvalidInput):
        actions.say_written_against(by=ACTOR, entry=entry, version=Version(bundle_id=cited.case_id))


def test_the_version_s_page_lists_what_needs_a_person(cited: Bundle, editor: Client) -> None:
    page = editor.get(address("version", cited, 1)).content.decode()
    assert "1 reference to pages of this bundle" in page
    assert "There is no tab 9." in page
    assert "It can be read in more than one way." in page
    version = cited.versions.get(number=1)
    kept = referring.map_of(version)
    version.report = {name: value for name, value in version.report.items() if name != "references"}
    assert referring.map_of(version).documents == kept.documents, (
        "as of a version built before maps were kept"
    )


def test_what_changed_is_shown_and_kept_as_a_table_of_pages(
    cited: Bundle, built: Built, editor: Client
) -> None:
    entry = Entry.objects.get(exhibit__title="Letter in reply")
    actions.rename_entry(by=ACTOR, entry=entry, title="The defendant's answer")
    with_one_before(cited, built)
    shown = editor.get(address("changes", cited, 2))
    changes = shown.context["changes"]
    assert [each.title for each in changes.added] == ["Order"]
    assert [each.now.title for each in changes.retitled] == ["The defendant's answer"]
    assert (changes.removed, changes.moved) == ([], [])
    answer = editor.get(address("concordance_file", cited, 2), {"as": "csv"})
    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert rows[0] == ["Old page", "New page", "Document"]
    assert rows[1:] == [
        ["1", "1", "Index"],
        ["2", "3", "Letter before action"],
        ["3", "4", "Letter before action"],
        ["4", "5", "Letter before action"],
        ["5", "6", "Skeleton argument"],
        ["6", "7", "Letter in reply"],
    ]
    paper = editor.get(address("concordance_file", cited, 2), {"as": "pdf"})
    with pypdfium2.PdfDocument(paper.content) as opened:
        text = opened[0].get_textpage().get_text_range()
    assert "Concordance of page numbers" in text
    assert "2–4" in text
    assert "3–5" in text
    told = editor.get(reverse("api:bundle-changes", args=[cited.pk, 2])).json()
    assert told["since"] == 1
    assert [(one["what"], one["title"], one["before"], one["now"]) for one in told["documents"]] == [
        ("added", "Order", "", "2"),
        ("retitled", "The defendant's answer", "6", "7"),
    ]
    assert told["concordance"][1] == {"old": "2", "new": "3", "document": "Letter before action"}
    assert editor.get(reverse("api:bundle-changes", args=[cited.pk, 1])).json()["since"] is None
    assert editor.get(reverse("api:bundle-changes", args=[cited.pk, 2]), {"since": "2"}).status_code == 404
    assert editor.get(address("changes", cited, 1)).context["since"] is None
    assert editor.get(address("changes", cited, 2), {"since": "7"}).status_code == 400
