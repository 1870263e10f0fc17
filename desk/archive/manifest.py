"""What an archive says of itself."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from core.errors import IntegrityFailure, InvalidInput

FORMAT = 1
NAME, SEAL = "manifest.json", "manifest.sha256"
STORE, KEY = "store/", "keys/ledger.pem"
DUMPS = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
KNOWN = re.compile(r"store/[0-9a-f]{64}|keys/ledger\.pem|database\.(sqlite3|pgdump)")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the archive; ``size`` in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that the archive holds.

    Args:
        made: when, ISO 8601 in UTC.
        database: "sqlite" or "postgresql".
        ledger_key: SHA-256 of the public key that signed the ledger; None where nothing was signed yet.
        parts: every file but the manifest and its seal.
    """

    made: str
    database: str
    ledger_key: str | None
    parts: Sequence[Part]

    def text(self) -> bytes:
        """The manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, **asdict(self)}, indent=1).encode()


def read(text: bytes, seal: bytes) -> Manifest:
    """The manifest behind this text.

    Raises:
        IntegrityFailure: the text is not the one that was sealed.
        InvalidInput: it was made by a later version, or names a file that no archive holds.
    """
    if hashlib.sha256(text).hexdigest().encode() != seal.strip():
        raise IntegrityFailure(f"{NAME} in the archive was altered.", remedy="Use another backup.")
    told = json.loads(text)
    if told.pop("format") != FORMAT:
        raise InvalidInput("A later version made this archive.", remedy="Install that version first.")
    parts = [Part(**part) for part in told.pop("parts")]
    for part in parts:
        if not KNOWN.fullmatch(part.name):
            raise InvalidInput(f"“{part.name}” belongs in no archive.", remedy="Use another backup.")
    return Manifest(**told, parts=parts)
