"""A model's folder becomes a model that runs; no weight is invented and no code of the folder executed."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from typing import Any

import torch
import transformers
from transformers import AutoConfig, AutoModelForCausalLM

from comparison.evaluation.hashes import COMPUTED
from comparison.runner import refusals
from comparison.runner.errors import RemoteCodeRefused, RunnerRefused
from comparison.weights.errors import LayoutUnknown
from comparison.weights.folder import INDEX, SINGLE, Folder
from comparison.weights.layouts import parts_of

SHOWN = 8
"""Names listed in a message."""
STORED = {"F64": torch.float32, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
SHARE = 0.5
"""Of a machine's memory that a model may take in single precision; else it runs as it is stored."""
DETERMINISM = "deterministic algorithms wherever PyTorch has them"
"""What ``deterministic`` asks for, in words."""


@dataclass(frozen=True, slots=True)
class Running:
    """A model that is ready to run.

    Args:
        model: of transformers, in evaluation mode.
        folder: from which it was loaded.
        device: ``cpu`` or ``cuda``.
        dtype: in which it computes.
        vocabulary: tokens that it knows.
        longest: tokens that it reads at once.
        begin: the token that begins a text, None where the configuration names none.
        ends: the tokens that end one.
    """

    model: Any
    folder: Folder
    device: str
    dtype: str
    vocabulary: int
    longest: int
    begin: int | None
    ends: frozenset[int]

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.path.resolve().name


def load(folder: Folder, device: str | None = None) -> Running:
    """The model is loaded with every tensor in its place.

    Args:
        folder: its folder.
        device: ``cpu`` or ``cuda``; None for the graphics card where there is one.

    Raises:
        RemoteCodeRefused: its configuration names code to be executed.
        LayoutUnknown: tensors have no place in the model, or it lacks some.
        RunnerRefused: transformers does not know its type, or cannot read its numbers.
    """
    refuse_code(folder)
    if not folder.config.get("quantization_config"):
        parts_of(folder)
    if not ((folder.path / INDEX).is_file() or (folder.path / SINGLE).is_file()):
        raise RunnerRefused(
            refusals.OTHER_FILE,
            remedy=f"In a duplicate of {folder.path.name}, name {folder.weights[0].name} {SINGLE}.",
        )
    device = device or ("cuda" if torch.cuda.is_available() else "cpu")
    model = _built(folder, dtype_of(folder)).to(device).eval()
    config = model.config.get_text_config()
    ends = config.eos_token_id
    vocabulary = int(model.get_input_embeddings().weight.shape[0])
    begin = config.bos_token_id
    return Running(
        model=model,
        folder=folder,
        device=device,
        dtype=str(next(model.parameters()).dtype).removeprefix("torch."),
        vocabulary=vocabulary,
        longest=int(getattr(config, "max_position_embeddings", None) or 2**20),
        begin=begin if isinstance(begin, int) and 0 <= begin < vocabulary else None,
        ends=frozenset(ends if isinstance(ends, list) else [] if ends is None else [ends]),
    )


def refuse_code(folder: Folder) -> None:
    """Raises ``RemoteCodeRefused`` where the configuration names code that lies with the model."""
    if folder.config.get("auto_map"):
        named = ", ".join(sorted(str(value) for value in dict(folder.config["auto_map"]).values()))
        raise RemoteCodeRefused(
            refusals.FOREIGN_CODE,
            remedy=f"It is {named} of {folder.path.resolve().name}. If transformers knows the model's type "
            "itself, take auto_map out of config.json in a duplicate of the folder and record that; else use "
            "methods that need the weights only.",
        )


def dtype_of(folder: Folder) -> torch.dtype:
    """Single precision where it takes up to half the machine's memory; else the type most numbers have."""
    elements = sum(prod(tensor.shape) for tensor in folder.tensors.values())
    if 4 * elements <= SHARE * memory():
        return torch.float32
    sizes: dict[str, int] = {}
    for tensor in folder.tensors.values():
        sizes[tensor.dtype] = sizes.get(tensor.dtype, 0) + tensor.elements
    return STORED.get(max(sizes, key=lambda kind: sizes[kind]), torch.bfloat16)


def memory() -> int:
    """Bytes of memory in which models run: the graphics card's where there is one."""
    if torch.cuda.is_available():
        return int(torch.cuda.get_device_properties(0).total_memory)
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


@contextmanager
def deterministic(seed: int) -> Iterator[None]:
    """Inside, the same input gives the same output, and nothing is remembered for training."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True, warn_only=True)
    try:
        with torch.no_grad():
            yield
    finally:
        torch.use_deterministic_algorithms(before)


def _built(folder: Folder, dtype: torch.dtype) -> Any:
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    name = folder.path.resolve().name
    safely = {"local_files_only": True, "trust_remote_code": False}
    try:
        config = AutoConfig.from_pretrained(folder.path, **safely)
        model, loaded = AutoModelForCausalLM.from_pretrained(
            folder.path,
            config=config,
            use_safetensors=True,
            dtype=dtype,
            attn_implementation="eager",
            output_loading_info=True,
            **safely,
        )
    except (ImportError, OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        said = re.sub(r"\s+", " ", str(error))[:300]
        raise RunnerRefused(
            refusals.NOT_RUN,
            remedy=f"transformers {transformers.__version__} cannot run {name}: {said} Check its "
            "config.json, or compare the model by methods that need its weights only.",
        ) from error
    _all_placed(name, loaded)
    return model


def _all_placed(name: str, loaded: dict[str, Any]) -> None:
    """Every tensor has a place and every place its tensor: a model with invented weights says nothing."""
    spare = sorted(key for key in loaded["unexpected_keys"] if not COMPUTED.search(key))
    missing = sorted(loaded["missing_keys"])
    other = sorted(str(entry[0]) for entry in loaded["mismatched_keys"])
    if missing or spare or other:
        said = (("no place for", spare), ("no tensor for", missing), ("another shape of", other))
        parts = "; ".join(f"{words} {_some(names)}" for words, names in said if names)
        raise LayoutUnknown(
            refusals.INCOMPLETE.format(missing=len(missing), spare=len(spare), other=len(other)),
            remedy=f"In {name} there is {parts}. Fetch the folder again from where it was obtained; weights "
            "are never made up.",
        )


def _some(names: list[str]) -> str:
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
