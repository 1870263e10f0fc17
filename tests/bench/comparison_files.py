"""Model folders for as long as a measurement takes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from safetensors.numpy import save_file


def put(
    folder: Path,
    tensors: Mapping[str, NDArray[Any]],
    *,
    config: Mapping[str, Any] | None = None,
    tokenizer: str = "{}",
) -> Path:
    """The model stands in the folder."""
    folder.mkdir()
    save_file(dict(tensors), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config or {}))
    (folder / "tokenizer.json").write_text(tokenizer)
    return folder
