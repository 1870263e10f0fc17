"""The transcript of an asking: every request and answer, word for word, each line chained to the last.

A request stands in it before it is sent, so that an attempt whose answer never came is known, too.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from comparison.blackbox.errors import AskingInvalid
from core import clock

FORMAT = "assize-transcript-1"
FILE = "transcript.jsonl"
START = "0" * 64
"""What the first line is chained to."""
HIDDEN = "[key]"
Entry = dict[str, Any]


class Transcript:
    """A file of entries that only grows.

    Args:
        path: of the file.
        secret: the key, which never stands in it; empty for none.
    """

    def __init__(self, path: Path, secret: str) -> None:
        self.path = path
        # A server may write the key as JSON may, with its slashes escaped or not.
        written = json.dumps(secret)[1:-1]
        self.secrets = {secret, written, written.replace("/", r"\/")} if secret else set()
        self.entries: list[Entry] = []
        self.last = START
        if path.exists():
            cut = self._take_up()
            self.write({"kind": "taken up", "cut": cut})

    def write(self, entry: Entry) -> None:
        """The entry stands on the disk, with the time and its place in the chain."""
        own = {"number": len(self.entries), "at": clock.now().isoformat(), "previous": self.last}
        whole = self.without_key(entry) | own
        whole["sha256"] = entry_sha256(whole)
        with self.path.open("ab") as file:
            file.write(json.dumps(whole, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        self.entries.append(whole)
        self.last = whole["sha256"]

    def without_key(self, value: Any) -> Any:
        """The value with ``HIDDEN`` wherever the key stood in it."""
        if isinstance(value, str):
            for secret in self.secrets:
                value = value.replace(secret, HIDDEN)
        elif isinstance(value, dict):
            value = {name: self.without_key(one) for name, one in value.items()}
        return value

    def _take_up(self) -> str:
        """The entries of an earlier run; a last line that a kill cut off is taken out and returned."""
        content = self.path.read_bytes()
        whole, _, cut = content.rpartition(b"\n")
        self.entries = list(read_entries(self.path, whole))
        self.last = self.entries[-1]["sha256"] if self.entries else START
        if cut:
            part = self.path.with_suffix(".part")
            part.write_bytes(whole + b"\n" if whole else b"")
            part.replace(self.path)
        return cut.decode("utf-8", "backslashreplace")


def read_entries(path: Path, content: bytes | None = None) -> Iterator[Entry]:
    """The entries of a transcript, whose chain holds.

    Raises:
        AskingInvalid: a line is no entry, or is not what it was when it was written.
    """
    previous = START
    for number, line in enumerate((path.read_bytes() if content is None else content).splitlines()):
        try:
            entry = json.loads(line)
            stated = entry.pop("sha256")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _altered(path, number, "is no entry") from error
        if entry.get("previous") != previous or entry_sha256(entry) != stated:
            raise _altered(path, number, "is not what it was when it was written")
        previous = stated
        yield {**entry, "sha256": stated}


def entry_sha256(entry: Entry) -> str:
    """The hash of an entry without its own, over its JSON text with sorted keys."""
    return hashlib.sha256(json.dumps(entry, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _altered(path: Path, number: int, what: str) -> AskingInvalid:
    return AskingInvalid(
        f"{path.name}: line {number + 1} {what}.",
        remedy="Put back the transcript as it was made; or name another folder and ask anew.",
    )
