"""Plain text as pages."""

import re
from html import escape

from core.errors import NotConverted
from evidence.files.convert.charset import decode
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.pages import print_pages

_ALIGNED = re.compile(r"\S(?: {3,}|\t)\S|^[ \t]{4,}\S|[─│┌└├═║]|[-=_*]{12,}", re.M)
_PARAGRAPH = 160  # characters on average
_INVISIBLE = {code: None for code in range(32) if chr(code) not in "\t\n\f"} | {0x7F: None, 0xFEFF: None}


def convert(job: Job) -> Conversion:
    """The text stands as pages, with its own line breaks; long lines wrap and a form feed starts a page."""
    text, notes = decode(job.source.read_bytes())
    if not text.strip():
        raise NotConverted(
            "The file holds no text, only blank space.",
            reason="empty",
            remedy="Ask the sender for the complete file.",
        )
    check_length(text, job.limits.text_characters)
    print_pages(set_plain(text), job.pdf, title=escape(job.name))
    return made_by(job, "weasyprint", notes=notes)


def check_length(text: str, most: int) -> None:
    """The text is short enough to be set as pages.

    Raises:
        NotConverted: it has more than ``most`` characters.
    """
    if len(text) > most:
        raise NotConverted(
            f"The text is {len(text):,} characters long; at most {most:,} are set as pages.",
            reason="too-large",
            remedy="Send the passages that matter as a file of their own; the original is kept whole.",
        )


def set_plain(text: str) -> str:
    """HTML that shows the text line for line; in a fixed-width face where its columns need one."""
    style = "plain mono" if _needs_fixed_width(text) else "plain prose" if _is_prose(text) else "plain"
    lines = []
    for number, sheet in enumerate(text.rstrip("\n\f").split("\f")):
        for position, line in enumerate(sheet.split("\n")):
            start = ' class="form-feed"' if number and not position else ""
            lines.append(f"<p{start}>{escape(line.translate(_INVISIBLE))}</p>")
    return f'<div class="{style}">{"".join(lines)}</div>'


def _needs_fixed_width(text: str) -> bool:
    lines = text.count("\n") + 1
    aligned = len(_ALIGNED.findall(text))
    return aligned >= 2 and aligned * 10 >= lines


def _is_prose(text: str) -> bool:
    """True where each line is a whole paragraph, as when a word processor saves text."""
    lengths = [len(line) for line in text.split("\n") if line.strip()]
    return bool(lengths) and sum(lengths) / len(lengths) > _PARAGRAPH
