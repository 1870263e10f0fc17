"""The small markup in which the court papers are written by hand.

A source starts with ``key: value`` lines and a line ``---``; blocks follow, parted by blank lines:

- ``# Heading``, ``## Sub-heading``
- ``12. A numbered paragraph``, ``(a) a sub-paragraph``, four spaces and ``(i)`` for one level lower
- ``| a | b |`` lines make a table with a header, ``|| a | b |`` lines a form of labels and answers
- ``> a quotation``, ``!sign Name | capacity | date``, ``!break`` for a new page, ``!heading Title`` for a
  fresh court heading
- ``**bold**`` and ``*italic*`` within a line
"""

import re
from dataclasses import dataclass
from html import escape
from pathlib import Path

NUMBERED = re.compile(r"^(\d+[A-Z]?)\.\s+(.*)$", re.DOTALL)
LETTERED = re.compile(r"^(\s*)\(([a-z]+|\d)\)\s+(.*)$", re.DOTALL)


@dataclass(frozen=True)
class Source:
    """One hand-written paper: what its first lines say, and its blocks in order."""

    fields: dict[str, str]
    blocks: tuple[str, ...]


def read_source(path: Path) -> Source:
    """Returns the fields and blocks of the source at ``path``."""
    head, body = path.read_text("utf-8").split("\n---\n", 1)
    fields = dict(line.split(": ", 1) for line in head.splitlines() if line.strip())
    blocks = tuple(block.strip("\n") for block in re.split(r"\n\s*\n", body) if block.strip())
    return Source(fields, blocks)


def inline(text: str) -> str:
    """Returns ``text`` as HTML, with bold and italic marked."""
    html = escape(" ".join(text.split()), quote=False)
    html = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", html)
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", html)


def _table(block: str) -> str:
    form = block.startswith("||")
    rows = []
    for number, line in enumerate(block.splitlines()):
        cells = [inline(cell) for cell in line.strip().strip("|").split("|")]
        tag = "th" if number == 0 and not form else "td"
        first = "th" if form else tag
        rows.append(
            "<tr>"
            + "".join(
                f"<{first if i == 0 else tag}>{c}</{first if i == 0 else tag}>" for i, c in enumerate(cells)
            )
            + "</tr>"
        )
    return f'<table class="{"form" if form else "grid"}">{"".join(rows)}</table>'


def _signature(block: str) -> str:
    name, capacity, date = (part.strip() for part in block.removeprefix("!sign").split("|"))
    written = re.sub(r"^(Mr|Ms|Mrs|Dr|Professor) ", "", name)
    return (
        f'<div class="sign"><p class="written">{escape(written)}</p>'
        f'<p class="line">Signed: {inline(name)}</p>'
        f"<p>{inline(capacity)}</p><p>Dated: {inline(date)}</p></div>"
    )


def _numbered(block: str) -> str | None:
    if found := NUMBERED.match(block):
        return f'<div class="n"><p><span>{found[1]}.</span>{inline(found[2])}</p></div>'
    if found := LETTERED.match(block):
        level = "n3" if found[1] else "n2"
        return f'<div class="n {level}"><p><span>({found[2]})</span>{inline(found[3])}</p></div>'
    return None


def block_html(block: str) -> str:
    """Returns one block as HTML."""
    if block.startswith("## "):
        return f"<h3>{inline(block[3:])}</h3>"
    if block.startswith("# "):
        return f"<h2>{inline(block[2:])}</h2>"
    if block.startswith("|"):
        return _table(block)
    if block.startswith("> "):
        return f"<blockquote>{inline(block[2:])}</blockquote>"
    if block.startswith("!sign"):
        return _signature(block)
    if block == "!break":
        return '<div class="break"></div>'
    return _numbered(block) or f"<p>{inline(block)}</p>"
