"""What must hold of any Markdown page: its links lead somewhere, and it keeps to its length."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

CONTRIBUTING_WORDS = 1000
_FENCE = re.compile(r"^(```|~~~).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\[[^\]]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ADR = re.compile(r"(\d{4})-[a-z0-9-]+\.md")


def problems(root: Path, pages: Iterable[Path]) -> Iterator[str]:
    """What is wrong with these pages, CONTRIBUTING's length and the index of decisions."""
    for page in pages:
        yield from broken_links(root, page)
    yield from too_long(root / "CONTRIBUTING.md", CONTRIBUTING_WORDS)
    yield from decisions(root / "docs" / "adr")


def broken_links(root: Path, page: Path) -> Iterator[str]:
    """Each relative link of the page that leads to no file, or to no heading of one."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in _LINK.findall(_CODE.sub("``", text)):
        if _ELSEWHERE.match(target):
            continue
        path, _, anchor = unquote(target).partition("#")
        there = (page.parent / path).resolve() if path else page
        name = page.relative_to(root)
        if not there.exists():
            yield f"{name}: the link {target} leads to no file"
        elif not there.is_relative_to(root):
            yield f"{name}: the link {target} leads out of the project"
        elif anchor and there.suffix == ".md" and anchor not in anchors(there.read_text(encoding="utf-8")):
            yield f"{name}: the link {target} leads to no heading"


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = _HEADING.findall(_FENCE.sub("", text))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def too_long(page: Path, most: int) -> Iterator[str]:
    """Whether the page has more words than it may have, or is missing."""
    if not page.exists():
        yield f"{page.name} is missing"
        return
    words = len(page.read_text(encoding="utf-8").split())
    if words > most:
        yield f"{page.name} has {words} words; at most {most} fit on two pages"


def decisions(folder: Path) -> Iterator[str]:
    """Whether the decisions are numbered without gap, headed by their number and listed in the index."""
    found = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    index = (folder / "README.md").read_text(encoding="utf-8")
    for expected, path in enumerate(found, start=1):
        named = _ADR.fullmatch(path.name)
        if not named or int(named[1]) != expected:
            yield f"docs/adr/{path.name}: the name must be {expected:04}-title.md"
            continue
        text = path.read_text(encoding="utf-8")
        if not text.startswith(f"# {named[1]} "):
            yield f"docs/adr/{path.name}: the heading must begin with {named[1]}"
        for part in ("Context", "Decision", "Consequences"):
            if f"\n## {part}\n" not in text:
                yield f"docs/adr/{path.name}: the part {part} is missing"
        if f"({path.name})" not in index:
            yield f"docs/adr/README.md does not list {path.name}"
