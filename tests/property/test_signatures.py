"""A signature holds for one file, one key and one moment; whatever else is altered shows."""

import hashlib
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from comparison.signing import (
    PREFIX,
    Checked,
    KeyUnknown,
    Outcome,
    Signature,
    check,
    check_file,
    message,
    read_public_key,
    sign,
    sign_file,
    signature_path,
)
from core.errors import AssizeError, Conflict, InvalidInput
from core.keys import fingerprint, key_at

CONTENT = b'{"format": "assize-comparison-1"}\n'
KEY = Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"\x02" * 32)
KNOWN = {fingerprint(KEY.public_key()): "Clean room"}
SHA256 = hashlib.sha256(CONTENT).hexdigest()
SIGNED = sign(SHA256, KEY)
TEXT = SIGNED.text.encode()


def checked(content: bytes, signature: bytes | None) -> Checked:
    return check(hashlib.sha256(content).hexdigest(), signature, KNOWN)


def test_an_unaltered_file_is_good_and_names_its_signer() -> None:
    found = checked(CONTENT, TEXT)
    assert (found.outcome, found.signer) == (Outcome.GOOD, "Clean room")
    assert found.require("f").fingerprint == fingerprint(KEY.public_key())
    assert "known as Clean room, and unaltered since" in found.words
    assert checked(CONTENT, None).outcome is Outcome.UNSIGNED


@given(st.binary(max_size=200).filter(lambda content: content != CONTENT))
def test_another_file_is_altered(content: bytes) -> None:
    assert checked(content, TEXT).outcome is Outcome.ALTERED


@given(place=st.integers(0, len(CONTENT) - 1), to=st.integers(0, 255))
def test_any_byte_of_the_file_counts(place: int, to: int) -> None:
    altered = CONTENT[:place] + bytes([to]) + CONTENT[place + 1 :]
    assert (checked(altered, TEXT).outcome is Outcome.GOOD) == (altered == CONTENT)


def test_every_byte_of_the_signature_counts_whatever_it_becomes() -> None:
    """Not one of all the bytes may become another: no blank, no capital, no digit."""
    for place in range(len(TEXT)):
        for to in b'0f9AFz "{}\n\x00\xff:,':
            altered = TEXT[:place] + bytes([to]) + TEXT[place + 1 :]
            if altered != TEXT:
                assert checked(CONTENT, altered).outcome is not Outcome.GOOD, altered


@given(st.integers(0, len(TEXT) - 1), st.binary(min_size=1, max_size=3), st.booleans())
def test_nothing_is_put_into_the_signature_or_taken_from_it(place: int, piece: bytes, put: bool) -> None:
    altered = TEXT[:place] + piece + TEXT[place:] if put else TEXT[:place] + TEXT[place + len(piece) :]
    assert checked(CONTENT, altered).outcome in (Outcome.UNREADABLE, Outcome.ALTERED)


@given(st.binary(max_size=5000))
def test_any_bytes_are_read_without_a_fault(content: bytes) -> None:
    assert checked(CONTENT, content).outcome is Outcome.UNREADABLE


def test_another_key_is_unknown_and_its_name_cannot_be_borrowed() -> None:
    theirs = sign(SHA256, OTHER)
    found = checked(CONTENT, theirs.text.encode())
    assert found.outcome is Outcome.UNKNOWN_KEY
    assert "nobody recorded whose key that is" in found.words
    with pytest.raises(KeyUnknown, match="by another way than the file came"):
        found.require("f")
    borrowed = Signature(SIGNED.public_key, theirs.sha256, theirs.signed_at, theirs.signature)
    assert checked(CONTENT, borrowed.text.encode()).outcome is Outcome.ALTERED


def test_the_signature_of_another_file_is_altered() -> None:
    swapped = sign(hashlib.sha256(b"another").hexdigest(), KEY)
    assert checked(CONTENT, swapped.text.encode()).outcome is Outcome.ALTERED
    claimed = Signature(swapped.public_key, SHA256, swapped.signed_at, swapped.signature)
    assert checked(CONTENT, claimed.text.encode()).outcome is Outcome.ALTERED


def test_an_earlier_moment_is_altered() -> None:
    earlier = Signature(SIGNED.public_key, SHA256, "2001-01-01T00:00:00Z", SIGNED.signature)
    assert checked(CONTENT, earlier.text.encode()).outcome is Outcome.ALTERED


def test_what_a_ledger_signs_is_no_signature_of_a_file() -> None:
    """One key over both would not let the one pass for the other."""
    assert message("0" * 64, SHA256, "2026-01-01T00:00:00Z").split(b"\n")[0] == b"assize-signature-1"
    with_ledger = KEY.sign(f"site\n1\n{SHA256}".encode()).hex()
    made = Signature(SIGNED.public_key, SHA256, SIGNED.signed_at, with_ledger)
    assert checked(CONTENT, made.text.encode()).outcome is Outcome.ALTERED


@pytest.mark.parametrize(
    ("content", "signature", "exit_code"),
    [
        (CONTENT, sign(SHA256, OTHER).text.encode(), 1),
        (CONTENT, b"-----BEGIN", 2),
        (CONTENT, None, 3),
        (b"another", TEXT, 7),
    ],
)
def test_each_refusal_has_its_exit_code(content: bytes, signature: bytes | None, exit_code: int) -> None:
    with pytest.raises(AssizeError) as refusal:
        checked(content, signature).require("result.json")
    assert refusal.value.exit_code == exit_code
    assert str(refusal.value).startswith("result.json: ")
    assert refusal.value.remedy


def test_files_are_signed_once_by_a_key_that_its_owner_alone_reads(tmp_path: Path) -> None:
    key = key_at(tmp_path / "keys" / "room.pem")
    assert (tmp_path / "keys" / "room.pem").stat().st_mode & 0o777 == 0o600
    file = tmp_path / "result.json"
    file.write_bytes(CONTENT)
    assert sign_file(file, key) == signature_path(file) == tmp_path / "result.json.sig"
    assert check_file(file, {fingerprint(key.public_key()): "me"}).outcome is Outcome.GOOD
    with pytest.raises(Conflict, match="signed already"):
        sign_file(file, key)


def test_public_keys_are_copied_whole() -> None:
    digits = KEY.public_key().public_bytes_raw().hex()
    assert fingerprint(read_public_key(f" {PREFIX}{digits}\n")) == fingerprint(KEY.public_key())
    for wrong in (
        digits,
        fingerprint(KEY.public_key()),
        f"{PREFIX}{digits[:-2]}",
        f"{PREFIX}{digits.upper()}",
        "",
    ):
        with pytest.raises(InvalidInput, match="no public key"):
            read_public_key(wrong)
