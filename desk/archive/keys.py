"""Which key signed the ledger."""

from pathlib import Path

from django.conf import settings

from core import keys


def ledger_key() -> Path:
    """Where this installation's signing key stands, whether or not it has been made."""
    folder: Path = settings.KEYS_ROOT
    return folder / "ledger.pem"


def fingerprint() -> str | None:
    """SHA-256 (hex) of the public half of this installation's key; None where there is no key."""
    path = ledger_key()
    if not path.exists():
        return None
    return keys.fingerprint(keys.read_key(path, path.read_bytes()).public_key())
