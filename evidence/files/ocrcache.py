"""What OCR made of a scan, remembered by the scan's content, so that the same scan is read once."""

import hashlib
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.files.ocr import OcrReport


@dataclass(frozen=True, slots=True)
class Recognised:
    """A searchable PDF that is in the store, by its SHA-256, and what was read in it."""

    sha256: str
    size: int
    report: OcrReport


class OcrCache:
    """A folder of one small file for each scan that was read, under the digest of all that decides."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def key(self, sha256: str, pages: Sequence[int], languages: Sequence[str], version: str) -> str:
        """The digest of the scan's content, the pages to read, the languages and the programs' versions."""
        return hashlib.sha256(
            json.dumps([sha256, *map(list, (pages, languages)), version]).encode()
        ).hexdigest()

    def get(self, key: str) -> Recognised | None:
        """What is remembered; nothing where nothing is or it cannot be read."""
        try:
            kept = json.loads(self._path(key).read_text(encoding="utf-8"))
            report = OcrReport(
                tuple(kept["pages"]),
                kept["tool"],
                kept["version"],
                {int(page): sure for page, sure in kept["confidence"].items()},
            )
            return Recognised(kept["sha256"], kept["size"], report)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, key: str, recognised: Recognised) -> None:
        """It is remembered; a reader or a kill at any moment sees the whole file or none."""
        path, report = self._path(key), recognised.report
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = {
            "sha256": recognised.sha256,
            "size": recognised.size,
            "pages": report.pages,
            "tool": report.tool,
            "version": report.version,
            "confidence": report.confidence,
        }
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(kept, file)
            Path(name).replace(path)
        finally:
            Path(name).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / f"{key}.json"
