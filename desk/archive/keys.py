"""Which key signed the ledger."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings


def ledger_key() -> Path:
    """Where this installation's signing key stands, whether or not it has been made."""
    folder: Path = settings.KEYS_ROOT
    return folder / "ledger.pem"


def fingerprint() -> str | None:
    """SHA-256 (hex) of the public half of this installation's key; None where there is no key."""
    path = ledger_key()
    if not path.exists():
        return None
    public = load_pem_private_key(path.read_bytes(), password=None).public_key()
    return hashlib.sha256(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()
