"""Writes the documents of the demonstration dispute: ``python -m demo.make_documents OUT``."""

import shutil
import sys
from pathlib import Path

from demo.court_paper import write_court_paper
from demo.exhibit_hp1 import write_exhibit
from demo.locked import write_locked_contract
from demo.mail import write_email
from demo.office import write_calls, write_statement
from demo.pictures import write_delivery_note, write_scanned_letter, write_status_page

SOURCES = Path(__file__).parent / "sources"
COURT_PAPERS = (
    "01-claim-form",
    "02-particulars-of-claim",
    "03-certificate-of-service",
    "04-acknowledgement-of-service",
    "05-witness-statement-penhallow-1",
    "07-application-notice-injunction",
    "09-application-notice-part-11",
    "10-defence-and-counterclaim",
    "11-order-29-october-2026",
    "12-reply-and-defence-to-counterclaim",
    "13-expert-report-solheim",
    "14-skeleton-argument-claimants",
)
COPIED = ("20-press-harbour-wire.html", "21-press-meridian-review.txt")


def make_documents(out: Path) -> None:
    """``out`` holds every document of the dispute, the same bytes on each run with the same libraries."""
    out.mkdir(parents=True, exist_ok=True)
    stylesheet = (SOURCES / "court.css").read_text("utf-8")
    for name in COURT_PAPERS:
        write_court_paper(SOURCES / f"{name}.txt", stylesheet, out / f"{name}.pdf")
    write_exhibit(SOURCES / "06-exhibit-hp1.html.jinja", stylesheet, out / "06-exhibit-HP1.pdf")
    write_statement(SOURCES / "08-witness-statement-teo-1.txt", out / "08-witness-statement-teo-1.docx")
    for name in COPIED:
        shutil.copyfile(SOURCES / name, out / name)
    write_scanned_letter(SOURCES / "22-letter.txt", out / "22-letter-baiyun-uk-2026-07-20.png")
    write_email(SOURCES / "23-email.txt", out / "23-email-lindqvist-2026-04-24.eml")
    write_calls(out / "24-api-calls-2026-03-16.xlsx")
    write_status_page(out / "25-status-page-2026-10-05.jpg")
    contract = "26-singapore-data-centre-contract"
    write_locked_contract(SOURCES / f"{contract}.txt", stylesheet, out / f"{contract}.pdf")
    write_delivery_note(SOURCES / "27-delivery-note.txt", out / "27-delivery-note-jurong.tif")


if __name__ == "__main__":
    make_documents(Path(sys.argv[1]))
