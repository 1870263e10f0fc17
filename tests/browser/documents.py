"""Documents to drop."""

from datetime import UTC, datetime
from pathlib import Path

import pikepdf

from demo.load import DOCUMENTS


def amended(folder: Path) -> Path:
    """The particulars word for word in a file of other bytes, so that it is no duplicate."""
    path = folder / "amended-particulars.pdf"
    with pikepdf.open(DOCUMENTS / "02-particulars-of-claim.pdf") as pdf:
        pdf.docinfo["/Subject"] = datetime.now(UTC).isoformat()
        pdf.save(path)
    return path
