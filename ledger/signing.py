"""The site's Ed25519 key, which signs the head of every chain."""

from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from core.secrets import made_once


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@cache
def _key(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(made_once(path, _new_key), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} holds no Ed25519 key")
    return key


def _message(chain_key: str, sequence: int, event_hash: str) -> bytes:
    return f"{chain_key}\n{sequence}\n{event_hash}".encode()


def sign(chain_key: str, sequence: int, event_hash: str) -> str:
    """The signature (hex) over a chain's head."""
    key = _key(settings.KEYS_ROOT / "ledger.pem")
    return key.sign(_message(chain_key, sequence, event_hash)).hex()


def is_signed(chain_key: str, sequence: int, event_hash: str, signature: str) -> bool:
    """Whether the signature is this site's over this head."""
    try:
        _key(settings.KEYS_ROOT / "ledger.pem").public_key().verify(
            bytes.fromhex(signature), _message(chain_key, sequence, event_hash)
        )
    except (InvalidSignature, ValueError):
        return False
    return True
