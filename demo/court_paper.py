"""Court papers as PDF: heading, parties, title, body, page numbers, corner marks."""

from html import escape
from pathlib import Path

import weasyprint

from demo.markup import Source, block_html, inline, read_source

CLAIM_NUMBER = "IL-2026-000123"
COURT = (
    "IN THE HIGH COURT OF JUSTICE",
    "BUSINESS AND PROPERTY COURTS",
    "OF ENGLAND AND WALES",
    "INTELLECTUAL PROPERTY LIST (ChD)",
)
CLAIMANTS = ("AURELIA LABORATORIES LIMITED", "AURELIA MODEL SERVICES LIMITED")
DEFENDANTS = (
    "BAIYUN CLOUD TECHNOLOGY CO., LTD|(a company incorporated in the People’s Republic of China)",
    "BAIYUN CLOUD (UK) LIMITED",
)


def _side(names: tuple[str, ...], role: str) -> str:
    lines = ""
    for number, name in enumerate(names, 1):
        company, _, where = name.partition("|")
        lines += (
            f"<p>({number}) <strong>{escape(company)}</strong>{'<br>' + escape(where) if where else ''}</p>"
        )
    return f'<div class="names">{lines}</div><p class="role">{role}</p>'


def heading_html(title: str, judge: str = "") -> str:
    """Returns the court's heading, the parties and the paper's title as HTML."""
    court = "".join(f"<p>{line}</p>" for line in COURT)
    sitting = f"<p class='judge'>{inline(judge)}</p>" if judge else ""
    return (
        f'<div class="court"><p class="number">Claim No. {CLAIM_NUMBER}</p>{court}</div>{sitting}'
        f'<p class="between">BETWEEN:</p>{_side(CLAIMANTS, "Claimants")}'
        f'<p class="and">– and –</p>{_side(DEFENDANTS, "Defendants")}<h1>{inline(title)}</h1>'
    )


def paper_html(source: Source, stylesheet: str) -> str:
    """Returns the whole paper as one HTML page."""
    fields = source.fields
    corner = "".join(f"<p>{inline(line)}</p>" for line in fields.get("corner", "").split(" / ") if line)
    form = fields.get("form", "")
    judge, truth = fields.get("judge", ""), "# Statement of truth"
    body = []
    for block in source.blocks:
        if block.startswith("!heading "):
            body.append(heading_html(block.removeprefix("!heading "), judge))
            continue
        # A statement of truth and the signature below it stay on one page.
        opening = '<div class="together">' if block == truth else ""
        closing = "</div>" if block.startswith("!sign") and truth in source.blocks else ""
        body.append(opening + block_html(block) + closing)
    parts = [
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">',
        f"<title>{escape(fields['title'])}</title>",
        f'<meta name="author" content="{escape(fields["author"])}">',
        f'<meta name="dcterms.created" content="{fields["date"]}">',
        f'<style>{stylesheet}</style></head><body class="{fields.get("style", "")}">',
        f'<div class="corner">{corner}</div>' if corner else "",
        f'<p class="formname">{inline(form)}</p>' if form else "",
        "" if fields.get("style") == "private" else heading_html(fields["title"], fields.get("judge", "")),
        *body,
        "</body></html>",
    ]
    return "".join(parts)


def write_court_paper(source: Path, stylesheet: str, out: Path) -> None:
    """``out`` holds the paper written in ``source`` as a PDF, the same bytes on each run."""
    weasyprint.HTML(string=paper_html(read_source(source), stylesheet)).write_pdf(out)
