"""The report as PDF: what stands on which page, how it is tagged, and that it comes out the same again."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from markupsafe import escape

from comparison.evaluation.measures import Measured
from comparison.evaluation.refusals import WITHOUT_WEIGHTS, Called, because
from comparison.evaluation.words import BETWEEN, NO_VALUE_THERE
from comparison.report import EXPERT_PARTS, Held, Matter, write_report
from comparison.report.document import Table
from comparison.report.source import read_source
from comparison.report.typeset import html
from comparison.report.writing import document
from core.errors import Unavailable
from tests.factories.comparison_records import a_map, a_population, member, record

RICH = {
    "match": Measured(120.0, -120.0, detail=a_map(80)),
    "huref": Measured(0.93),
    "hashes": Measured(None),
}
MATTER = Matter(
    case="Aurelia Laboratories v Baiyun Cloud",
    court="High Court of Justice",
    claim_number="IL-2026-000123",
    reference=Held("Aurelia, A-1", access="Weights"),
    suspect=Held("Baiyun, B-1", access="Weights", licence="Open", obtained="By order of the court"),
    made="1 December 2026, 10:00, by E. Expert",
    dated="2026-12-01T10:00:00+00:00",
    date="1 December 2026, 10:00",
    custody=[("1 December 2026, 09:00", "E. Expert", "registered Aurelia, A-1")],
    expert={"name": "Dr Erika Expert", "qualifications": "I have <b>studied</b>.\n\nFor long."},
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return record(RICH, a_population([*RICH]), "same-data")


@pytest.fixture(scope="module")
def made(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(content, tmp_path_factory.mktemp("report") / "report.pdf", MATTER)


def pages(file: Path) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, text=True
    )
    return done.stdout.split("\f")[:-1]


def test_a_value_between_strangers_and_children_is_reported_without_a_ratio(tmp_path: Path) -> None:
    """How ratios fared on models of known relation is drawn all the same."""
    content = record({"huref": Measured(0.45)}, a_population(["huref"]), "same-data")
    (found,) = read_source(content, MATTER).findings
    assert found["lr"] is None
    assert BETWEEN in found["caveats"]
    text = " ".join(" ".join(pages(write_report(content, tmp_path / "report.pdf", MATTER))).split())
    assert BETWEEN in text
    assert "huref: ratios of lineages left out in turn" in text


def test_the_contents_name_the_page_on_which_each_part_begins(made: Path) -> None:
    text = pages(made)
    named = re.findall(r"^ *(\w+) {2,}(.+?)(?: ?\.)+ *(\d+)$", text[1], flags=re.MULTILINE)
    assert len(named) == 20
    for number, title, page in named:
        assert re.search(rf"^ *{number} +{re.escape(title)}$", text[int(page) - 1], flags=re.MULTILINE), title


def test_controls_come_before_the_findings(content: bytes) -> None:
    keys = [section.key for section in document(read_source(content, None)).sections]
    assert keys.index("controls") < keys.index("findings")


def test_paragraphs_are_numbered_through_and_pages_bear_title_number_and_hash(
    made: Path, content: bytes
) -> None:
    text = pages(made)
    sha256 = read_source(content, None).sha256
    numbers = [int(one) for one in re.findall(r"^ {0,3}(\d+)\. {2,}\S", "\n".join(text), flags=re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 50
    for number, page in enumerate(text[1:], start=2):
        assert f"Page {number} of {len(text)}" in page
        assert sha256 in page
        assert "Not signed" in page


def test_no_heading_stands_alone_at_the_foot_of_a_page(made: Path, content: bytes) -> None:
    laid = document(read_source(content, MATTER))
    headings = {
        block.text for section in laid.sections for block in section.blocks if block.block == "heading"
    }
    headings |= {section.title for section in laid.sections}
    for page in pages(made)[2:]:
        lines = [line.strip() for line in page.splitlines() if line.strip()][:-1]
        assert re.sub(r"^\w+ {2,}", "", lines[-1]) not in headings, lines[-1]


def test_the_outline_leads_to_every_part_and_the_file_is_tagged(made: Path) -> None:
    with pikepdf.open(made) as pdf, pdf.open_outline() as outline:
        titles = [re.sub(r"^\w+ ", "", str(item.title)) for item in outline.root]
        assert titles[:2] == ["Summary", "The expert and the instructions"]
        assert len(titles) == 20
        findings = next(item for item in outline.root if str(item.title).endswith("Findings"))
        assert any(str(child.title).startswith("match: ") for child in findings.children)
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        kinds: dict[str, int] = {}
        alone = []
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/StructElem":
                kinds[str(one.S)] = kinds.get(str(one.S), 0) + 1
                if one.S == "/Figure" and "/Alt" not in one:
                    alone.append(one)
        assert {"/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/Figure", "/Caption"} <= set(kinds)
        assert alone == [], "every drawing has words for who cannot see it"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261201")


def test_the_same_record_gives_the_same_bytes(made: Path, content: bytes, tmp_path: Path) -> None:
    assert write_report(content, tmp_path / "again.pdf", MATTER).read_bytes() == made.read_bytes()


def test_what_only_the_expert_can_say_is_blank_or_as_written(content: bytes) -> None:
    page = html(document(read_source(content, MATTER))).html
    assert "I have &lt;b&gt;studied&lt;/b&gt;." in page
    assert page.count("Written by the person named as expert, and not signed") == 2
    for part, label in EXPERT_PARTS.items():
        assert escape(label) in page, part
    blank = html(document(read_source(content, None))).html
    assert "studied" not in blank
    assert blank.count('<p class="hint">To be completed by the expert</p>') == len(EXPERT_PARTS) + 2
    assert "knows nothing of how the models were obtained" in blank


def test_a_record_without_population_says_that_nothing_was_tried(tmp_path: Path) -> None:
    page = html(document(read_source(record({"hashes": Measured(0.0)}), None))).html
    for words in (
        "No reference population was used", "This explanation has not been tested", "There is no population",
        "no likelihood ratio", "Every test that ran gave a value",
    ):  # fmt: skip
        assert words in page, words
    assert "<svg" not in page
    assert (
        write_report(record({"hashes": Measured(None)}), tmp_path / "empty.pdf").read_bytes()[:4] == b"%PDF"
    )


def tables(content: bytes) -> dict[str, Table]:
    sections = document(read_source(content, None)).sections
    blocks = [block for section in sections for block in section.blocks]
    return {block.key: block for block in blocks if isinstance(block, Table)}


def test_a_test_without_a_value_says_why() -> None:
    reason = because(WITHOUT_WEIGHTS.format(model=Called.SUSPECT))
    silent = Measured(None, caveats=(reason, "Name the folder with the weights in place of theirs.jsonl."))
    content = record({"match": silent, "huref": Measured(None)})
    assert tables(content)["silent-table"].rows == [("match", reason), ("huref", NO_VALUE_THERE)]
    page = html(document(read_source(content, None))).html
    assert page.count("weights of the suspect are not at hand") == 2, "with the test, and among those without"
    assert "theirs.jsonl" not in page


def test_the_numbers_in_which_models_ran_and_what_made_sums_the_same_are_those_of_the_record() -> None:
    run = {"dtypes": {"ours": "bfloat16"}, "determinism": "deterministic algorithms"}
    rows = tables(record({"hashes": Measured(0.0)}, (), None, **run))["environment-table"].rows
    assert ("Number format: ours", "bfloat16") in rows
    assert ("Determinism", "deterministic algorithms") in rows
    assert [label for label, _ in rows if label.startswith(("Dtype", "Number format"))] == [
        "Number format: ours"
    ]
    rows = tables(record({"hashes": Measured(0.0)}))["environment-table"].rows
    assert ("Number format", "Not recorded") in rows, "no model was run"


def test_names_of_a_record_cannot_become_markup(tmp_path: Path) -> None:
    content = record(
        {"hashes": Measured(0.0)}, environment={"<script>": "[[findings]]<b>"}, remark="`x`" + "y" * 500
    )
    page = html(document(read_source(content, None))).html
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "y" * 200 not in page


def test_without_weasyprint_there_is_no_report_and_the_reason_is_told(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError('no Pango')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Unavailable, match="no Pango"):
        write_report(content, tmp_path / "report.pdf")
    assert not (tmp_path / "report.pdf").exists()


def table(content: bytes, key: str) -> list[list[str]]:
    sections = document(read_source(content, None)).sections
    return next(
        [list(row) for row in block.rows]
        for section in sections
        for block in section.blocks
        if isinstance(block, Table) and block.key == key
    )


def test_the_number_format_of_the_run_is_printed_where_it_is_recorded() -> None:
    rows = table(record({"hashes": Measured(0.0)}, dtypes={"ours": "bfloat16"}), "environment-table")
    assert ["Number format: ours", "bfloat16"] in rows
    assert not [row for row in rows if row[0] == "Number format"]


def test_two_models_of_one_name_are_two_models() -> None:
    first, second = (member("huref", f"lineage-{n}", n / 10) for n in (1, 2))
    rows = [
        replace(row, member=replace(row.member, model=Path("base")), sha256=letter * 64)
        for row, letter in ((first, "e"), (second, "f"))
    ]
    content = record({"huref": Measured(0.5)}, rows, "same-data")
    assert [row[:2] for row in table(content, "members-table")] == [
        ["base", "lineage-1"],
        ["base", "lineage-2"],
    ]
    page = html(document(read_source(content, None))).html
    assert "Models in the reference population: 2." in page
    assert table(content, "null-table")[0][1:3] == ["2", "2"]


def test_no_stratum_is_called_nearest_that_is_not_and_counts_read_as_sentences() -> None:
    rows = [member("huref", stratum, 0.2, stratum=stratum) for stratum in ("other-domain", "same-domain")]
    page = html(document(read_source(record({"huref": Measured(0.5)}, rows, "other-domain"), None))).html
    assert "compared are of the stratum other-domain" in page
    page = html(document(read_source(record({"match": Measured(50.0, -50.0)}), None))).html
    assert "Tests that do not tell the two apart: 0." in page


@pytest.mark.parametrize("stratum", [None, "same-data", "other-domain", "same-seed"])
@pytest.mark.parametrize("population", [0, 1, 8])
def test_every_reference_leads_somewhere(stratum: str | None, population: int) -> None:
    rows = a_population([*RICH], independent=population, derived=population) if population else []
    for matter in (None, MATTER, replace(MATTER, custody=())):
        page = html(document(read_source(record(RICH, rows, stratum), matter))).html
        assert "[[" not in page
