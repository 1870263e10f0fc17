"""The report of a comparison becomes an exhibit, and lands in a bundle that can be referred to."""

import ctypes
import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.core.management import call_command
from django.test import Client
from pypdfium2 import raw

from bundles import actions as bundling
from bundles import pipeline as building
from bundles.models import Build
from cases.models import Case, Membership
from comparison import actions, reporting
from comparison.evaluation import compare
from comparison.models import Comparison, ExpertReport, ModelArtefact, SignedFile
from comparison.report import Matter
from comparison.weights import manifest
from core.actor import Actor
from core.errors import Conflict, InvalidInput, Unavailable
from evidence import pipeline as intake
from evidence.actions import exhibits
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event
from tests.factories import a_member, an_exhibit
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder, parent = tmp_path_factory.mktemp("run"), zoo.independent(0)
    for name, tensors in (("ours", parent), ("theirs", zoo.permuted(zoo.trained_on(parent)))):
        write(folder / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    (folder / "spec.toml").write_text(
        '[comparison]\ntitle = "t"\nreference = "ours"\nsuspect = "theirs"\nmethods = ["hashes", "match"]\n'
    )
    compare(folder / "spec.toml", folder / "out")
    return folder


@pytest.fixture
def made(case: Case, actor: Actor, run: Path) -> Comparison:
    for name in ("ours", "theirs"):
        actions.register(
            by=actor, case=case, vendor="V", name=name, licence="Open", manifest=manifest(run / name)
        )
    content = (run / "out" / "comparison.json").read_bytes()
    return actions.import_answer(by=actor, case=case, content=content)


def laid_out(made: Comparison, actor: Actor) -> SignedFile:
    actions.ask_for_report(by=actor, comparison=made)
    reporting.lay_out(made.pk, by=actor)
    return made.signed_files.filter(kind=SignedFile.Kind.REPORT).latest("kept_at")


def pages(path: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True, text=True
    )
    return done.stdout.split("\f")[:-1]


def test_the_report_is_an_exhibit_with_custody_and_signed(made: Comparison, actor: Actor) -> None:
    actions.save_parts(by=actor, comparison=made, parts={"name": "Dr Erika Expert", "limits": "None."})
    file = laid_out(made, actor)
    text = " ".join(" ".join(pages(store().path(file.exhibit.sha256))).split())
    for words in (
        made.case.title, "V, theirs against V, ours", "Dr Erika Expert", "registered V, ours",
        "Weights of the reference, Weights of the suspect", made.detail["record_sha256"], "Open",
    ):  # fmt: skip
        assert words in text, words
    assert file.signature
    verbs = [event.verb for event in Event.objects.filter(chain__key=made.case.chain).order_by("sequence")]
    assert [verb for verb in verbs if "report" in verb] == [
        "wrote in the report of", "asked for a report of", "laid out a report of",
    ]  # fmt: skip
    assert verbs[-3:-1] == ["received", "kept"]
    reporting.lay_out(made.pk, by=actor)
    assert made.signed_files.filter(kind=SignedFile.Kind.REPORT).count() == 1, "nobody waits for another"


def test_a_report_in_a_bundle_keeps_its_paragraphs_and_references_lead_to_it(
    made: Comparison, actor: Actor, case: Case
) -> None:
    report = laid_out(made, actor).exhibit
    intake.run(str(report.pk), by=actor)
    report.refresh_from_db()
    own = pages(store().path(report.sha256))
    bundle = bundling.create(
        by=actor, case=case, title="Hearing bundle", sections=["A. Expert evidence"], letter="A"
    )
    section = bundle.sections.get()
    statement = an_exhibit(case, b"The report says so at [A/12].", "skeleton-argument.txt", ready=True)
    bundling.add_exhibits(by=actor, section=section, exhibits=[report, statement])
    asked = bundling.ask_for_build(by=actor, bundle=bundle)
    building.run(asked.pk, by=actor)
    built = Build.objects.get(pk=asked.pk)
    assert built.state == Build.State.BUILT, built.message
    version = bundle.versions.get()
    file = store().path(version.sha256)
    entry, speaks = version.report["entries"]
    whole, first = pages(file), entry["first_page"]
    assert entry["last_page"] - first + 1 == len(own) > 12
    for number, page in enumerate(own):
        for paragraph in re.findall(r"^ {0,3}(\d+)\. {2,}\S", page, flags=re.MULTILINE):
            there = whole[first - 1 + number]
            assert re.search(rf"^ *{paragraph}\. {{2,}}\S", there, flags=re.MULTILINE), paragraph
    assert "1. Report of the comparison: theirs against ours (p. 2)" in outline(file)
    assert linked(file, speaks["first_page"]) == [12]


def outline(file: Path) -> dict[str, int]:
    """How deep each entry of the outline stands."""
    depths: dict[str, int] = {}

    def walk(items: list[pikepdf.OutlineItem], depth: int) -> None:
        for item in items:
            depths.setdefault(str(item.title), depth)
            walk(item.children, depth + 1)

    with pikepdf.open(file) as pdf, pdf.open_outline() as held:
        walk(list(held.root), 0)
    return depths


def linked(file: Path, page: int) -> list[int]:
    """The pages to which the links on a page lead, as PDFium follows them."""
    led = []
    with pypdfium2.PdfDocument(file) as opened:
        shown, link, place = opened[page - 1], raw.FPDF_LINK(), ctypes.c_int(0)
        while raw.FPDFLink_Enumerate(shown.raw, place, link):
            target = raw.FPDFLink_GetDest(opened.raw, link)
            led.append(raw.FPDFDest_GetDestPageIndex(opened.raw, target) + 1)
    return led


def test_parts_are_kept_and_a_report_needs_a_record(made: Comparison, actor: Actor) -> None:
    actions.save_parts(by=actor, comparison=made, parts={"qualifications": " MSc "})
    actions.save_parts(by=actor, comparison=made, parts={"limits": "Few models."})
    assert ExpertReport.objects.get().parts == {"qualifications": "MSc", "limits": "Few models."}
    with pytest.raises(InvalidInput, match="no part verdict"):
        actions.save_parts(by=actor, comparison=made, parts={"verdict": "Guilty"})
    with pytest.raises(InvalidInput, match="over 20,000"):
        actions.save_parts(by=actor, comparison=made, parts={"limits": "x" * 20_001})
    by_hashes = actions.compare(by=actor, reference=made.reference, suspect=made.suspect)
    with pytest.raises(Conflict, match="no record"):
        actions.ask_for_report(by=actor, comparison=by_hashes)


def test_why_there_is_no_report_is_told(made: Comparison, actor: Actor, owner: Client) -> None:
    actions.ask_for_report(by=actor, comparison=made)
    record = made.signed_files.get(kind=SignedFile.Kind.RECORD)
    other = an_exhibit(made.case, b"no record", "other.txt")
    Exhibit.objects.filter(pk=record.exhibit_id).update(sha256=other.sha256)
    reporting.lay_out(made.pk, by=actor)
    assert "not JSON" in ExpertReport.objects.get().message
    page = owner.get(f"/matters/{made.case_id}/comparison/{made.pk}/report/")
    assert "not JSON" in page.text
    assert reporting.waiting() == []


def test_the_page_saves_parts_and_asks_for_the_report(made: Comparison, owner: Client) -> None:
    address = f"/matters/{made.case_id}/comparison/{made.pk}/report/"
    assert "The expert’s report" in owner.get(f"/matters/{made.case_id}/comparison/{made.pk}/").text
    page = owner.get(address)
    assert "Make the report" in page.text
    assert "style=" not in page.text
    saved = owner.post(address, {"conclusions": "The tests disagree."}, follow=True)
    assert "The tests disagree." in saved.text
    assert "Not signed" in saved.text
    asked = owner.post(f"{address}make/", follow=True)
    assert "Being laid out" in asked.text
    assert reporting.waiting() == [str(made.pk)]
    refused = owner.post(address, {"conclusions": "x" * 20_001})
    assert refused.status_code == 422


def test_the_api_writes_parts_and_asks(made: Comparison, owner: Client) -> None:
    address = f"/api/matters/{made.case_id}/comparisons/{made.pk}/report/"
    sent = owner.patch(address, json.dumps({"limits": "Few."}), content_type="application/json")
    assert sent.json()["parts"] == {"limits": "Few."}
    asked = owner.post(address)
    assert (asked.status_code, asked.json()["waiting"]) == (202, True)
    assert owner.get(address).json()["exhibits"] == []


def test_the_command_needs_no_database(run: Path, tmp_path: Path) -> None:
    call_command("comparison_report", run / "out" / "comparison.json", "--out", tmp_path / "report.pdf")
    assert "Part 35" in " ".join(pages(tmp_path / "report.pdf"))
    with pytest.raises(Conflict, match="exists already"):
        call_command("comparison_report", run / "out" / "comparison.json", "--out", tmp_path / "report.pdf")


def a_pdf(content: bytes, out: Path, matter: Matter | None = None) -> Path:
    """In place of the report, where only what becomes of it is asked."""
    assert matter is not None
    out.write_bytes(b"%PDF-1.7 " + matter.expert.get("conclusions", "").encode())
    return out


def reports_of(made: Comparison) -> list[bytes]:
    files = made.signed_files.filter(kind=SignedFile.Kind.REPORT).order_by("kept_at")
    return [store().path(file.exhibit.sha256).read_bytes() for file in files]


@pytest.mark.parametrize("harm", ["gone", "altered"])
def test_a_record_that_the_store_lost_stops_the_report_and_says_so(
    made: Comparison, actor: Actor, owner: Client, harm: str
) -> None:
    path = store().path(made.signed_files.get().exhibit.sha256)
    content = path.read_bytes()
    path.unlink()
    if harm == "altered":
        path.write_bytes(content.replace(b'"cpu"', b'"tpu"'))
    try:
        actions.ask_for_report(by=actor, comparison=made)
        reporting.lay_out(made.pk, by=actor)
    finally:
        path.unlink(missing_ok=True)
        path.write_bytes(content)
    assert not reporting.waiting()
    assert not reports_of(made)
    page = owner.get(f"/matters/{made.case_id}/comparison/{made.pk}/report/").text
    assert "Restore it from the latest backup" in page
    assert "Make the report" in page


def test_a_fault_stops_the_report_and_says_so(
    made: Comparison, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Path:
        raise RuntimeError("no more ink")

    monkeypatch.setattr(reporting, "write_report", broken)
    actions.ask_for_report(by=actor, comparison=made)
    reporting.lay_out(made.pk, by=actor)
    assert ExpertReport.objects.get().message.endswith("RuntimeError: no more ink")
    assert not reporting.waiting()


def test_two_workers_on_one_report_keep_one_and_the_next_has_the_parts_of_its_day(
    made: Comparison, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def slow(content: bytes, out: Path, matter: Matter | None = None) -> Path:
        begun.append("once")
        if len(begun) == 1:
            # Another worker is done first, and somebody asks again.
            reporting.lay_out(made.pk, by=actor)
            actions.save_parts(by=actor, comparison=made, parts={"conclusions": "new"})
            actions.ask_for_report(by=actor, comparison=made)
        return a_pdf(content, out, matter)

    monkeypatch.setattr(reporting, "write_report", slow)
    actions.save_parts(by=actor, comparison=made, parts={"conclusions": "old"})
    actions.ask_for_report(by=actor, comparison=made)
    reporting.lay_out(made.pk, by=actor)
    assert (len(reports_of(made)), reporting.waiting()) == (1, [str(made.pk)])
    reporting.lay_out(made.pk, by=actor)
    assert [content.split()[-1] for content in reports_of(made)] == [b"old", b"new"]


def test_a_worker_that_fails_after_another_succeeded_takes_nothing_back(
    made: Comparison, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def failing(content: bytes, out: Path, matter: Matter | None = None) -> Path:
        begun.append("once")
        if len(begun) == 1:
            reporting.lay_out(made.pk, by=actor)
            raise Unavailable("No room.")
        return a_pdf(content, out, matter)

    monkeypatch.setattr(reporting, "write_report", failing)
    actions.ask_for_report(by=actor, comparison=made)
    reporting.lay_out(made.pk, by=actor)
    assert len(reports_of(made)) == 1
    assert ExpertReport.objects.get().message == ""
    assert not Event.objects.filter(verb="could not lay out a report of").exists()


def test_a_report_names_no_exhibit_that_is_closed(made: Comparison, actor: Actor, case: Case) -> None:
    memo = an_exhibit(case, name="memo.txt")
    ModelArtefact.objects.filter(pk=made.reference_id).update(exhibit=memo)
    record_of_run = made.signed_files.get().exhibit
    for exhibit, title in ((memo, "Advice on the merits"), (record_of_run, "Draft record")):
        exhibits.describe(by=actor, exhibit=exhibit, title=title, privilege=Exhibit.Privilege.LITIGATION)
    made.reference.refresh_from_db()
    matter = reporting.matter_of(ExpertReport(comparison=made))
    assert matter.reference.exhibit == reporting.NOT_NAMED
    assert not [entry for entry in matter.custody if "Record of" in entry[2] or "Draft record" in entry[2]]
    exhibits.describe(by=actor, exhibit=memo, title="Delivery note")
    memo.refresh_from_db()
    made.reference.exhibit = memo
    assert "Delivery note" in reporting.matter_of(ExpertReport(comparison=made)).reference.exhibit


def test_a_report_says_how_many_entries_of_the_ledger_it_leaves_out(
    made: Comparison, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_ENTRIES", 2)
    actions.ask_for_report(by=actor, comparison=made)
    custody = reporting.matter_of(ExpertReport.objects.get()).custody
    assert [entry[2] for entry in custody[2:]] == ["4 more, which only the matter's ledger lists"]


def test_a_report_on_a_closed_record_is_as_closed(
    made: Comparison, actor: Actor, case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "write_report", a_pdf)
    source = made.signed_files.get(kind=SignedFile.Kind.RECORD).exhibit
    exhibits.describe(by=actor, exhibit=source, title=source.title, privilege=Exhibit.Privilege.LITIGATION)
    report = laid_out(made, actor)
    assert report.exhibit.privilege == Exhibit.Privilege.LITIGATION
    client.force_login(a_member(case, role=Membership.Role.EXPERT, email="expert@example.org"))
    assert client.get(f"/matters/{case.pk}/exhibits/{report.exhibit_id}/").status_code == 404


def test_a_closed_report_and_its_signature_are_closed_to_an_outside_expert(
    made: Comparison, actor: Actor, case: Case, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "write_report", a_pdf)
    report = laid_out(made, actor)
    client.force_login(a_member(case, role=Membership.Role.EXPERT, email="expert@example.org"))
    page = f"/matters/{case.pk}/comparison/{made.pk}/"
    assert "<dt>Report</dt>" in client.get(page).text
    assert client.get(f"{page}signatures/{report.pk}/").status_code == 200
    exhibits.describe(by=actor, exhibit=report.exhibit, title="Draft", privilege=Exhibit.Privilege.LITIGATION)
    told = client.get(page).text
    assert "<dt>Record</dt>" in told
    assert "<dt>Report</dt>" not in told
    assert client.get(f"{page}signatures/{report.pk}/").status_code == 404
