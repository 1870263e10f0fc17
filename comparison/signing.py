"""Detached Ed25519 signatures: beside FILE stands FILE.sig, which says who signed which bytes, and when."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from comparison.weights.manifest import sha256_of
from core import clock
from core.errors import AssizeError, CheckFailed, Conflict, IntegrityFailure, InvalidInput, NotFound
from core.keys import fingerprint

FORMAT = "assize-signature-1"
ALGORITHM = "Ed25519"
SUFFIX = ".sig"
PREFIX = "ed25519:"
"""Stands before a public key that a person pastes, so that no fingerprint is taken for one."""
FIELDS = ("format", "algorithm", "public_key", "sha256", "signed_at", "signature")
HEXADECIMAL = {"public_key": 64, "sha256": 64, "signature": 128}
LARGEST = 4096
"""Bytes of a signature's file."""
SECONDS = "%Y-%m-%dT%H:%M:%SZ"


class Outcome(StrEnum):
    """What checking a signature can find."""

    GOOD = "good"
    UNKNOWN_KEY = "unknown key"
    ALTERED = "altered"
    UNREADABLE = "unreadable"
    UNSIGNED = "unsigned"


class KeyUnknown(CheckFailed):
    """A file is signed, and unaltered since, by a key that nobody recorded."""


class SignatureUnreadable(InvalidInput):
    """A signature's file is not one, or not as it was written."""


class Unsigned(NotFound):
    """There is no signature beside the file."""


class Altered(IntegrityFailure):
    """The file, or its signature, is not what was signed."""


REFUSALS: dict[Outcome, tuple[type[AssizeError], str]] = {
    Outcome.UNKNOWN_KEY: (
        KeyUnknown,
        "Ask whoever signed it for the key's fingerprint, by another way than the file came, and compare.",
    ),
    Outcome.ALTERED: (Altered, "Ask for the file and its signature anew, and keep both as they came."),
    Outcome.UNREADABLE: (SignatureUnreadable, f"Ask for the {SUFFIX} file anew, sent as a file."),
    Outcome.UNSIGNED: (Unsigned, f"Put the {SUFFIX} file that belongs to it beside it."),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed what, and when.

    Args:
        public_key: 32 bytes in hexadecimal.
        sha256: of the file that is signed.
        signed_at: in UTC, to the second, by the clock of the machine that signed.
        signature: 64 bytes in hexadecimal.
    """

    public_key: str
    sha256: str
    signed_at: str
    signature: str

    @property
    def fingerprint(self) -> str:
        """Of the public key."""
        return fingerprint(_public_key(self.public_key))

    @property
    def text(self) -> str:
        """The signature's file: one way of writing it, so that any change to it shows."""
        values = (FORMAT, ALGORITHM, self.public_key, self.sha256, self.signed_at, self.signature)
        return json.dumps(dict(zip(FIELDS, values, strict=True)), indent=1) + "\n"

    def holds(self) -> bool:
        """Whether the key signed this hash at this time."""
        try:
            _public_key(self.public_key).verify(
                bytes.fromhex(self.signature), message(self.public_key, self.sha256, self.signed_at)
            )
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a file.

    Args:
        outcome: what it came to.
        signature: as read; None where there is none to read.
        signer: under which name the key is known; empty where it is not.
    """

    outcome: Outcome
    signature: Signature | None = None
    signer: str = ""

    @property
    def words(self) -> str:
        """The outcome in a sentence."""
        match self.outcome:
            case Outcome.UNSIGNED:
                return "Not signed."
            case Outcome.UNREADABLE:
                return "The signature cannot be read, or is not as it was written."
            case Outcome.ALTERED:
                return "The file or its signature was altered: they do not belong together."
        if self.signature is None:
            raise TypeError(f"{self.outcome} without a signature")
        by = f"by the key {self.signature.fingerprint} on {self.signature.signed_at}"
        if self.outcome is Outcome.GOOD:
            return f"Signed {by}, known as {self.signer}, and unaltered since."
        return f"Signed {by}, and unaltered since, but nobody recorded whose key that is."

    def require(self, name: str) -> Signature:
        """The signature, which is good; ``name`` is the file's.

        Raises:
            KeyUnknown, Altered, SignatureUnreadable, Unsigned: it is not.
        """
        if self.outcome is not Outcome.GOOD or self.signature is None:
            kind, remedy = REFUSALS[self.outcome]
            raise kind(f"{name}: {self.words}", remedy=remedy)
        return self.signature


def sign(sha256: str, key: Ed25519PrivateKey) -> Signature:
    """The key's signature over a file of this hash, at this moment."""
    public = key.public_key().public_bytes_raw().hex()
    at = clock.now().strftime(SECONDS)
    return Signature(public, sha256, at, key.sign(message(public, sha256, at)).hex())


def sign_file(file: Path, key: Ed25519PrivateKey) -> Path:
    """Beside the file stands its signature; its path.

    Raises:
        Conflict: there is one already.
    """
    beside = signature_path(file)
    if beside.exists():
        raise Conflict(f"{file.name} is signed already.", remedy=f"Keep {beside.name}, or move it away.")
    beside.write_text(sign(sha256_of(file), key).text, encoding="ascii")
    return beside


def check_file(file: Path, known: Mapping[str, str]) -> Checked:
    """What the signature beside a file says of it.

    Args:
        file: the file itself.
        known: names of signers by the fingerprints of their keys.
    """
    beside = signature_path(file)
    return check(sha256_of(file), beside.read_bytes() if beside.is_file() else None, known)


def check(sha256: str, content: bytes | None, known: Mapping[str, str]) -> Checked:
    """As ``check_file``, of a file of this hash and a signature of these bytes; None where there is none."""
    if content is None:
        return Checked(Outcome.UNSIGNED)
    try:
        signature = read_signature(content)
    except SignatureUnreadable:
        return Checked(Outcome.UNREADABLE)
    if signature.sha256 != sha256 or not signature.holds():
        return Checked(Outcome.ALTERED, signature)
    signer = known.get(signature.fingerprint)
    return Checked(Outcome.UNKNOWN_KEY if signer is None else Outcome.GOOD, signature, signer or "")


def read_signature(content: bytes) -> Signature:
    """The signature in a file's bytes.

    Raises:
        SignatureUnreadable: it is not, byte for byte, as ``Signature.text`` writes one.
    """
    unreadable = SignatureUnreadable(
        "This is no signature, or not as it was written.", remedy=REFUSALS[Outcome.UNREADABLE][1]
    )
    try:
        whole = json.loads(content if len(content) <= LARGEST else b"")
        found = Signature(*(whole[name] for name in FIELDS[2:]))
        datetime.strptime(found.signed_at, SECONDS)  # noqa: DTZ007 - only its form is asked for
        sound = all(
            re.fullmatch(f"[0-9a-f]{{{length}}}", getattr(found, name))
            for name, length in HEXADECIMAL.items()
        )
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise unreadable from error
    if not sound or found.text.encode() != content:
        raise unreadable
    return found


def message(public: str, sha256: str, signed_at: str) -> bytes:
    """What is signed; its first line keeps it apart from whatever else the same key may sign."""
    return "\n".join([FORMAT, ALGORITHM, public, sha256, signed_at]).encode()


def read_public_key(text: str) -> Ed25519PublicKey:
    """The public key that a person pasted, ``ed25519:`` before its 64 hexadecimal digits.

    Raises:
        InvalidInput: it is none.
    """
    plain = text.strip()
    if not re.fullmatch(f"{PREFIX}[0-9a-f]{{64}}", plain):
        raise InvalidInput(
            "This is no public key.",
            remedy=f"Paste the line that begins with {PREFIX}, as `python -m comparison key` prints it.",
            field="public_key",
        )
    return _public_key(plain.removeprefix(PREFIX))


def signature_path(file: Path) -> Path:
    """Where a file's signature stands."""
    return file.with_name(file.name + SUFFIX)


def _public_key(digits: str) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(digits))
