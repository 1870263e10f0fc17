"""From a comparison's record to the report's file."""

from pathlib import Path

from comparison.report import words
from comparison.report.document import Document
from comparison.report.matter import Matter
from comparison.report.parts import (
    appendices,
    compared,
    controls,
    declarations,
    findings,
    opening,
    ran,
    rivals,
    strength,
)
from comparison.report.source import Source, read_source
from comparison.report.typeset import html, pdf

BODY = (
    opening.summary,
    opening.expert,
    compared.propositions,
    compared.models,
    controls.controls,
    findings.findings,
    ran.ran,
    rivals.rivals,
    strength.strength,
    strength.assumptions,
    strength.opinion,
    declarations.reliability,
    declarations.declarations,
)
APPENDICES = (
    appendices.every_test,
    appendices.members,
    appendices.files,
    appendices.environment,
    appendices.sources_read,
    appendices.words_used,
    appendices.places,
)


def write_report(record: bytes, out: Path, matter: Matter | None = None) -> Path:
    """The report of a comparison stands at ``out`` as PDF; the same record and facts give the same bytes.

    Args:
        record: the bytes of ``comparison.json``.
        out: where the file goes.
        matter: what the matter adds; None where the comparison stands alone.

    Raises:
        RecordInvalid: the record states figures that do not follow from what was measured.
        Unavailable: WeasyPrint or a library below it cannot run here.
    """
    out.write_bytes(pdf(html(document(read_source(record, matter)))))
    return out


def document(source: Source) -> Document:
    """The report before it is laid out."""
    matter = source.matter
    head = [("Reference", source.held("reference").label), ("Suspect", source.held("suspect").label)]
    if matter is not None:
        head = [("Compared", matter.made), ("Report made", matter.date), *head]
    return Document(
        title=words.TITLE,
        subject=f"{source.held('suspect').label} against {source.held('reference').label}",
        court=matter.court if matter else "",
        claim_number=matter.claim_number if matter else "",
        case=matter.case if matter else "",
        head=[*head, ("Expert", (matter.expert.get("name", "") if matter else "") or words.FOR_EXPERT)],
        standing=words.STANDING,
        record_sha256=source.sha256,
        created=matter.dated if matter else "",
        sections=[part(source) for part in (*BODY, *APPENDICES)],
        appendices=len(APPENDICES),
    )
