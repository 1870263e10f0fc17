"""Pieces of finished work in a folder, by everything that they rest on; what is there is not done again."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Store:
    """Where pieces are kept, and the hash of the code that made them; None for a folder keeps none."""

    folder: Path | None = None
    code: str = ""

    def value(
        self, facts: Sequence[object], compute: Callable[[], Any], lasts: Callable[[Any], bool] | None = None
    ) -> Any:
        """The JSON value that rests on these facts, from the folder where it is there and whole.

        Args:
            facts: everything that it rests on, beside the code.
            compute: makes it.
            lasts: whether a value is worth keeping; every one is where nobody says.
        """
        key = self.key(facts)
        file = self.file(key, ".json")
        if file is None:
            return compute()
        with suppress(OSError, ValueError, KeyError, TypeError):  # absent or damaged: it is made again
            content = json.loads(file.read_text(encoding="utf-8"))
            if content["key"] == key:
                return content["value"]
        made = compute()
        text = json.dumps({"key": key, "value": made})
        if lasts is not None and not lasts(made):
            return json.loads(text)["value"]
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{os.getpid()}.part")
        part.write_text(text, encoding="utf-8")
        part.replace(file)
        return json.loads(text)["value"]

    def key(self, facts: Sequence[object]) -> str:
        """The hash of the facts and the code."""
        return hashlib.sha256(json.dumps([self.code, *facts]).encode()).hexdigest()

    def file(self, key: str, suffix: str) -> Path | None:
        """The file of this key."""
        return self.folder / key[:2] / f"{key}{suffix}" if self.folder else None
