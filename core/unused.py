"""Keeping folders of what can be made again from growing for ever."""

import time
from contextlib import suppress
from pathlib import Path

DAY = 86_400
"""Seconds."""


def forget_unused(folder: Path, *, days: int) -> int:
    """Files in the folder that nobody wrote or read for so many days are gone; answers how many.

    Where the file system notes no reading, a file goes so many days after it was written.
    """
    before, gone = time.time() - days * DAY, 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):  # another process was quicker
            status = path.stat()
            if path.is_file() and max(status.st_mtime, status.st_atime) < before:
                path.unlink()
                gone += 1
    return gone
