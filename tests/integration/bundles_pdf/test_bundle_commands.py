"""The bundle commands on plain files, with a database that cannot be reached."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from django.conf import settings
from django.core.management import call_command

from core.errors import InvalidInput, Unavailable

DOCUMENTS = settings.BASE_DIR / "demo" / "documents"
PARTICULARS = DOCUMENTS / "02-particulars-of-claim.pdf"
SPEC = """
[bundle]
title = "Hearing bundle"
case = "Aurelia v Baiyun"
claim_number = "IL-2026-000123"
hearing_date = 2026-12-01
on_failure = "{on_failure}"
[[section]]
title = "A. Documents"
"""
ENTRY = '[[section.entry]]\nfile = "{file}"\ntitle = "{title}"\n'


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    nowhere = {
        **os.environ,
        "ASSIZE_VAR": str(folder / "var"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:9/nothing",
    }
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *words]
    return subprocess.run(command, capture_output=True, text=True, env=nowhere, cwd=folder, check=False)


def _spec(folder: Path, files: list[Path], on_failure: str = "stop") -> Path:
    entries = [ENTRY.format(file=file, title=file.stem) for file in files]
    spec = folder / "spec.toml"
    spec.write_text(SPEC.format(on_failure=on_failure) + "".join(entries))
    return spec


@pytest.fixture
def locked(tmp_path: Path) -> Path:
    file = tmp_path / "locked.pdf"
    with pikepdf.open(PARTICULARS) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    return file


def test_a_bundle_of_files_is_built_and_checked_without_a_database(tmp_path: Path) -> None:
    spec, out = _spec(tmp_path, [PARTICULARS, DOCUMENTS / "01-claim-form.pdf"]), tmp_path / "out.pdf"
    built = _run(tmp_path, "build_bundle", str(spec), "--out", str(out), "--json")
    assert built.returncode == 0, built.stderr
    answer = json.loads(built.stdout)
    assert set(answer) == {
        "file", "pages", "index_pages", "seconds", "peak_mib", "entries", "check",
        "numbers", "added", "files", "size", "warnings", "references",
    }  # fmt: skip
    assert set(answer["entries"][0]) == {
        "title", "source", "sha256", "first_page", "last_page", "status", "reason",
    }  # fmt: skip
    assert answer["check"]["passed"]
    checked = _run(tmp_path, "check_bundle", str(out), "--json")
    assert checked.returncode == 0, checked.stderr
    assert json.loads(checked.stdout) == answer["check"]
    words = _run(tmp_path, "check_bundle", str(out))
    assert "NOT DECIDED BY THE MACHINE" in words.stdout
    assert not list((tmp_path / "var").glob("*.sqlite3"))


def test_a_locked_file_stops_with_its_name_or_gets_a_page_in_its_place(tmp_path: Path, locked: Path) -> None:
    out = tmp_path / "out.pdf"
    spec = str(_spec(tmp_path, [PARTICULARS, locked]))
    stopped = _run(tmp_path, "build_bundle", spec, "--out", str(out), "--json")
    assert stopped.returncode == 6
    answer = json.loads(stopped.stdout)
    assert (answer["file"], answer["check"]) == (None, None)
    assert [entry["status"] for entry in answer["entries"]] == ["included", "failed"]
    assert "password" in answer["entries"][1]["reason"]
    assert "locked.pdf" in stopped.stderr
    assert "password" in stopped.stderr
    assert not out.exists()
    placed = _run(
        tmp_path, "build_bundle", str(_spec(tmp_path, [PARTICULARS, locked], "placeholder")),
        "--out", str(out), "--json",
    )  # fmt: skip
    assert placed.returncode == 0, placed.stderr
    assert [entry["status"] for entry in json.loads(placed.stdout)["entries"]] == ["included", "placeholder"]


def test_a_file_that_is_no_bundle_fails_the_check(tmp_path: Path) -> None:
    checked = _run(tmp_path, "check_bundle", str(PARTICULARS))
    assert checked.returncode == 1
    assert "NOT MET" in checked.stdout
    assert _run(tmp_path, "check_bundle", "missing.pdf").returncode == 3
    assert _run(tmp_path, "check_bundle", str(PARTICULARS), "--profile", "nowhere").returncode == 2


def test_neither_both_nor_none_is_built(tmp_path: Path) -> None:
    assert _run(tmp_path, "build_bundle", "--out", "x.pdf").returncode == 2
    both = _run(tmp_path, "build_bundle", "s.toml", "--case", "X", "--bundle", "Y", "--out", "x.pdf")
    assert both.returncode == 2
    assert "Either a specification or a matter's bundle" in both.stderr


def test_many_pages_do_not_fill_the_memory(tmp_path: Path) -> None:
    big = tmp_path / "big.pdf"
    with pikepdf.new() as pdf, pikepdf.open(PARTICULARS) as pages:
        for _ in range(25):
            pdf.pages.extend(pages.pages)
        for page in pdf.pages:
            noise = pikepdf.Stream(pdf, os.urandom(100_000))
            page.obj.Weight = pdf.make_indirect(noise)
        pdf.save(big)
    spec, out = _spec(tmp_path, [big, big, big]), tmp_path / "out.pdf"
    built = json.loads(_run(tmp_path, "build_bundle", str(spec), "--out", str(out), "--json").stdout)
    assert built["pages"] >= 600
    assert out.stat().st_size > 20_000_000
    assert built["peak_mib"] < 350


def test_nothing_that_a_bundle_is_made_of_is_written_over(tmp_path: Path) -> None:
    own = tmp_path / "particulars.pdf"
    own.write_bytes(PARTICULARS.read_bytes())
    spec, link = _spec(tmp_path, [own]), tmp_path / "link.pdf"
    link.symlink_to(own)
    for out in (own, link, spec, tmp_path):
        with pytest.raises(InvalidInput, match=r"take the place|is a folder"):
            call_command("build_bundle", str(spec), out=out)
    assert own.read_bytes() == PARTICULARS.read_bytes()


def test_a_place_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be written to /proc"):
        call_command("build_bundle", str(_spec(tmp_path, [PARTICULARS])), out=Path("/proc/out.pdf"))
