"""Reading the letters of a picture with tesseract, as words with places and as a layer of text for a page."""

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from bundles.pdf.redact.box import Place
from bundles.pdf.redact.words import Word, words_of
from core.errors import NotConverted, Unavailable
from evidence.files import tesseract
from evidence.files.limits import DEFAULT

WHOLE_PAGE, SCATTERED = "1", "11"  # tesseract's page segmentation modes


@dataclass(frozen=True, slots=True)
class Reading:
    """The words that tesseract saw, and the one-page PDF that holds them as invisible text."""

    words: tuple[Word, ...]
    layer: Path


def check_available(languages: tuple[str, ...]) -> None:
    """Returns only when tesseract can read the languages, given by their three-letter codes.

    Raises:
        Unavailable: the program or a language is not installed.
    """
    if missing := sorted(set(languages) - tesseract.languages()):
        raise Unavailable(
            f"The redacted pages cannot be read again: tesseract lacks {', '.join(missing)}.",
            remedy="Install the package tesseract-ocr-" + missing[0].replace("_", "-") + ".",
        )


def read(
    picture: Image.Image, workdir: Path, name: str, *, dpi: int, languages: tuple[str, ...], mode: str
) -> Reading:
    """What can be read in the picture.

    Args:
        picture: the page, or a part of it.
        workdir: where the files named after ``name`` go.
        name: unlike that of any other reading in the same folder.
        dpi: the picture's pixels an inch.
        languages: tesseract's codes.
        mode: ``WHOLE_PAGE`` or ``SCATTERED``.

    Raises:
        NotConverted: tesseract failed or took too long.
    """
    file, base = workdir / f"{name}.png", workdir / name
    picture.save(file, compress_level=1)
    _run(
        [
            *("tesseract", str(file), str(base), "-l", "+".join(languages), "--psm", mode),
            *("--dpi", str(dpi), "-c", "textonly_pdf=1", "pdf", "tsv"),
        ]
    )
    table = base.with_name(f"{name}.tsv")
    words = tuple(_words(table.read_text(encoding="utf-8", errors="replace"), picture.size))
    file.unlink()
    table.unlink()
    return Reading(words, base.with_name(f"{name}.pdf"))


def _run(command: list[str]) -> None:
    child = subprocess.Popen(  # noqa: S603 - a program found on the path, arguments of our own
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
    )
    with suppress(ProcessLookupError):
        resource.prlimit(child.pid, resource.RLIMIT_AS, (DEFAULT.memory_bytes, DEFAULT.memory_bytes))
    try:
        _, said = child.communicate(timeout=DEFAULT.ocr_seconds_per_page)
    except subprocess.TimeoutExpired as error:
        child.kill()
        child.communicate()
        raise NotConverted(
            f"Reading a redacted page took longer than {DEFAULT.ocr_seconds_per_page:g} seconds.",
            reason="timeout",
            remedy="Try again when the machine is less busy.",
        ) from error
    if child.returncode:
        last = said.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise NotConverted(
            f"Tesseract could not read a redacted page. {' '.join(last)[:200]}".strip(),
            reason="broken",
            remedy="Try again with fewer pixels an inch.",
        )


def _words(table: str, size: tuple[int, int]) -> Iterator[Word]:
    """The words of tesseract's table, each letter given an even share of its word's width."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        text = cells[11].strip()
        share = width / len(text)
        yield from words_of(
            (letter, _place(left + nth * share, top, share, height, size)) for nth, letter in enumerate(text)
        )


def _place(left: float, top: float, width: float, height: float, size: tuple[int, int]) -> Place:
    across, down = size
    return (left / across, top / down, (left + width) / across, (top + height) / down)
