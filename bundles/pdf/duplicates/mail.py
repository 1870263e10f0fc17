"""An e-mail read from its pages: who wrote it, what they wrote themselves, and what they quoted."""

import re
from collections.abc import Iterator, Sequence

from bundles.pdf.duplicates.prints import MailPrint
from bundles.pdf.duplicates.words import RUN, runs, words_of

_HEADER = re.compile(
    r"\s*(from|sender|reply-to|to|cc|bcc|date|sent|subject|attachments?)\b\s*:?\s+(\S.*)", re.I
)
_HEADER_LINES = 25  # in which an e-mail's headers stand, wrapped ones included
_NEEDED = frozenset({"from", "subject"})
_QUOTE_MARK = re.compile(r"^\s*(?:[>|]\s?)+")
_ATTRIBUTION = re.compile(r"^\s*(?:On|Am|Le)\b.{5,200}?\b(?:wrote|schrieb|écrit)\b.{0,80}:\s*$", re.S)
_ON = re.compile(r"\s*(?:On|Am|Le)\b")
_DIVIDER = re.compile(
    r"^\s*(?:-{2,}\s*(?:original|forwarded) message\s*-{2,}|begin forwarded message:|_{10,}|"
    r"-{2,}\s*forwarded by\b.*)",
    re.I,
)
_SIGNATURE = re.compile(r"^\s*(?:--|sent from my \w+.*|get outlook for \w+.*)\s*$", re.I)


def read_mail(pages: Sequence[str]) -> MailPrint | None:
    """The e-mail's print; None for a document that does not begin with an e-mail's headers.

    Args:
        pages: the text of each page.
    """
    lines = [(number, line) for number, page in enumerate(pages) for line in page.splitlines()]
    headers, start = _headers([line for _, line in lines[:_HEADER_LINES]])
    if not headers.keys() >= _NEEDED or not headers.keys() & {"to", "date", "sent"}:
        return None
    body = lines[start:]
    end = _quoting_starts([line for _, line in body])
    own, quoted = _unsigned(body[:end]), body[end:]
    own_words = _by_page(own, len(pages))
    return MailPrint(
        sender=" ".join(words_of(re.sub(r"<.*", "", headers["from"]) or headers["from"])),
        own=tuple(map(runs, own_words)),
        own_words=sum(map(len, own_words)),
        quoted=tuple(_quoted(quoted, len(pages))),
        names=tuple(_named([_QUOTE_MARK.sub("", line) for _, line in quoted])),
    )


def _headers(lines: list[str]) -> tuple[dict[str, str], int]:
    """The headers that the text begins with, and the line after them; a wrapped header has several lines."""
    found: dict[str, str] = {}
    after = 0
    for number, line in enumerate(lines):
        match = _HEADER.match(line)
        if match and match[1].lower() not in found:
            found[match[1].lower()] = match[2]
            after = number + 1
        elif number - after >= (2 if found else 4):
            break
    return found, after


def _quoting_starts(lines: list[str]) -> int:
    """The first line that is quoted, or that announces a quotation; the number of lines if none is."""
    for number, line in enumerate(lines):
        if line.lstrip().startswith(">") or _DIVIDER.match(line):
            return number
        if any(_ATTRIBUTION.match("\n".join(lines[number : number + count])) for count in (1, 2, 3)):
            return number
        if re.match(r"\s*\*?From:", line) and _headers(lines[number : number + 8])[0].keys() & {
            "sent",
            "date",
        }:
            return number
    return len(lines)


def _quoted(lines: list[tuple[int, str]], pages: int) -> Iterator[tuple[int, ...]]:
    """Each page's runs of quoted words, and every line that is shorter than a run, such as "Agreed"."""
    for number, words in enumerate(_by_page(lines, pages)):
        short = (words_of(_QUOTE_MARK.sub("", line)) for page, line in lines if page == number)
        yield tuple(sorted({*runs(words), *(run for line in short if len(line) < RUN for run in runs(line))}))


def _named(lines: list[str]) -> Iterator[str]:
    """The lines of a quotation that say whose words they are."""
    for number, line in enumerate(lines):
        if re.match(r"\s*\*?From\b", line):
            yield " ".join(words_of(line))
        elif _ON.match(line):
            yield " ".join(words_of("\n".join(lines[number : number + 3])))


def _unsigned(lines: list[tuple[int, str]]) -> list[tuple[int, str]]:
    for number, (_, line) in enumerate(lines):
        if _SIGNATURE.match(line):
            return lines[:number]
    return lines


def _by_page(lines: list[tuple[int, str]], pages: int) -> list[list[str]]:
    texts: list[list[str]] = [[] for _ in range(pages)]
    for page, line in lines:
        texts[page].append(_QUOTE_MARK.sub("", line))
    return [words_of("\n".join(text)) for text in texts]
