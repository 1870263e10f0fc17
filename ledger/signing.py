"""The site's Ed25519 key, which signs the head of every chain."""

from cryptography.exceptions import InvalidSignature
from django.conf import settings

from core.keys import key_at


def _message(chain_key: str, sequence: int, event_hash: str) -> bytes:
    return f"{chain_key}\n{sequence}\n{event_hash}".encode()


def sign(chain_key: str, sequence: int, event_hash: str) -> str:
    """The signature (hex) over a chain's head."""
    key = key_at(settings.KEYS_ROOT / "ledger.pem")
    return key.sign(_message(chain_key, sequence, event_hash)).hex()


def is_signed(chain_key: str, sequence: int, event_hash: str, signature: str) -> bool:
    """Whether the signature is this site's over this head."""
    try:
        key_at(settings.KEYS_ROOT / "ledger.pem").public_key().verify(
            bytes.fromhex(signature), _message(chain_key, sequence, event_hash)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
