"""What is kept of a document to compare it with others, made once for each hash."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PagePrint:
    """One page.

    Args:
        text: hash of its words without case, marks and spacing; empty when it has too few to tell.
        words: how many words its text layer holds.
        look: 256 hexadecimal figures that differ little between pages that look alike; empty when blank.
    """

    text: str
    words: int
    look: str


@dataclass(frozen=True, slots=True)
class MailPrint:
    """What an e-mail says and quotes, as hashes of runs of words.

    Args:
        sender: who sent it, in words without case or marks.
        own: its own words before anything quoted and without the signature, page by page, in runs.
        own_words: how many words of its own it has.
        quoted: what it quotes, page by page, in the same runs.
        names: the lines that say whom it quotes, in words.
    """

    sender: str
    own: tuple[tuple[int, ...], ...]
    own_words: int
    quoted: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A document.

    Args:
        sha256: of the original.
        text: hash of all its words, wherever its pages end; empty when it has too few to tell.
        pages: each page's print.
        mail: its print as an e-mail, when it is one.
    """

    sha256: str
    text: str
    pages: tuple[PagePrint, ...]
    mail: MailPrint | None = None

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, to be kept under the hash."""
        return asdict(self)

    @staticmethod
    def from_json(values: dict[str, Any]) -> "Fingerprint":
        """What ``as_json`` gave, as it was."""
        pages = tuple(PagePrint(**page) for page in values["pages"])
        mail = values.get("mail")
        if mail:
            runs = {side: tuple(tuple(page) for page in mail[side]) for side in ("own", "quoted")}
            mail = MailPrint(**{**mail, **runs, "names": tuple(mail["names"])})
        return Fingerprint(values["sha256"], values["text"], pages, mail)
