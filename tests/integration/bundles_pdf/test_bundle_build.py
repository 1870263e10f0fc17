"""Bundles built from real files: everything is there, in order, or the build says why not."""

import json
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from bundles.pdf.build import build
from bundles.pdf.check import check
from bundles.pdf.errors import BundleStopped
from bundles.pdf.spec import BundleSpec, EntrySpec, SectionSpec
from core.errors import InvalidInput
from tests.bench.bundle_pdfs import LANDSCAPE, LETTER, Sheet, drawn, make_pdf, scan, spec_of

INTAKE = Path(__file__).parents[4] / "shared" / "corpus" / "intake"


def locked(path: Path) -> Path:
    with drawn([Sheet()]) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="hunter2", owner="x"))
    return path


def truncated(path: Path) -> Path:
    whole = make_pdf(path, [Sheet(image=scan(3))] * 4).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def no_pages(path: Path) -> Path:
    with Pdf.new() as pdf:
        pdf.save(path)
    return path


def titles(items: list[pikepdf.OutlineItem], depth: int = 0) -> list[tuple[int, str]]:
    return [row for item in items for row in ((depth, item.title), *titles(list(item.children), depth + 1))]


def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_a_bundle_holds_every_page_in_order_under_its_own_number(tmp_path: Path) -> None:
    first = make_pdf(tmp_path / "claim.pdf", [Sheet(), Sheet(LETTER)], name="claim")
    second = make_pdf(
        tmp_path / "plan.pdf", [Sheet(LANDSCAPE), Sheet(rotate=90), Sheet(rotate=270)], name="plan"
    )
    steps: list[tuple[int, int, str]] = []
    report = build(spec_of([first, second]), tmp_path / "out.pdf", progress=lambda *step: steps.append(step))
    assert report.check.passed
    assert (report.pages, report.index_pages) == (6, 1)
    assert [(entry.first_page, entry.last_page) for entry in report.entries] == [(2, 3), (4, 6)]
    shown = texts(tmp_path / "out.pdf")
    assert [words.split(",")[0] for words in shown[1:]] == ["claim", "claim", "plan", "plan", "plan"]
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        assert [page.obj.get("/Rotate", 0) for page in pdf.pages][1:] == [0, 0, 0, 90, 270]
        assert [list(map(int, page.mediabox[2:])) for page in pdf.pages][2:4] == [[612, 792], [842, 595]]
        with pdf.open_outline() as outline:
            assert titles(list(outline.root)) == [
                (0, "Index (p. 1)"),
                (0, "A. Statements of case (p. 2)"),
                (1, "1. Document claim (p. 2)"),
                (0, "B. Evidence (p. 4)"),
                (1, "2. Document plan (p. 4)"),
            ]
        assert (
            str(pdf.docinfo.Title) == "Hearing bundle - Aurelia Laboratories v Baiyun Cloud - IL-2026-000123"
        )
    assert steps[0] == (0, 7, "Document claim")
    assert steps[-1] == (7, 7, "Done")
    answer = json.loads(json.dumps(report.as_json()))
    promised = ["file", "pages", "index_pages", "seconds", "peak_mib", "entries", "check"]
    assert list(answer)[: len(promised)] == promised
    assert list(answer["entries"][0]) == [
        "title",
        "source",
        "sha256",
        "first_page",
        "last_page",
        "status",
        "reason",
    ]
    assert list(answer["check"]["rules"][0]) == ["id", "status", "pages", "detail"]


def test_index_rows_are_clickable_over_their_whole_width(tmp_path: Path) -> None:
    files = [make_pdf(tmp_path / f"{name}.pdf", [Sheet()]) for name in ("one", "two")]
    build(spec_of(files), tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        links = list(pdf.pages[0].obj.Annots)
        assert len(links) == 2
        widths = [float(link.Rect[2] - link.Rect[0]) for link in links]
        assert min(widths) > 470  # of 482 points between the margins
        assert [link.Dest[0].objgen for link in links] == [pdf.pages[n].obj.objgen for n in (1, 2)]


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path) -> None:
    files = [make_pdf(tmp_path / f"{name}.pdf", [Sheet()] * 2) for name in ("one", "two")]
    build(spec_of(files), tmp_path / "a.pdf")
    build(spec_of(files), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_stopped_build_names_every_failing_document_and_writes_nothing(tmp_path: Path) -> None:
    files = [
        make_pdf(tmp_path / "good.pdf", [Sheet()]),
        locked(tmp_path / "locked.pdf"),
        truncated(tmp_path / "cut.pdf"),
        no_pages(tmp_path / "blank.pdf"),
    ]
    out = tmp_path / "out" / "bundle.pdf"
    out.parent.mkdir()
    out.write_text("the earlier bundle")
    with pytest.raises(BundleStopped) as caught:
        build(spec_of(files), out)
    message = str(caught.value)
    for name, reason in (("locked", "locked with a password"), ("cut", "damaged"), ("blank", "no pages")):
        assert f"Document {name} ({name}.pdf): " in message
        assert reason in message
    assert "good.pdf" not in message
    assert [entry.status for entry in caught.value.entries] == ["included", "failed", "failed", "failed"]
    assert [path.name for path in out.parent.iterdir()] == ["bundle.pdf"]
    assert out.read_text() == "the earlier bundle"


def test_placeholders_say_what_is_missing(tmp_path: Path) -> None:
    files = [make_pdf(tmp_path / "good.pdf", [Sheet()]), locked(tmp_path / "locked.pdf")]
    spec = spec_of(files, on_failure="placeholder")
    note = EntrySpec(
        "Call log",
        date(2026, 9, 1),
        Path(),
        "calls.xls",
        failure="Old Excel files are not converted. Save it as PDF.",
    )
    spec = BundleSpec(**{**vars(spec), "sections": (*spec.sections, SectionSpec("C. Logs", (note,)))})
    report = build(spec, tmp_path / "out.pdf")
    assert report.check.passed
    assert [entry.status for entry in report.entries] == ["included", "placeholder", "placeholder"]
    index, _, sheet, log = texts(tmp_path / "out.pdf")
    assert "not included: locked with a password" in " ".join(index.split())
    assert "Locked with a password." in sheet
    assert str(report.entries[1].sha256) in "".join(sheet.split())
    assert "(not included: old Excel files are not converted)" in " ".join(index.split())
    assert "Old Excel files are not converted. Save it as PDF." in log
    assert "1 September 2026" in log


def test_active_content_is_left_out_and_reported(tmp_path: Path) -> None:
    with drawn([Sheet()] * 2) as pdf:
        script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
        pdf.Root.OpenAction = script
        pdf.pages[0].obj.AA = Dictionary(O=script)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[10, 10, 50, 50])
        pdf.pages[0].obj.Annots = Array(
            [
                pdf.make_indirect(
                    Dictionary({**link, "/A": Dictionary(S=Name.Launch, F=String("calc.exe"))})
                ),
                pdf.make_indirect(
                    Dictionary({**link, "/A": Dictionary(S=Name.URI, URI=String("https://example.org"))})
                ),
                pdf.make_indirect(Dictionary({**link, "/Dest": Array([pdf.pages[1].obj, Name.Fit])})),
                pdf.make_indirect(
                    Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
                ),
            ]
        )
        pdf.attachments["secret.txt"] = b"attached"
        pdf.save(tmp_path / "active.pdf")
    report = build(spec_of([tmp_path / "active.pdf"]), tmp_path / "out.pdf")
    reason = str(report.entries[0].reason)
    assert report.entries[0].status == "included"
    for word in ("JavaScript (2 times)", "attached file (2 times)", "command that starts a program"):
        assert word in reason
    content = (tmp_path / "out.pdf").read_bytes()
    for forbidden in (b"JavaScript", b"Launch", b"EmbeddedFile", b"calc.exe", b"/AA"):
        assert forbidden not in content
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        annotations = list(pdf.pages[1].obj.Annots)
        assert str(annotations[1].A.URI) == "https://example.org"
        assert annotations[2].Dest[0].objgen == pdf.pages[2].obj.objgen


def test_named_links_of_two_copies_stay_in_their_own_copy(tmp_path: Path) -> None:
    with drawn([Sheet()] * 2) as pdf:
        names = pikepdf.NameTree.new(pdf)
        names["clause"] = Array([pdf.pages[1].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=names.obj)
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=String("clause"))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(link)])
        pdf.save(tmp_path / "deed.pdf")
    build(spec_of([tmp_path / "deed.pdf"] * 2), tmp_path / "out.pdf")
    with Pdf.open(tmp_path / "out.pdf") as pdf:
        reached = [pdf.pages[n].obj.Annots[0].Dest[0].objgen for n in (1, 3)]
        assert reached == [pdf.pages[n].obj.objgen for n in (2, 4)]


def test_typed_form_values_stay_visible(tmp_path: Path) -> None:
    with drawn([Sheet()]) as pdf:
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("amount"),
                V=String("Forty pounds"),
                DA=String("/F1 12 Tf 0 g"),
                Rect=[100, 100, 300, 120],
                F=4,
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=pdf.pages[0].obj.Resources)
        pdf.save(tmp_path / "form.pdf")
    assert build(spec_of([tmp_path / "form.pdf"]), tmp_path / "out.pdf").check.passed
    assert "Forty pounds" in texts(tmp_path / "out.pdf")[1]


def test_a_page_that_leaves_its_state_open_still_shows_its_number(tmp_path: Path) -> None:
    unbalanced = Sheet(before=b"q q 3 0 0 3 400 400 cm\n")
    files = [
        make_pdf(tmp_path / "open.pdf", [unbalanced, Sheet()]),
        make_pdf(tmp_path / "next.pdf", [Sheet()]),
    ]
    report = build(spec_of(files), tmp_path / "out.pdf")
    assert next(rule for rule in report.check.rules if rule.id == "EW-02").status == "pass"


def test_a_bundle_in_a_bundle_shows_the_new_numbers(tmp_path: Path) -> None:
    inner = [make_pdf(tmp_path / "a.pdf", [Sheet()] * 3)]
    build(spec_of(inner), tmp_path / "inner.pdf")
    first = make_pdf(tmp_path / "b.pdf", [Sheet()])
    assert build(spec_of([first, tmp_path / "inner.pdf"]), tmp_path / "out.pdf").check.passed


def test_a_long_index_agrees_with_itself(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "one.pdf", [Sheet()])
    report = build(spec_of([file] * 60), tmp_path / "out.pdf")
    assert report.check.passed
    assert report.index_pages > 1
    assert report.entries[0].first_page == report.index_pages + 1


def test_the_year_in_a_claim_number_is_no_row_of_the_index(tmp_path: Path) -> None:
    """A bundle of 2026 pages and more has a page 2026; here it is page 3."""
    file = make_pdf(tmp_path / "one.pdf", [Sheet()] * 2)
    spec = spec_of([file, file], claim_number="IL-3-000123")
    assert build(spec, tmp_path / "out.pdf").check.passed


def test_titles_are_words_and_never_markup(tmp_path: Path) -> None:
    file = make_pdf(tmp_path / "one.pdf", [Sheet()])
    entry = EntrySpec('<img src="file:///etc/passwd"> & <b>bold</b>', None, file, "one.pdf")
    spec = spec_of([file], sections=(SectionSpec("A. <script>", (entry,)),))
    build(spec, tmp_path / "out.pdf")
    assert '<img src="file:///etc/passwd"> & <b>bold</b>' in " ".join(texts(tmp_path / "out.pdf")[0].split())


def test_an_empty_bundle_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="has no documents"):
        build(spec_of([]), tmp_path / "out.pdf")
    with pytest.raises(InvalidInput, match="does not exist"):
        build(spec_of([make_pdf(tmp_path / "a.pdf", [Sheet()])]), tmp_path / "nowhere" / "out.pdf")


@pytest.mark.skipif(not INTAKE.is_dir(), reason="the shared material is absent")
def test_real_files_are_included_or_say_why_not(tmp_path: Path) -> None:
    files = sorted(INTAKE.glob("*.pdf"))
    report = build(spec_of(files, on_failure="placeholder"), tmp_path / "out.pdf")
    missing = {entry.source for entry in report.entries if entry.status == "placeholder"}
    assert missing == {"empty.pdf", "invalid.pdf", "livecycle.pdf", "password-hunter2.pdf"}
    failed = {rule.id for rule in check(tmp_path / "out.pdf").rules if rule.status == "fail"}
    assert failed == {"EW-06"}  # three of the files are scans without text
