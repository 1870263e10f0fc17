"""Secrets that the site makes for itself, once."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path


def made_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """The secret at ``path``, made on first use; its owner alone may read it.

    Processes that start together all get the same secret: each draft is complete before it is given the
    name, and only the first can have it.

    Args:
        path: where the secret stands; its folder is made as well.
        make: a new secret; called only when there is none yet.
    """
    if path.exists():
        return path.read_bytes()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(make())
            file.flush()
            os.fsync(file.fileno())
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_bytes()
