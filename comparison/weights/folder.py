"""A model's folder as Hugging Face lays it out: which files are its weights, configuration and tokenizer."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.weights import refusals
from comparison.weights.errors import PickleRefused, WeightsMissing, WeightsUnreadable
from comparison.weights.tensors import FETCH_AGAIN, PICKLE_REMEDY, Tensor, read_header

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle")
TOKENIZER = (
    "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "special_tokens_map.json",
    "added_tokens.json", "vocab.json", "vocab.txt", "merges.txt", "chat_template.jinja",
)  # fmt: skip
JSON_LIMIT = 64 * 1024 * 1024
"""Bytes; the index of the largest public models is a few megabytes."""


@dataclass(frozen=True, slots=True)
class Folder:
    """What was found in a model's folder.

    Args:
        path: the folder.
        config: content of ``config.json``.
        weights: the safetensors files, by name.
        tensors: every tensor by name.
        tokenizer: the tokenizer's files, by name.
    """

    path: Path
    config: dict[str, Any]
    weights: tuple[Path, ...]
    tensors: dict[str, Tensor]
    tokenizer: tuple[Path, ...]


def open_folder(path: Path) -> Folder:
    """The folder's files and tensors, each header read and found sound; no tensor is read yet.

    Raises:
        WeightsMissing: the folder, its configuration or one of its shards is absent.
        PickleRefused: it holds weights as pickles only.
        WeightsUnreadable: a file is damaged, or the index and the shards contradict each other.
    """
    if not path.is_dir():
        raise WeightsMissing(f"{path} is not a folder.", remedy="Name the folder that holds config.json.")
    config = read_json(path / "config.json")
    placed = _placed(path)
    files = tuple(sorted(set(placed.values()))) if placed else (_only_file(path),)
    tensors: dict[str, Tensor] = {}
    for file in files:
        for tensor in read_header(file):
            if tensor.name in tensors:
                raise WeightsUnreadable(
                    f"{tensor.name} stands in {tensors[tensor.name].file.name} and in {file.name}.",
                    remedy=FETCH_AGAIN,
                )
            tensors[tensor.name] = tensor
    for name, file in placed.items():
        if name not in tensors or tensors[name].file != file:
            raise WeightsUnreadable(
                f"{INDEX} places {name} in {file.name}, where it is not.", remedy=FETCH_AGAIN
            )
    return Folder(
        path=path,
        config=config,
        weights=files,
        tensors=dict(sorted(tensors.items())),
        tokenizer=tuple(path / name for name in TOKENIZER if (path / name).is_file()),
    )


def read_json(file: Path) -> dict[str, Any]:
    """The JSON object in a file; ``Infinity`` and ``NaN``, which are no JSON, are read as those words.

    Raises:
        WeightsMissing: it is absent.
        WeightsUnreadable: it is too large, no JSON or no object.
    """
    if not file.is_file():
        raise WeightsMissing(
            f"{file.name} is not in the folder {file.parent.name}.",
            remedy="A model's folder holds config.json and one or more .safetensors files; name that folder.",
        )
    if file.stat().st_size > JSON_LIMIT:
        raise WeightsUnreadable(
            refusals.LARGE_JSON.format(file=file.name, limit=JSON_LIMIT // 2**20), remedy=FETCH_AGAIN
        )
    try:
        content = json.loads(file.read_text(encoding="utf-8"), parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise WeightsUnreadable(
            refusals.NO_JSON.format(file=file.name), remedy=f"The fault: {error}. {FETCH_AGAIN}"
        ) from error
    if not isinstance(content, dict):
        raise WeightsUnreadable(refusals.NO_OBJECT.format(file=file.name), remedy=FETCH_AGAIN)
    return content


def _placed(path: Path) -> dict[str, Path]:
    """Where the index places each tensor; empty where the model is a single file."""
    if not (path / INDEX).is_file():
        return {}
    places = read_json(path / INDEX).get("weight_map")
    if not isinstance(places, dict) or not places:
        raise WeightsUnreadable(f"{INDEX} has no weight_map.", remedy=FETCH_AGAIN)
    for name in places.values():
        if not isinstance(name, str) or Path(name).name != name:
            raise WeightsUnreadable(
                f"{INDEX} names {name!r}, which is not a file of this folder.", remedy=FETCH_AGAIN
            )
        if name.endswith(PICKLES):
            raise PickleRefused(f"{INDEX} names {name}, a pickle.", remedy=PICKLE_REMEDY)
    return {tensor: path / name for tensor, name in places.items()}


def _only_file(path: Path) -> Path:
    found = sorted(path.glob("*.safetensors"))
    if path / SINGLE in found:
        return path / SINGLE
    if len(found) == 1:
        return found[0]
    if found:
        raise WeightsUnreadable(
            f"{path.name} holds {len(found)} safetensors files and no {INDEX} saying which belong together.",
            remedy=f"Add {INDEX} from where the model was obtained.",
        )
    pickles = sorted(file.name for file in path.iterdir() if file.suffix in PICKLES)
    if pickles:
        raise PickleRefused(
            f"{path.name} holds its weights as pickles only ({', '.join(pickles[:3])}); reading a pickle "
            "runs code that the file brings along, so Assize never does.",
            remedy=PICKLE_REMEDY,
        )
    raise WeightsMissing(
        f"There is no .safetensors file in {path.name}.",
        remedy="Name the folder with config.json and the .safetensors files; other formats are not read.",
    )
