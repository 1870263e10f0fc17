"""A mailbox file: a list of its messages, and each message as a file of its own."""

import mailbox
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from html import escape

from core.errors import NotConverted
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.enclosed import plain_name, save_attachments
from evidence.files.convert.pages import print_pages

LISTED = "A mailbox: its messages are listed here, and each is an exhibit of its own."


def convert(job: Job) -> Conversion:
    """A list of the messages stands as pages; each message lies beside it, byte for byte as it was kept.

    A message has its own date, mark and privilege, so that each becomes an exhibit like any other e-mail.
    """
    box = mailbox.mbox(job.source, create=False)
    try:
        if len(box) > job.limits.messages:
            raise NotConverted(
                f"The mailbox holds {len(box):,} messages; at most {job.limits.messages:,} are taken in.",
                reason="too-large",
                remedy="Export it in parts, by folder or by year, and send each.",
            )
        messages = [box.get_bytes(key) for key in box.iterkeys()]
    finally:
        box.close()
    if not any(message.strip() for message in messages):
        raise NotConverted(
            "The mailbox holds no messages.", reason="empty", remedy="Ask the sender for the complete file."
        )
    read = [message_from_bytes(content, policy=policy.compat32) for content in messages]
    names = [_name(message, number) for number, message in enumerate(read, 1)]
    rows = "".join(_row(message, number) for number, message in enumerate(read, 1))
    head = "".join(f"<th>{name}</th>" for name in ("No.", "Date", "From", "To", "Subject"))
    title = f"<h1>{escape(job.name)}</h1><p>{len(read):,} messages</p>" if len(read) > 1 else ""
    page = f'{title}<table class="listed"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    print_pages(page, job.pdf, title=escape(job.name))
    attachments = save_attachments(job, zip(names, messages, strict=True), most=job.limits.messages)
    return made_by(job, "weasyprint", notes=(LISTED,), attachments=attachments)


def _row(message: Message, number: int) -> str:
    cells = [str(number), *(_header(message, name) for name in ("Date", "From", "To", "Subject"))]
    return f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>"


def _header(message: Message, name: str) -> str:
    written = str(message.get(name, ""))
    try:
        return " ".join(str(make_header(decode_header(written))).split())
    except (ValueError, LookupError):
        return " ".join(written.split())


def _name(message: Message, number: int) -> str:
    subject = plain_name(_header(message, "Subject").replace("/", "-"))[:120]
    return f"{number:04d} {subject or 'message'}.eml"
