import hashlib
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from authorities.importers.akoma_ntoso import MOST_BYTES, read
from authorities.importers.errors import NotImported
from authorities.importers.imported import ImportedAuthority
from core.errors import TooLarge

_JUDGMENTS = Path(__file__).resolve().parents[4] / "shared" / "corpus" / "judgments"
_FILES = sorted(_JUDGMENTS.glob("*.xml"))
_AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
needs_judgments = pytest.mark.skipif(not _FILES, reason="the shared judgments are not beside this checkout")

_SMALL = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
 xmlns:uk="https://caselaw.nationalarchives.gov.uk/akn"><judgment><meta><identification><FRBRWork>
 <FRBRuri value="https://example.test/id/ewhc/ch/2026/7"/><FRBRdate date="{day}" name="{event}"/>
 <FRBRauthor href="#ch"/><FRBRname value="A v B"/></FRBRWork></identification>
 <references><TLCOrganization eId="ch" showAs="Chancery Division"/></references>
 <proprietary><uk:court>EWHC-Chancery</uk:court><uk:cite>[2026] EWHC 7 (Ch)</uk:cite></proprietary></meta>
 <header><p>Before</p><p>MR JUSTICE EXAMPLE</p><p>Judgment date: 3 March 2026</p></header>
 <judgmentBody><decision>{body}</decision></judgmentBody></judgment></akomaNtoso>"""


def _imported(
    tmp_path: Path, body: str, *, day: str = "2026-03-04", event: str = "judgment"
) -> ImportedAuthority:
    path = tmp_path / "judgment.xml"
    path.write_text(_SMALL.format(body=body, day=day, event=event), encoding="utf-8")
    return read(path)


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def _printed_words(path: Path) -> Counter[str]:
    """Words of the file outside its metadata, each innermost line by itself."""
    root = etree.parse(path).getroot()
    lines = root.iter(f"{_AKN}p", f"{_AKN}num", f"{_AKN}heading", f"{_AKN}docTitle")
    words: Counter[str] = Counter()
    for line_break in root.iter(f"{_AKN}br"):
        line_break.text = "\n"
    for line in lines:
        if any(parent.tag in (f"{_AKN}p", f"{_AKN}docTitle") for parent in line.iterancestors()):
            continue
        words += _words(etree.tostring(line, method="text", encoding="unicode", with_tail=False))
    return words


@needs_judgments
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_a_real_judgment_is_imported_whole(path: Path) -> None:
    authority = read(path)
    assert re.fullmatch(r"\[\d{4}\] \w+( Civ)? \d+( \(\w+\))?", authority.neutral_citation)
    assert authority.name
    assert authority.name != path.stem
    assert authority.court
    assert authority.court_code
    assert authority.judges
    assert 2000 < authority.date.year < 2027
    assert authority.source_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    anchors = [paragraph.anchor for paragraph in authority.paragraphs]
    assert len(anchors) == len(set(anchors))
    assert all(paragraph.text for paragraph in authority.paragraphs)

    headings = [paragraph.heading for paragraph in authority.paragraphs]
    new = [now for before, now in zip(["", *headings], headings, strict=False) if now != before]
    kept = _words("\n".join([*(f"{part.number}\n{part.text}" for part in authority.paragraphs), *new]))
    printed = _printed_words(path)
    assert sum((printed - kept).values()) <= 0.01 * sum(printed.values())


@needs_judgments
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.stem)
def test_each_published_paragraph_keeps_its_number_as_anchor(path: Path) -> None:
    by_anchor = {paragraph.anchor: paragraph for paragraph in read(path).paragraphs}
    published = [
        paragraph.get("eId", "").removeprefix("para_")
        for paragraph in etree.parse(path).getroot().iter(f"{_AKN}paragraph")
        if paragraph.get("eId", "").startswith("para_")
    ]
    assert len(published) >= 14
    assert [by_anchor[f"para-{number}"].number for number in published] == published


@needs_judgments
def test_what_the_metadata_lack_is_read_from_the_first_page() -> None:
    without_citation = read(_JUDGMENTS / "test66.xml")
    assert without_citation.neutral_citation == "[2023] UKFTT 652 (TC)"
    assert without_citation.uri == ""
    assert read(_JUDGMENTS / "test96.xml").date == date(2024, 11, 25)
    assert read(_JUDGMENTS / "test30.xml").name == "REGINA v FRASER"
    assert read(_JUDGMENTS / "test84.xml").name.startswith("R (on the application of L) v THE SERVICE")
    assert read(_JUDGMENTS / "test45.xml").judges == ("MR SIMON GLEESON",)


def test_paragraphs_keep_number_heading_lists_quotations_and_footnotes(tmp_path: Path) -> None:
    authority = _imported(
        tmp_path,
        """<level><heading>The law</heading><level><num>(1)</num><heading>Copies</heading>
        <paragraph eId="para_1"><num>1.</num><intro><p>He sa<span>id<authorialNote marker="3"><p>A note.</p>
        </authorialNote></span>:</p></intro><subparagraph><num>(a)</num><content><p>one;</p></content></subparagraph>
        <subparagraph><num>(b)</num><content><p>two<br/>lines</p><embeddedStructure><p>quoted</p></embeddedStructure>
        </content></subparagraph></paragraph><p>loose text</p></level></level>
        <paragraph eId="para_2A"><num>2A.</num><content><p>last</p></content></paragraph>
        <paragraph><num>•</num><content><p>bullet</p></content></paragraph>
        <paragraph><num>2A.</num><content><p>again</p></content></paragraph>
        <level><heading>Postscript</heading></level>""",
    )
    assert [(part.number, part.anchor, part.text, part.heading) for part in authority.paragraphs[1:]] == [
        (
            "1",
            "para-1",
            "He said [note 3: A note.]:\n(a) one;\n(b) two\nlines\nquoted",
            "The law / (1) Copies",
        ),
        ("", "para-1-text", "loose text", "The law / (1) Copies"),
        ("2A", "para-2a", "last", ""),
        ("", "para-2a-text", "• bullet", ""),
        ("2A", "para-2a-2a", "again", ""),
        ("", "para-2a-text-2", "Postscript", ""),
    ]
    assert authority.paragraphs[0].anchor == "preamble"
    assert (authority.court, authority.court_code) == ("Chancery Division", "EWHC-Chancery")
    assert authority.judges == ("MR JUSTICE EXAMPLE",)


def test_without_published_ids_a_paragraph_is_one_that_goes_on_counting(tmp_path: Path) -> None:
    numbers = ["1.", "[2]", "7", "2A", "3", "1"]
    body = "".join(
        f"<paragraph><num>{number}</num><content><p>x</p></content></paragraph>" for number in numbers
    )
    anchors = [paragraph.anchor for paragraph in _imported(tmp_path, body).paragraphs[1:]]
    assert anchors == ["para-1", "para-2", "para-2-7", "para-2a", "para-3", "para-3-1"]


def test_a_placeholder_date_gives_way_to_the_printed_one(tmp_path: Path) -> None:
    body = "<paragraph><num>1.</num><content><p>x</p></content></paragraph>"
    assert _imported(tmp_path, body).date == date(2026, 3, 4)
    assert _imported(tmp_path, body, day="1000-01-01", event="dummy").date == date(2026, 3, 3)
    with pytest.raises(NotImported, match="as its date"):
        _imported(tmp_path, body, day="soon")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "not readable XML"),
        ("<akomaNtoso", "not readable XML"),
        ("%PDF-1.7", "not readable XML"),
        ("<html/>", "not an Akoma Ntoso judgment"),
        (_SMALL.replace("judgment>", "act>").replace("<judgmentBody", "<x"), "not"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "document type"),
        ('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>', "document type"),
        (
            "<!DOCTYPE a [" + '<!ENTITY x0 "ha">'
            + "".join(f'<!ENTITY x{n} "&x{n - 1};&x{n - 1};&x{n - 1};&x{n - 1};">' for n in range(1, 5))
            + "]><a>&x4;</a>",
            "document type",
        ),
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_words(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "other.xml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotImported, match=says) as caught:
        read(path)
    assert "other.xml" in caught.value.message
    assert caught.value.remedy


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.xml"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(TooLarge, match=r"huge\.xml"):
        read(path)
