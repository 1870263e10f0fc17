"""No judgment, and no press report, is taken for a filing."""

from pathlib import Path

import pytest
from lxml import etree

from cases.kinds import FilingKind
from evidence.files.extract import read_pages
from evidence.reading import propose
from tests.unit.evidence_reading.reading_documents import COURTS, PARTIES, TODAY, read

SHARED = Path(__file__).parents[4] / "shared"
JUDGMENTS = sorted((SHARED / "corpus" / "judgments").glob("*.xml"))
DEMONSTRATION = Path(__file__).parents[3] / "demo" / "documents"
PRESS = sorted((SHARED / "seeds").glob("*.txt"))


def judgment_text(path: Path) -> str:
    """The judgment's paragraphs and headings, one a line, 45 lines a page."""
    root = etree.parse(path).getroot()
    blocks = root.iterfind(".//{*}judgment//{*}p")
    lines = [" ".join(str(block.xpath("string()")).split()) for block in blocks]
    lines = [line for line in lines if line]
    return "\f".join("\n".join(lines[start : start + 45]) for start in range(0, len(lines), 45))


def test_no_judgment_is_taken_for_a_filing() -> None:
    if not JUDGMENTS:
        pytest.skip("the shared judgments are not beside this checkout")
    taken = {path.name: read(judgment_text(path)).kind for path in JUDGMENTS}
    wrong = {name: kind for name, kind in taken.items() if kind and kind.value is not FilingKind.OTHER}
    assert wrong == {}
    assert sum(kind is not None for kind in taken.values()) >= len(JUDGMENTS) * 0.8


def test_no_page_inside_a_judgment_is_taken_for_a_courts_paper() -> None:
    """Pages that quote a letter in full read as letters; every other kind would be wrong."""
    if not JUDGMENTS:
        pytest.skip("the shared judgments are not beside this checkout")
    wrong = []
    for path in JUDGMENTS:
        for number, page in enumerate(judgment_text(path).split("\f")[1:], 2):
            kind = read(page).kind
            if kind and kind.value not in {FilingKind.OTHER, FilingKind.LETTER}:
                wrong.append((path.name, number, kind.value, kind.quote))
    assert wrong == []


def test_press_reports_propose_nothing_but_a_title() -> None:
    if not PRESS:
        pytest.skip("the shared press reports are not beside this checkout")
    for path in PRESS:
        found = read(path.read_text(), filename="report.txt")
        assert (found.kind, found.party, found.date, found.claim_number) == (None,) * 4


@pytest.mark.parametrize(
    ("name", "kind", "party", "day"),
    [
        ("01-claim-form", FilingKind.CLAIM_FORM, "aurelia", "2026-09-21"),
        ("02-particulars-of-claim", FilingKind.PARTICULARS_OF_CLAIM, "aurelia", "2026-09-21"),
        ("05-witness-statement-penhallow-1", FilingKind.WITNESS_STATEMENT, "aurelia", "2026-10-09"),
        ("06-exhibit-HP1", FilingKind.EXHIBIT, "aurelia", "2026-10-09"),
        ("09-application-notice-part-11", FilingKind.APPLICATION_NOTICE, "baiyun", "2026-10-19"),
        ("11-order-29-october-2026", FilingKind.ORDER, None, "2026-10-29"),
    ],
)
def test_the_demonstrations_pdfs(name: str, kind: FilingKind, party: str | None, day: str) -> None:
    pages = list(read_pages(DEMONSTRATION / f"{name}.pdf"))
    found = propose(pages, parties=PARTIES, claim_number="IL-2026-000123", courts=COURTS, today=TODAY)
    assert found.kind
    assert found.date
    assert found.claim_number
    read_as = (found.kind.value, found.date.value.isoformat(), found.claim_number.value)
    assert read_as == (kind, day, "IL-2026-000123")
    assert (found.party.value if found.party else None) == party
    assert found.warnings == ()
