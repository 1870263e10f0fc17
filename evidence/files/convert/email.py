"""E-mail messages: headers, body and the files that came with them."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message, MIMEPart

from core.errors import NotConverted
from evidence.files.convert.charset import decode
from evidence.files.convert.conversion import Conversion, Job
from evidence.files.convert.enclosed import plain_name
from evidence.files.convert.letter import Body, Letter, Part, set_letter

_POLICY = policy.default.clone(refold_source="none")
_HEADERS = ("From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject")
_ENCRYPTED = frozenset({"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"})
_DEEPEST = 30


class _Parts:
    """The leaves of a message, sorted into what is read, what is shown in it, and what came with it."""

    def __init__(self, message: EmailMessage) -> None:
        self.bodies: list[MIMEPart] = []
        self.attached: list[MIMEPart] = []
        self._sort(message, 0)

    def _sort(self, part: MIMEPart, depth: int) -> None:
        kind = part.get_content_type()
        if depth > _DEEPEST:
            return
        if kind == "multipart/alternative":
            self._sort_alternatives(part, depth)
        elif part.is_multipart() and kind != "message/rfc822":
            for child in part.iter_parts():
                self._sort(child, depth + 1)
        elif kind in {"text/plain", "text/html"} and not part.is_attachment() and not part.get_filename():
            self.bodies.append(part)
        else:
            self.attached.append(part)

    def _sort_alternatives(self, part: MIMEPart, depth: int) -> None:
        """Of several forms of one text the richest is read; a calendar or other form is kept as attached."""
        children = list(part.iter_parts())
        ranked = {"text/plain": 1, "text/html": 2}
        best: MIMEPart | None = None
        for child in children:
            kind = child.get_content_type()
            if child.is_multipart() or kind in ranked:
                rank = ranked.get(kind, 3)
                if best is None or rank >= ranked.get(best.get_content_type(), 3):
                    best = child
            else:
                self.attached.append(child)
        if best is not None:
            self._sort(best, depth + 1)


def convert(job: Job) -> Conversion:
    """The message stands as pages under a block of its headers; what came with it lies beside it."""
    message = message_from_bytes(job.source.read_bytes(), policy=_POLICY)
    parts = _Parts(message)
    if not parts.bodies and not parts.attached and not any(message.get(name) for name in _HEADERS):
        raise NotConverted(
            "The e-mail has neither headers nor text.",
            reason="broken",
            remedy="Save the message again from the mail program as .eml.",
        )
    letter = Letter(
        headers=[(name, "; ".join(_values(message, name))) for name in _HEADERS],
        bodies=[Body(_text(part), part.get_content_type() == "text/html") for part in parts.bodies],
        parts=[_part(part, number) for number, part in enumerate(parts.attached, 1)],
    )
    if message.get_content_type() in _ENCRYPTED:
        letter.notes.append("The message is encrypted: only its headers can be read here.")
    return set_letter(job, letter)


def _part(part: MIMEPart, number: int) -> Part:
    identity = "" if part.is_attachment() else str(part.get("Content-ID", "")).strip().strip("<>")
    return Part(_name(part, number), _content(part), part.get_content_type(), identity)


def _values(message: EmailMessage, name: str) -> Iterator[str]:
    try:
        yield from (str(value) for value in message.get_all(name, []))
    except (ValueError, IndexError, AttributeError, TypeError):
        # A header that breaks the parser is shown as it was written.
        yield from (str(value) for key, value in message.raw_items() if key.lower() == name.lower())


def _text(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    raw = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset()
    if charset:
        try:
            return raw.decode(charset).replace("\r\n", "\n")
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(raw)[0]


def _content(part: MIMEPart) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return (
            bytes(inner[0].as_bytes()) if isinstance(inner, list) and isinstance(inner[0], Message) else b""
        )
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _name(part: MIMEPart, number: int) -> str:
    name = plain_name(part.get_filename() or "")
    if name:
        return name
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        nested = inner[0] if isinstance(inner, list) else None
        subject = str(nested.get("Subject", "")) if isinstance(nested, Message) else ""
        return (plain_name(subject.replace("/", "-")) or f"message-{number}") + ".eml"
    return f"attachment-{number}.{part.get_content_subtype()}"
