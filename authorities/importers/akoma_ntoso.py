"""Published judgments in Akoma Ntoso XML (LegalDocML 3.0), as Find Case Law serves them."""

import hashlib
import re
from datetime import date
from pathlib import Path

from lxml import etree

from authorities.importers import front_matter
from authorities.importers.blocks import paragraphs_of
from authorities.importers.errors import NotImported
from authorities.importers.imported import ImportedAuthority
from authorities.importers.namespaces import AKN, NAMESPACES, ROOT
from authorities.importers.text import lines_of
from core.errors import TooLarge
from search.query import neutral

MOST_BYTES = 50 * 1024 * 1024
_REMEDY = "Download the XML of the judgment again from where it is published, and import that file."


def read(path: Path) -> ImportedAuthority:
    """The judgment in the file, complete: every word of its body is in one of its paragraphs.

    Raises:
        NotImported: the file is broken, or is no Akoma Ntoso judgment.
        TooLarge: the file is larger than ``MOST_BYTES``.
    """
    if path.stat().st_size > MOST_BYTES:
        raise TooLarge(
            f"{path.name} is larger than {MOST_BYTES // 1024**2} MiB.",
            remedy="Import the judgment's XML alone.",
        )
    content = path.read_bytes()
    judgment = _judgment(content, path.name)
    header = front_matter.header_lines(judgment)
    court_code = _meta(judgment, ".//uk:court")
    return ImportedAuthority(
        kind="judgment",
        name=_name(judgment, header) or _citation(judgment, header) or path.stem,
        neutral_citation=_citation(judgment, header),
        court=_court(judgment) or court_code,
        court_code=court_code,
        date=_date(judgment, header, path.name),
        uri=_uri(judgment),
        judges=_judges(judgment, header),
        paragraphs=paragraphs_of(judgment),
        source_sha256=hashlib.sha256(content).hexdigest(),
        source_format="akoma-ntoso",
    )


def _judgment(content: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotImported(f"{name} is not readable XML: {error.msg}.", remedy=_REMEDY) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotImported(
            f"{name} declares a document type, which a published judgment never does.", remedy=_REMEDY
        )
    judgment = root.find(f"{AKN}judgment") if root.tag == ROOT else None
    if judgment is None:
        raise NotImported(f"{name} is XML, but not an Akoma Ntoso judgment.", remedy=_REMEDY)
    return judgment


def _meta(judgment: etree._Element, path: str, attribute: str = "") -> str:
    found = judgment.find(f"akn:meta{path.removeprefix('.')}", NAMESPACES)
    if found is None:
        return ""
    text = found.get(attribute) if attribute else found.text
    return " ".join((text or "").split())


def _citation(judgment: etree._Element, header: list[str]) -> str:
    published = _meta(judgment, ".//uk:cite")
    if published:
        return neutral.normal(published) or published
    return next(iter(neutral.find_all("\n".join(header))), "")


def _name(judgment: etree._Element, header: list[str]) -> str:
    published = _meta(judgment, ".//akn:FRBRWork/akn:FRBRname", "value")
    return published or front_matter.name(header)


def _court(judgment: etree._Element) -> str:
    author = _meta(judgment, ".//akn:FRBRWork/akn:FRBRauthor", "href").removeprefix("#")
    for organisation in judgment.iterfind("akn:meta//akn:TLCOrganization", NAMESPACES):
        if organisation.get("eId") == author:
            return " ".join((organisation.get("showAs") or "").split())
    return ""


def _date(judgment: etree._Element, header: list[str], name: str) -> date:
    published = judgment.find("akn:meta//akn:FRBRWork/akn:FRBRdate", NAMESPACES)
    if published is not None and published.get("name") != "dummy":
        try:
            return date.fromisoformat((published.get("date") or "")[:10])
        except ValueError:
            raise NotImported(
                f"{name} gives “{published.get('date')}” as its date.", remedy=_REMEDY
            ) from None
    found = front_matter.decision_date(header)
    if found is None:
        raise NotImported(f"{name} does not say when judgment was given.", remedy=_REMEDY)
    return found


def _uri(judgment: etree._Element) -> str:
    uri = _meta(judgment, ".//akn:FRBRWork/akn:FRBRuri", "value")
    return uri if re.search(r"\d", uri) else ""


def _judges(judgment: etree._Element, header: list[str]) -> tuple[str, ...]:
    tagged = judgment.iterfind("akn:header//akn:judge", NAMESPACES)
    names = [" ".join(lines_of(judge)) for judge in tagged] or front_matter.judges(header)
    return tuple(dict.fromkeys(name for name in names if name))
