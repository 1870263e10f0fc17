"""The e-mail of 24 April 2026 and the table of accounts attached to it."""

import csv
from email.message import EmailMessage
from email.policy import SMTP
from io import StringIO
from pathlib import Path

from demo.accounts import accounts

ATTACHMENT = "accounts-suspended-2026-04-24.csv"
HEADER = ("account", "undertaking", "opened", "network", "paid_gbp", "calls", "dialogues", "prompt_st25")


def accounts_csv() -> str:
    """Returns the 37 accounts and a row of totals as comma-separated values, money in pounds."""
    text, rows = StringIO(), accounts()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(HEADER)
    for row in rows:
        prompt = "yes" if row.same_prompt else "no"
        paid = f"{row.pence / 100:.2f}"
        table.writerow(
            [row.number, row.undertaking, row.opened, row.network, paid, row.calls, row.dialogues, prompt]
        )
    pounds = f"{sum(row.pence for row in rows) / 100:.2f}"
    calls, dialogues = sum(row.calls for row in rows), sum(row.dialogues for row in rows)
    table.writerow(["TOTAL", "", "", "", pounds, calls, dialogues, ""])
    return text.getvalue()


def write_email(source: Path, out: Path) -> None:
    """``out`` holds the message in ``source`` with the table of accounts attached."""
    head, body = source.read_text("utf-8").split("\n---\n", 1)
    message = EmailMessage(policy=SMTP)
    for line in head.splitlines():
        name, value = line.split(": ", 1)
        message[name] = value
    message.set_content(body, cte="quoted-printable")
    message.add_attachment(accounts_csv().encode(), maintype="text", subtype="csv", filename=ATTACHMENT)
    message.set_boundary("=_aurelia_20260424_174208")
    out.write_bytes(message.as_bytes())
