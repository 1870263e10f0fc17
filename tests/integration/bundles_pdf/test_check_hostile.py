"""Files that were made to stop a reader, or only badly: each gets its report, in bounded time."""

import time
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from bundles.pdf.check import RULES, check
from bundles.pdf.check.held import FELL_OVER, TOO_LONG, check_held
from bundles.pdf.check.report import Finding
from bundles.pdf.profile import load, names
from tests.integration.bundles_pdf.drawn_pages import Words, add_words, body, bookmark, drawn, saved

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
ENOUGH = 20.0  # seconds on a busy machine


def typed(count: int = 3) -> Pdf:
    return drawn([[*body(), Words(540, 20, str(number))] for number in range(1, count + 1)])


def looped_page_tree(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids.append(pdf.Root.Pages)


def page_tree_of_nothing(pdf: Pdf) -> None:
    pdf.Root.Pages.Kids = Array([1, Dictionary(), String("page")])


def endless_outline(pdf: Pdf) -> None:
    bookmark(pdf, ("One (p. 1)", 1), ("Two (p. 2)", 2))
    pdf.Root.Outlines.First.Next.Next = pdf.Root.Outlines.First
    pdf.Root.Outlines.First.First = pdf.Root.Outlines.First


def many_annotations(pdf: Pdf) -> None:
    note = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.URI, URI=String("x"))
        )
    )
    pdf.pages[0].obj.Annots = Array([note] * 100_000)


def endless_actions(pdf: Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.GoTo))
    action.Next = action
    pdf.Root.OpenAction = action


def form_that_draws_itself(pdf: Pdf) -> None:
    form = pdf.make_stream(b"/Me Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(Me=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(Me=form)
    add = pdf.pages[0].obj.Contents.read_bytes()
    pdf.pages[0].obj.Contents = pdf.make_stream(add + b"/Me Do")


def huge_page(pdf: Pdf) -> None:
    pdf.pages[1].obj.MediaBox = Array([0, 0, 1e12, 1e12])
    pdf.pages[1].obj.UserUnit = 1e9


def page_without_a_box(pdf: Pdf) -> None:
    pdf.pages[1].obj.MediaBox = Array([Name.Wide, String("high"), 0, 0])
    pdf.pages[1].obj.Rotate = String("half")


def many_lines(pdf: Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0 0 m 9 9 l S\n" * 200_000)


def very_many_numbers(pdf: Pdf) -> None:
    add_words(pdf, 1, *[Words(10, nth % 800, "12 34 56 78 " * 20, 1) for nth in range(400)])


def wrong_kinds(pdf: Pdf) -> None:
    root = pdf.Root
    root.Names, root.AcroForm, root.Outlines = Array([1]), String("form"), Name.Outlines
    root.OpenAction, root.Dests, root.Metadata = 7, Array([]), Dictionary()
    pdf.pages[0].obj.Annots = Dictionary()
    pdf.pages[1].obj.AA = String("x")
    pdf.pages[2].obj.Resources = Array([])


def labels_in_a_circle(pdf: Pdf) -> None:
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree])
    pdf.Root.PageLabels = tree
    pdf.Root.Names = Dictionary(Dests=tree)


def rubbish_in_a_page(pdf: Pdf) -> None:
    pdf.pages[1].obj.Contents = pdf.make_stream(b"\x00\xff BT ( Tj << /x ] q q q 1e400 0 0 cm" * 50)


HOSTILE = (
    looped_page_tree,
    page_tree_of_nothing,
    endless_outline,
    many_annotations,
    endless_actions,
    form_that_draws_itself,
    huge_page,
    page_without_a_box,
    many_lines,
    very_many_numbers,
    wrong_kinds,
    labels_in_a_circle,
    rubbish_in_a_page,
)


@pytest.mark.parametrize("make", HOSTILE, ids=lambda make: make.__name__)
def test_a_hostile_file_gets_every_rule_answered_in_time(tmp_path: Path, make: object) -> None:
    with typed() as pdf:
        make(pdf)  # type: ignore[operator]
        path = saved(pdf, tmp_path / "hostile.pdf")
    started = time.monotonic()
    for profile in ("ew-commercial", "us-district", "exhibit"):
        report = check(path, profile=profile)
        assert [result.id for result in report.rules] == [rule.id for rule in load(profile).rules]
        stopped = [result.id for result in report.rules if "stopped this check" in result.detail]
        assert stopped == []
    assert time.monotonic() - started < ENOUGH


def test_too_many_annotations_leave_active_content_undecided(tmp_path: Path) -> None:
    with typed() as pdf:
        many_annotations(pdf)
        path = saved(pdf, tmp_path / "many.pdf")
    statuses = {rule.id: rule.status for rule in check(path, profile="us-district").rules}
    assert (statuses["US-01"], statuses["US-02"]) == ("unverified", "unverified")


def test_a_fault_in_one_rule_costs_no_other_its_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_bundle: object) -> Finding:
        raise ZeroDivisionError

    monkeypatch.setitem(RULES, "EW-06", broken)
    path = saved(typed(), tmp_path / "typed.pdf")
    results = {rule.id: rule for rule in check(path).rules}
    assert results["EW-06"].status == "unverified"
    assert "ZeroDivisionError" in results["EW-06"].detail
    assert results["EW-02"].status == "pass"


def test_pages_that_were_not_read_in_time_pass_nothing(tmp_path: Path) -> None:
    path = saved(typed(), tmp_path / "typed.pdf")
    results = {rule.id: rule.status for rule in check(path, seconds=-1).rules}
    assert results["EW-06"] == results["EW-07"] == "unverified"
    assert results["EW-01"] == "fail"


def test_a_file_that_kills_its_reader_still_gets_a_report(tmp_path: Path) -> None:
    """Nine forms that each draw the one below ten times: a thousand million of them."""
    with typed() as pdf:
        form = pdf.make_stream(b"0 0 m 1 1 l S", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        for _ in range(9):
            outer = pdf.make_stream(b"/F Do " * 10, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
            outer.Resources = Dictionary(XObject=Dictionary(F=form))
            form = outer
        pdf.pages[1].obj.Resources.XObject = Dictionary(F=form)
        pdf.pages[1].obj.Contents = pdf.make_stream(b"/F Do")
        path = saved(pdf, tmp_path / "deadly.pdf")
    answer = check_held(path, seconds=4)
    assert not answer["passed"]
    assert answer["rules"][0]["detail"] in (TOO_LONG, FELL_OVER)
    assert {rule["status"] for rule in answer["rules"][1:]} == {"unverified"}


def test_what_is_no_pdf_says_so(tmp_path: Path) -> None:
    for number, content in enumerate(
        (b"", b"%PDF-1.7\n", b"not a PDF", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF")
    ):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(content)
        report = check(path)
        assert report.rules[0].status == "fail"
        assert not report.passed


def test_every_rule_of_every_profile_has_a_function_and_every_function_a_profile() -> None:
    asked = {rule.id for name in names() for rule in load(name).rules}
    assert asked == set(RULES)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared material is absent")
@pytest.mark.parametrize("profile", names())
def test_every_pdf_that_offices_sent_gets_a_report(profile: str) -> None:
    for path in sorted(CORPUS.rglob("*.pdf")):
        report = check(path, profile=profile)
        assert [result.id for result in report.rules] == [rule.id for rule in load(profile).rules], path
        stopped = [(path.name, result.id) for result in report.rules if "stopped this check" in result.detail]
        assert stopped == []
