"""What no tracked file may say: the address of a package index, or a folder of one machine."""

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

# Bracketed letters, so that this file itself names no index.
_INDEX = re.compile(
    r"(?:[\w-]+\.)*\b(?:p[y]pi|p[y]thonhosted|npmjs|anaconda|devpi|artifactory)\.[a-z]{2,}\b(?!\()"
    r"|//[\w.-]*registry[\w.-]*"
    r"|^--?(?:i|f|index-url|extra-index-url|find-links|trusted-host)\b",
    re.IGNORECASE | re.MULTILINE,
)
_HOMES = (r"/home/\w+/", r"/Users/\w+/", r"/root\b/")
_SHARED_BY_MACHINES = ("/", "/srv", "/opt", "/tmp", "/var", "/home", "/usr", "/mnt")  # noqa: S108 - names


def tracked_files(root: Path) -> list[Path]:
    """Every file that git tracks here and that stands on the disk."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)  # noqa: S607
    paths = [root / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def problems(root: Path, files: Iterable[Path]) -> Iterator[str]:
    """Each line of a text file that names a package index or a place on this machine."""
    forbidden = (("a package index", _INDEX), ("a folder of one machine", machine_folders(root)))
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for what, pattern in forbidden:
            for found in pattern.finditer(text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(root)}:{line} names {what}: {found[0].strip()}"


def machine_folders(root: Path) -> re.Pattern[str]:
    """What finds home folders, this checkout's own folder and the one that it stands in.

    A checkout in a folder that every machine has (``/srv/assize``) is not looked for: it may be an example.
    """
    own = [root, root.parent] if str(root.parent) not in _SHARED_BY_MACHINES else []
    places = [rf"{re.escape(str(path))}/" for path in own if str(path) not in _SHARED_BY_MACHINES]
    return re.compile(rf"(?<![\w.~/*-])(?:{'|'.join([*_HOMES, *places])})")
