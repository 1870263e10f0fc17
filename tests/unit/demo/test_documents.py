"""The demonstration documents are the same bytes each time and what they claim to be."""

import csv
import email
import email.policy
import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from PIL import Image, ImageSequence

from demo.accounts import CALLS, DIALOGUES, FROM_SINGAPORE, PENCE, accounts
from demo.exhibit_hp1 import MEAN, layer_means
from demo.locked import PASSWORD
from demo.make_documents import make_documents

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "demo" / "documents"
MEGABYTE = 1_000_000


def hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def text_of(pdf: Path) -> str:
    return subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True
    ).stdout


def words_of(picture: Path) -> str:
    one_thread = os.environ | {"OMP_THREAD_LIMIT": "1"}
    command = ["tesseract", str(picture), "-"]
    read = subprocess.run(command, env=one_thread, capture_output=True, text=True, check=True).stdout
    return " ".join(read.split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "first"
    make_documents(folder)
    return folder


def test_a_second_run_in_another_process_writes_the_same_bytes(made: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Singapore"}
    command = [sys.executable, "-m", "demo.make_documents", str(tmp_path / "second")]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)
    assert hashes(tmp_path / "second") == hashes(made)


def test_the_committed_documents_are_those_that_the_sources_make(made: Path) -> None:
    assert {path.name for path in COMMITTED.iterdir()} == {path.name for path in made.iterdir()}
    for path in made.glob("[01]*.pdf"):
        assert text_of(COMMITTED / path.name) == text_of(path), path.name


def test_the_documents_are_small_enough_to_keep_in_the_repository() -> None:
    assert sum(path.stat().st_size for path in COMMITTED.iterdir()) < 4 * MEGABYTE


def test_every_court_paper_bears_the_claim_number_on_a4() -> None:
    papers = list(COMMITTED.glob("[01]*.pdf"))
    assert len(papers) == 13
    for path in papers:
        assert "IL-2026-000123" in text_of(path), path.name
        with pikepdf.open(path) as pdf:
            assert 1 <= len(pdf.pages) <= 8, path.name
            for page in pdf.pages:
                sides = sorted(round(float(side)) for side in page.mediabox[2:])
                assert sides == [595, 842], path.name


def test_statements_carry_their_corner_marks_before_the_heading() -> None:
    marks = (
        text_of(COMMITTED / "05-witness-statement-penhallow-1.pdf").split("IN THE HIGH COURT")[0].split("\n")
    )
    assert [mark.strip() for mark in marks if mark.strip()] == [
        "Claimants", "H Penhallow", "First", "Exhibits HP1 to HP7", "9 October 2026",
    ]  # fmt: skip
    statement = docx.Document(str(COMMITTED / "08-witness-statement-teo-1.docx"))
    assert [paragraph.text for paragraph in statement.paragraphs[:4]] == [
        "First Defendant", "D Teo", "First", "Exhibits DT1 and DT2",
    ]  # fmt: skip


def test_the_exhibit_has_landscape_pages_and_a_turned_one() -> None:
    with pikepdf.open(COMMITTED / "06-exhibit-HP1.pdf") as pdf:
        wide = [float(page.mediabox[2]) > float(page.mediabox[3]) for page in pdf.pages]
        turned = [int(page.get("/Rotate", 0)) for page in pdf.pages]
    assert wide == [False, True, True, False, False]
    assert turned == [0, 0, 0, 0, 90]


def test_the_layers_mean_what_the_pleadings_say() -> None:
    means = layer_means()
    assert sum(round(mean * 10) for mean in means) == round(MEAN * 10 * len(means))
    assert (min(means), max(means)) == (means[1], means[20]) == (97.9, 99.3)


def test_the_accounts_add_up_to_what_is_pleaded() -> None:
    message = email.message_from_bytes(
        (COMMITTED / "23-email-lindqvist-2026-04-24.eml").read_bytes(), policy=email.policy.default
    )
    (attachment,) = message.iter_attachments()
    rows = list(csv.DictReader(io.StringIO(attachment.get_content())))
    total = rows.pop()
    assert len(rows) == len(accounts()) == 37
    assert sum(int(row["calls"]) for row in rows) == int(total["calls"]) == CALLS
    assert sum(int(row["dialogues"]) for row in rows) == int(total["dialogues"]) == DIALOGUES
    assert sum(round(float(row["paid_gbp"]) * 100) for row in rows) == PENCE
    assert sum("AS 64496" in row["network"] for row in rows) == FROM_SINGAPORE
    pleaded = text_of(COMMITTED / "02-particulars-of-claim.pdf")
    assert {"1,284,907", "412,316", "£318,442.17"} <= set(pleaded.replace(";", " ").split())


def test_the_spreadsheet_totals_its_two_hundred_calls() -> None:
    sheet = openpyxl.load_workbook(COMMITTED / "24-api-calls-2026-03-16.xlsx").worksheets[0]
    *calls, total = [[str(value) for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(calls) == 200
    assert [int(total[4]), int(total[5])] == [sum(int(call[n]) for call in calls) for n in (4, 5)]
    assert [call[0] for call in calls] == sorted(call[0] for call in calls)


def test_the_contract_stays_shut_without_its_password() -> None:
    contract = COMMITTED / "26-singapore-data-centre-contract.pdf"
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(contract)
    with pikepdf.open(contract, password=PASSWORD) as pdf:
        assert len(pdf.pages) >= 1


def test_the_scanned_letter_can_be_read_by_recognition() -> None:
    letter = COMMITTED / "22-letter-baiyun-uk-2026-07-20.png"
    with Image.open(letter) as picture:
        assert [round(value) for value in picture.info["dpi"]] == [200, 200]
    read = words_of(letter)
    assert "Songtao-Instruct 2.5 was developed in Ningbo" in read
    assert "four machines at Slough which are used for testing" in read


def test_the_faxed_note_has_two_pages_that_can_be_read() -> None:
    note = COMMITTED / "27-delivery-note-jurong.tif"
    with Image.open(note) as picture:
        assert sum(1 for _ in ImageSequence.Iterator(picture)) == 2
    read = words_of(note)
    assert "Line 2 consigned onward to LDN-2, Slough, England" in read
    assert "Line 2 retained on the loading dock" in read


def test_the_press_reports_contradict_each_other() -> None:
    wire = (COMMITTED / "20-press-harbour-wire.html").read_text("utf-8")
    review = (COMMITTED / "21-press-meridian-review.txt").read_text("utf-8")
    assert "Songtao-Instruct 2.5" in review
    assert "Songtao-Instruct 2.5" not in wire
    assert "£60 million" in wire
    assert "£41.6 million" in review
