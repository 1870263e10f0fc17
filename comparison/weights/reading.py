"""Reading a manifest that somebody sends: nothing in it is believed before its form has been checked."""

import json
import re
from typing import Any

from comparison.weights.errors import ManifestInvalid
from comparison.weights.folder import DEEPEST, too_deep
from comparison.weights.manifest import FORMAT, FileDigest, Manifest, TensorDigest

SHA256 = re.compile(r"[0-9a-f]{64}")
MOST_TENSORS = 200_000
REMEDY = "Make it with `manage.py model_manifest FOLDER` where the weights are kept, and send it unchanged."


def read_manifest(content: object) -> Manifest:
    """The manifest that this JSON value describes.

    Raises:
        ManifestInvalid: naming the first part that does not have its form.
    """
    whole = _mapping(content, "The manifest")
    if whole.get("format") != FORMAT:
        raise ManifestInvalid(
            f"This is not a manifest of the form {FORMAT}.", remedy=REMEDY, field="manifest"
        )
    tensors = tuple(_tensor(entry, number) for number, entry in enumerate(_list(whole, "tensors"), start=1))
    if len({tensor.name for tensor in tensors}) != len(tensors):
        raise _wrong("Two tensors have the same name")
    manifest = Manifest(
        folder=_text(whole, "folder", "The manifest"),
        parameters=sum(tensor.elements for tensor in tensors),
        config=_mapping(whole.get("config"), "The configuration"),
        config_sha256=_hash(whole, "config_sha256", "The manifest"),
        tokenizer=_tokenizer(whole),
        files=tuple(_file(entry) for entry in _list(whole, "files")),
        tensors=tuple(sorted(tensors, key=lambda tensor: tensor.name)),
    )
    if too_deep(manifest.config):
        raise _wrong(f"The configuration is nested over {DEEPEST} deep")
    if "\\u0000" in json.dumps(manifest.config):
        raise _wrong("The configuration holds a zero byte")
    try:
        manifest.text.encode()
    except UnicodeEncodeError as error:
        raise _wrong("A text of it holds half of a pair of surrogates, which is no character") from error
    if whole.get("parameters") != manifest.parameters or manifest.parameters >= 2**62:
        raise _wrong("The shapes do not add up to the number of parameters it states")
    if unknown := {tensor.file for tensor in tensors} - {file.name for file in manifest.files}:
        raise _wrong(f"A tensor lies in {min(unknown)}, which is not among the files")
    return manifest


def _wrong(what: str) -> ManifestInvalid:
    return ManifestInvalid(f"{what}.", remedy=REMEDY, field="manifest")


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(f"{what} is not a JSON object")
    return value


def _list(whole: dict[str, Any], key: str) -> list[Any]:
    value = whole.get(key)
    if not isinstance(value, list) or not value:
        raise _wrong(f"The manifest lists no {key}")
    if len(value) > MOST_TENSORS:
        raise _wrong(f"The manifest lists over {MOST_TENSORS} {key}")
    return value


def _text(entry: dict[str, Any], key: str, what: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip() or len(value) > 500 or "\x00" in value:
        raise _wrong(f"{what} has no usable {key}")
    return value


def _hash(entry: dict[str, Any], key: str, what: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not SHA256.fullmatch(value):
        raise _wrong(f"{what} has no SHA-256 under {key}")
    return value


def _count(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**62:
        raise _wrong(f"{what} is not a whole number")
    return value


def _tensor(value: object, number: int) -> TensorDigest:
    what = f"Tensor {number}"
    entry = _mapping(value, what)
    shape = entry.get("shape")
    if not isinstance(shape, list) or len(shape) > 16:
        raise _wrong(f"{what} has no shape")
    if not isinstance(entry.get("constant"), bool):
        raise _wrong(f"{what} does not say whether it is constant")
    return TensorDigest(
        name=_text(entry, "name", what),
        dtype=_text(entry, "dtype", what),
        shape=tuple(_count(size, f"A size of {what}") for size in shape),
        file=_text(entry, "file", what),
        sha256=_hash(entry, "sha256", what),
        constant=entry["constant"],
    )


def _file(value: object) -> FileDigest:
    entry = _mapping(value, "A file")
    return FileDigest(
        name=_text(entry, "name", "A file"),
        size=_count(entry.get("size"), "A file's size"),
        sha256=_hash(entry, "sha256", "A file"),
    )


def _tokenizer(whole: dict[str, Any]) -> dict[str, str]:
    files = _mapping(whole.get("tokenizer"), "The tokenizer")
    return {name: _hash(files, name, f"The tokenizer's {name}") for name in sorted(files)}
