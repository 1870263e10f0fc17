"""Outlook messages: headers, text and the files that came with them."""

import struct
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any

from oxmsg import Message
from oxmsg.properties import Properties

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job
from evidence.files.convert.letter import Body, Letter, Part, set_letter

_RECIPIENTS = {1: "To", 2: "Cc", 3: "Bcc"}
_RECIPIENT_TYPE, _LONG_NAME, _SHORT_NAME, _CONTENT_ID = 0x0C15, 0x3707, 0x3704, 0x3712
_DISPLAYED = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_ADDRESS, _SMTP = 0x3003, 0x39FE
_COMPRESSED_RTF = 0x1009
_MESSAGE_INSIDE = "__substg1.0_3701000D"
_INSIDE_OFFSET = 24  # where the properties of a message inside another begin
_DEEPEST = 10


class _Inside(Message):
    """A message that is kept inside another, in parts and not as a file."""

    def __init__(self, storage: Any) -> None:
        super().__init__(storage)
        self._own = Properties(storage, properties_header_offset=_INSIDE_OFFSET)

    @property
    def properties(self) -> Properties:
        """The message's properties."""
        return self._own


def convert(job: Job) -> Conversion:
    """The message stands as pages under a block of its headers; what came with it lies beside it."""
    try:
        message = Message.load(job.source.read_bytes())
        letter = _letter(message)
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        AttributeError,
        LookupError,
        AssertionError,
        struct.error,
    ) as error:
        raise NotConverted(
            "The Outlook message is broken and cannot be read.",
            reason="broken",
            remedy="Open it in Outlook, save it again and send that, or print it to PDF.",
        ) from error
    if not letter.bodies and not letter.parts and not any(value for _, value in letter.headers):
        raise NotConverted(
            "The Outlook item has neither headers nor text.",
            reason="empty",
            remedy="Open it in Outlook, print it to PDF and send that.",
        )
    return set_letter(job, letter, "python-oxmsg")


def _letter(message: Message) -> Letter:
    letter = Letter(headers=_headers(message), bodies=_bodies(message))
    if not letter.bodies and message.properties.binary_prop_value(_COMPRESSED_RTF):
        letter.notes.append("Its text is kept in Outlook's own form only and is not shown: print it to PDF.")
    for number, attachment in enumerate(message.attachments, 1):
        if (part := _part(attachment, number)) is None:
            letter.notes.append(f"Its attachment {number} is a link to a file elsewhere, which was not sent.")
        else:
            letter.parts.append(part)
    return letter


def _headers(message: Message) -> list[tuple[str, str]]:
    """As they were sent where the message tells, else as Outlook keeps them."""
    sent = {name.lower(): value for name, value in message.message_headers.items()}
    named: dict[str, list[str]] = {"To": [], "Cc": [], "Bcc": []}
    for recipient in message.recipients:
        kind = recipient.properties.int_prop_value(_RECIPIENT_TYPE) or 1
        named[_RECIPIENTS.get(kind & 0xF, "To")].append(_who(recipient))
    people = {name: "; ".join(found) or _text(message, _DISPLAYED[name]) for name, found in named.items()}
    date = sent.get("date") or (format_datetime(message.sent_date) if message.sent_date else "")
    return [
        ("From", message.sender or ""),
        ("To", people["To"]),
        ("Cc", people["Cc"]),
        ("Bcc", people["Bcc"]),
        ("Date", date),
        ("Subject", message.subject),
    ]


def _who(recipient: Any) -> str:
    properties = recipient.properties
    name = (recipient.name or "").strip()
    address = properties.str_prop_value(_SMTP) or properties.str_prop_value(_ADDRESS) or ""
    return f"{name} <{address}>" if name and address and name != address else name or address


def _text(thing: Any, property_: int) -> str:
    value: str | None = thing.properties.str_prop_value(property_)
    return value or ""


def _bodies(message: Message) -> list[Body]:
    try:
        html = message.html_body
    except (LookupError, UnicodeDecodeError):
        html = None
    if html and html.strip():
        return [Body(html, html=True)]
    text = message.body
    return [Body(text.replace("\r\n", "\n"), html=False)] if text and text.strip() else []


def _part(attachment: Any, number: int) -> Part | None:
    name = _text(attachment, _LONG_NAME) or _text(attachment, _SHORT_NAME)
    content = attachment.file_bytes
    if content is not None:
        kind = attachment.mime_type or "application/octet-stream"
        return Part(name or f"attachment-{number}", content, kind, _text(attachment, _CONTENT_ID).strip("<>"))
    inside = _inside(attachment)
    if inside is None:
        return None
    subject = inside.subject.replace("/", "-").strip()
    return Part(f"{subject or name or f'message-{number}'}.eml", _as_mail(inside, 0), "message/rfc822")


def _inside(attachment: Any) -> Message | None:
    """The message that this attachment is."""
    found = [storage for storage in attachment._storage.storages if storage.name == _MESSAGE_INSIDE]
    return _Inside(found[0]) if found else None


def _as_mail(message: Message, depth: int) -> bytes:
    """A message kept inside another, written as e-mail so that it can be taken in by itself."""
    mail = EmailMessage()
    for name, value in _headers(message):
        if value:
            mail[name] = " ".join(value.split())
    bodies = _bodies(message)
    mail.set_content(
        bodies[0].text if bodies else "", subtype="html" if bodies and bodies[0].html else "plain"
    )
    for number, attachment in enumerate(message.attachments, 1):
        inside = _inside(attachment) if attachment.file_bytes is None else None
        if inside is not None and depth < _DEEPEST:
            mail.add_attachment(
                _as_mail(inside, depth + 1), maintype="application", subtype="octet-stream",
                filename=f"{inside.subject or number}.eml",
            )  # fmt: skip
        elif (part := _part(attachment, number)) is not None:
            mail.add_attachment(
                part.content, maintype="application", subtype="octet-stream", filename=part.name
            )
    return mail.as_bytes()
