import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from evidence.files.convert import Conversion
from evidence.files.convert import convert as convert_file
from evidence.files.extract import read_pages
from evidence.files.limits import DEFAULT, Limits
from evidence.files.warm import CONVERTER

Words = Callable[[Path], str]


class Convert(Protocol):
    """Converts a file, or bytes under a name, in a folder of its own."""

    def __call__(
        self, source: Path | str, content: bytes | None = None, *, limits: Limits = DEFAULT
    ) -> Conversion: ...


@pytest.fixture
def corpus(shared: Path) -> Path:
    return shared / "corpus"


@pytest.fixture
def seeds(shared: Path) -> Path:
    return shared / "seeds"


@pytest.fixture
def convert(tmp_path: Path) -> Convert:
    count = 0

    def run(source: Path | str, content: bytes | None = None, *, limits: Limits = DEFAULT) -> Conversion:
        nonlocal count
        count += 1
        path = Path(source)
        if content is not None:
            path = tmp_path / f"source-{count}"
            path.write_bytes(content)
        return convert_file(path, name=Path(source).name, workdir=tmp_path / f"work-{count}", limits=limits)

    return run


@pytest.fixture
def without_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which LibreOffice is not installed: its path leads to the other programs only."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("tesseract", "gs", "unpaper"):
        if found := shutil.which(name):
            (programs / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(programs))
    yield
    CONVERTER.close()  # one that was started meanwhile keeps that path


@pytest.fixture
def words() -> Words:
    """Reads all text of a PDF, its white space made single spaces."""

    def read(pdf: Path) -> str:
        return " ".join(" ".join(page.text for page in read_pages(pdf)).split())

    return read
