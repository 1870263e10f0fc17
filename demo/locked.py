"""The contract that opens only with a password."""

from io import BytesIO
from pathlib import Path

import pikepdf
import weasyprint

from demo.court_paper import paper_html
from demo.markup import read_source

PASSWORD = "jurong-hall-3"  # noqa: S105 - known on purpose: the demonstration shows a file that stays shut


def write_locked_contract(source: Path, stylesheet: str, out: Path) -> None:
    """``out`` holds the contract in ``source``, which no reader opens without the password.

    RC4 at 128 bits, because its bytes are the same each time; AES would draw a new salt for each file.
    """
    laid_out = BytesIO(weasyprint.HTML(string=paper_html(read_source(source), stylesheet)).write_pdf())
    locks = pikepdf.Encryption(owner=PASSWORD, user=PASSWORD, R=3, aes=False, metadata=False)
    with pikepdf.open(laid_out) as pdf:
        pdf.save(out, encryption=locks, static_id=True)
