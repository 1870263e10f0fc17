"""Where zoos are kept: trained once for each seed and each state of what trains them."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from comparison.runner.zoo.listing import FILE, Zoo, read_zoo, write_list

MADE_BY = (
    "changes",
    "keeping",
    "language",
    "listing",
    "making",
    "papers",
    "rearranging",
    "recipe",
    "texts",
    "training",
)
"""The modules on which a zoo's bytes depend."""
PLACE = "ASSIZE_ZOO"
"""The variable that names the folder where zoos are kept."""


def silent(_: str) -> None:
    """Nobody is told."""


def kept_under() -> Path:
    """The folder of all zoos: the one that ``ASSIZE_ZOO`` names, or one among the user's caches."""
    if named := os.environ.get(PLACE):
        return Path(named)
    caches = os.environ.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "assize" / "zoo"


def zoo(seed: int = 0, folder: Path | None = None, tell: Callable[[str], None] = silent) -> Zoo:
    """The zoo of a seed; trained first where it is not there, or not as it would be trained now.

    Args:
        seed: of everything that is drawn.
        folder: where it lies; one of its own under ``kept_under`` where none is named. What it holds of an
            earlier zoo is replaced; a folder that holds anything else is refused.
        tell: called with each model's name once it stands.

    Raises:
        FileExistsError: the folder holds something that is no zoo.
    """
    wanted = _sha256(seed)
    place = folder or kept_under() / f"{seed}-{wanted[:16]}"
    place.parent.mkdir(parents=True, exist_ok=True)
    with _held(place.with_name(f".{place.name}.lock")):
        if (place / FILE).is_file():
            there = read_zoo(place)
            if there.sha256 == wanted:
                return there
            shutil.rmtree(place)
        if place.is_dir() and any(place.iterdir()):
            raise FileExistsError(f"{place} holds something that is no zoo. Name an empty folder.")
        part = place.with_name(f".{place.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        from comparison.runner.zoo.making import make

        (part / "models").mkdir(parents=True)
        make(part, seed, tell)
        write_list(part, seed, wanted)
        if place.is_dir():
            place.rmdir()
        part.rename(place)
    return read_zoo(place)


def _sha256(seed: int) -> str:
    digest = hashlib.sha256(
        f"{seed} {version('torch')} {version('transformers')} {version('numpy')}".encode()
    )
    for name in MADE_BY:
        digest.update((Path(__file__).parent / f"{name}.py").read_bytes())
    return digest.hexdigest()


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """One process at a time; the others wait until the zoo stands."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
