"""A message as pages: a block of its headers, its text, and what came with it beside it."""

from dataclasses import dataclass, field
from html import escape

from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.enclosed import save_attachments
from evidence.files.convert.pages import print_pages, refusals
from evidence.files.convert.sanitise import outside_addresses, sanitised
from evidence.files.convert.text import check_length, set_plain


@dataclass(frozen=True, slots=True)
class Body:
    """A text of the message, in HTML or as plain lines."""

    text: str
    html: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A file that came with the message; ``shown_as`` is the name under which its text may show it."""

    name: str
    content: bytes
    kind: str
    shown_as: str = ""


@dataclass(slots=True)
class Letter:
    """A message, whichever program kept it: headers in the order in which they are shown."""

    headers: list[tuple[str, str]]
    bodies: list[Body] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def set_letter(job: Job, letter: Letter, *tools: str) -> Conversion:
    """The message stands as pages; a picture that its text shows is not handed over besides."""
    refused, bodies = [], []
    for body in letter.bodies:
        check_length(body.text, job.limits.text_characters * 2)
        if body.html:
            refused += outside_addresses(body.text)
            bodies.append(sanitised(body.text))
        else:
            bodies.append(set_plain(body.text))
    images = {
        part.shown_as: (part.kind, part.content)
        for part in letter.parts
        if part.shown_as and part.kind.startswith("image/")
    }
    shown = {name for name in images if any(f"cid:{name}" in body for body in bodies)}
    children = [part for part in letter.parts if part.shown_as not in shown]
    page = _headers([*letter.headers, ("Attachments", "; ".join(part.name for part in children))])
    page += "".join(f'<div class="message">{body}</div>' for body in bodies)
    refused += print_pages(page, job.pdf, title=escape(job.name), images=images)
    attachments = save_attachments(job, ((part.name, part.content) for part in children))
    notes = (*letter.notes, *refusals(refused))
    return made_by(job, *tools, "weasyprint", "nh3", notes=notes, attachments=attachments)


def _headers(rows: list[tuple[str, str]]) -> str:
    lines = [
        f'<tr class="{name.lower()}"><th>{name}</th><td>{escape(value)}</td></tr>'
        for name, value in rows
        if value
    ]
    return f'<table class="headers">{"".join(lines)}</table>' if lines else ""
