"""Lines that no tracked file may have, and lines that only look like them."""

import subprocess
from pathlib import Path

import pytest

from docs.checks import tracked

INDEX = "https://" + "pypi" + ".org/simple"
HOST = "files." + "python" + "hosted" + ".org"


def found_in(root: Path, text: str) -> list[str]:
    file = root / "file.txt"
    file.write_text(text, encoding="utf-8")
    return list(tracked.problems(root, [file]))


@pytest.mark.parametrize(
    "line",
    [
        f"see {INDEX}/django/",
        HOST,
        "--" + "index-url somewhere",
        "https://npm." + "registry.example.org/",
        "/home/" + "somebody/assize",
        "C /Users/" + "somebody/assize",
        "cd /" + "root/assize",
    ],
)
def test_a_package_index_or_a_home_folder_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    problems = found_in(tmp_path, f"first\n{line}\n")
    assert len(problems) == 1
    assert problems[0].startswith("file.txt:2 names ")


@pytest.mark.parametrize(
    "line",
    ["registry.source(kind)", "search/registry.py", "a.home/work", "~/home/x", "pypi", "-index", "/srv/x"],
)
def test_what_only_looks_like_one_is_left_alone(tmp_path: Path, line: str) -> None:
    assert found_in(tmp_path, line) == []


def test_the_checkouts_own_folder_and_its_neighbours_are_found() -> None:
    own = tracked.machine_folders(Path("/somewhere/checkout"))
    assert own.search("in /somewhere/checkout/docs")
    assert own.search("in /somewhere/shared/")
    assert not own.search("in ./somewhere/checkout/")
    assert not tracked.machine_folders(Path("/srv/assize")).search("ASSIZE_VAR=/srv/assize/var")


def test_files_that_are_not_text_and_files_not_tracked_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe" + INDEX.encode())
    (tmp_path / "loose.txt").write_text(INDEX)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "add", "binary"], cwd=tmp_path, check=True)
    files = tracked.tracked_files(tmp_path)
    assert files == [tmp_path / "binary"]
    assert list(tracked.problems(tmp_path, files)) == []
