from pathlib import Path

import pytest

from evidence.files.convert import convert as convert_file
from evidence.files.extract import read_pages

SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture
def corpus():
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the shared corpus is not there")
    return SHARED / "corpus"


@pytest.fixture
def seeds():
    if not (SHARED / "seeds").is_dir():
        pytest.skip("the shared seeds are not there")
    return SHARED / "seeds"


@pytest.fixture
def convert(tmp_path):
    """Converts a file, or bytes under a name, in a folder of its own."""
    count = 0

    def run(source, content=None, **options):
        nonlocal count
        count += 1
        path = Path(source)
        if content is not None:
            path = tmp_path / f"source-{count}"
            path.write_bytes(content)
        return convert_file(path, name=Path(source).name, workdir=tmp_path / f"work-{count}", **options)

    return run


@pytest.fixture
def words():
    """Reads all text of a PDF, its white space made single spaces."""
    return _words


def _words(pdf):

    return " ".join(" ".join(page.text for page in read_pages(pdf)).split())
