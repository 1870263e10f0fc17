"""Ed25519 keys in files: made once, read by their owner alone."""

import hashlib
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from core.errors import InvalidInput
from core.secrets import made_once


@cache
def key_at(path: Path) -> Ed25519PrivateKey:
    """The private key in the file, made on first use.

    Raises:
        InvalidInput: the file holds something else.
    """
    return read_key(path, made_once(path, _new_key))


def read_key(path: Path, content: bytes) -> Ed25519PrivateKey:
    """The private key in a file's bytes; raises InvalidInput as ``key_at``."""
    try:
        key = load_pem_private_key(content, password=None)
    except (ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def fingerprint(key: Ed25519PublicKey) -> str:
    """SHA-256 (hex) of the public key's DER form, as other programs give it, too."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def _no_key(path: Path) -> InvalidInput:
    return InvalidInput(
        f"{path} holds no Ed25519 key without a password.",
        remedy="Name the key's file, or restore it from where a copy was kept.",
    )


def _new_key() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
