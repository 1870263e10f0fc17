"""A whole installation with real exhibits, backed up and put back by the commands, in other processes."""

import json
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from desk.archive.manifest import DUMPS
from tests.integration.archive.places import Place

At = Callable[[Path], Place]
FILL = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_law")
from tests.factories import a_case, an_exhibit
case = a_case()
an_exhibit(case, b"The licence was granted on 1 December 2026.\\n", ready=True)
an_exhibit(case, b"The weights were copied in Singapore.\\n", "copied.txt", ready=True)
"""
EXHIBITS = """
import django; django.setup()
from evidence.models import Exhibit
print(sorted(Exhibit.objects.values_list("pk", "title", "sha256")))
"""


@pytest.fixture(scope="module")
def at() -> Iterator[At]:
    """An empty installation at the folder given."""
    places = []

    def make(folder: Path) -> Place:
        places.append(Place(folder))
        return places[-1]

    yield make
    for place in places:
        place.remove()


@pytest.fixture(scope="module")
def first(at: At, tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = at(tmp_path_factory.mktemp("first"))
    filled = place.run("-c", FILL)
    assert filled.returncode == 0, filled.stderr
    return place


@pytest.fixture(scope="module")
def archive(first: Place, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without the ledger's key."""
    target = tmp_path_factory.mktemp("kept") / "backup.tar"
    done = first.manage("backup", str(target))
    assert done.returncode == 0, done.stderr
    assert "keep a copy of" in done.stderr
    return target


@pytest.fixture
def second(at: At, tmp_path: Path) -> Place:
    """An empty place without the key."""
    return at(tmp_path / "second")


@pytest.fixture
def with_key(first: Place, second: Place) -> Place:
    """An empty place to which the key that was kept apart has been brought."""
    (second.folder / "keys").mkdir(parents=True)
    (second.folder / "keys" / "ledger.pem").write_bytes((first.folder / "keys" / "ledger.pem").read_bytes())
    return second


def test_everything_comes_back_and_is_proved(first: Place, archive: Path, with_key: Place) -> None:
    second = with_key
    back = second.manage("restore", str(archive), "--json")
    assert back.returncode == 0, back.stderr
    assert json.loads(back.stdout)["problems"] == []
    assert second.files() == first.files() != {}
    proved = second.manage("verify", "--json")
    assert proved.returncode == 0, proved.stdout
    assert json.loads(proved.stdout)["passed"]
    assert second.run("-c", EXHIBITS).stdout == first.run("-c", EXHIBITS).stdout != ""


def test_the_archive_is_its_owners_alone_and_holds_no_key_unless_asked(
    first: Place, second: Place, archive: Path, tmp_path: Path
) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as plain:
        names = plain.getnames()
    assert not [name for name in names if "key" in name]
    assert DUMPS[connection.vendor] in names
    whole = tmp_path / "whole.tar"
    assert first.manage("backup", str(whole), "--with-keys").returncode == 0
    back = second.manage("restore", str(whole))
    assert back.returncode == 0, back.stderr
    key = second.folder / "keys" / "ledger.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_bytes() == (first.folder / "keys" / "ledger.pem").read_bytes()


def test_one_flipped_byte_is_named_and_nothing_is_written(
    archive: Path, with_key: Place, tmp_path: Path
) -> None:
    with tarfile.open(archive) as plain:
        victim = next(member for member in plain if member.name.startswith("store/"))
    damaged = bytearray(archive.read_bytes())
    damaged[victim.offset_data] ^= 1
    (tmp_path / "damaged.tar").write_bytes(damaged)
    refused = with_key.manage("restore", str(tmp_path / "damaged.tar"))
    assert refused.returncode == 7
    assert victim.name in refused.stderr
    assert not with_key.files()
    assert not with_key.has_database()


@pytest.mark.parametrize("what", ["cut off", "manifest", "header"])
def test_other_damage_is_refused_too(archive: Path, with_key: Place, tmp_path: Path, what: str) -> None:
    content = bytearray(archive.read_bytes())
    with tarfile.open(archive) as plain:
        members = {member.name: member for member in plain}
    if what == "cut off":
        del content[members["manifest.json"].offset :]
    else:
        spot = (
            members["manifest.json"].offset_data + 30
            if what == "manifest"
            else members["manifest.json"].offset
        )
        content[spot] ^= 1
    (tmp_path / "damaged.tar").write_bytes(content)
    refused = with_key.manage("restore", str(tmp_path / "damaged.tar"))
    assert refused.returncode == 7, refused.stderr
    assert "manifest.json" in refused.stderr


def test_a_place_in_use_is_left_alone(first: Place, archive: Path) -> None:
    before = first.files()
    refused = first.manage("restore", str(archive))
    assert refused.returncode == 5
    assert "not empty" in refused.stderr
    assert first.files() == before


def test_a_missing_key_is_asked_for_and_its_loss_is_told(archive: Path, second: Place) -> None:
    refused = second.manage("restore", str(archive))
    assert refused.returncode == 2
    assert "keys/ledger.pem" in refused.stderr
    told = second.manage("restore", str(archive), "--without-key", "--json")
    assert told.returncode == 7
    assert {problem["detail"] for problem in json.loads(told.stdout)["problems"]} == {
        "is not signed by this site's key"
    }


def test_another_key_is_refused(archive: Path, second: Place) -> None:
    made = second.run(
        "-c", "import django; django.setup(); from ledger.signing import sign; sign('site', 1, '')"
    )
    assert made.returncode == 0, made.stderr
    refused = second.manage("restore", str(archive))
    assert refused.returncode == 5
    assert "not the key" in refused.stderr


def test_a_backup_overwrites_nothing_and_takes_no_altered_file(
    first: Place, archive: Path, tmp_path: Path
) -> None:
    assert first.manage("backup", str(archive)).returncode == 5
    victim = next((first.folder / "store").glob("*/*/*"))
    content = victim.read_bytes()
    victim.chmod(0o644)
    victim.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    try:
        refused = first.manage("backup", str(tmp_path / "second.tar"))
    finally:
        victim.write_bytes(content)
        victim.chmod(0o444)
    assert refused.returncode == 7
    assert victim.name in refused.stderr
    assert not list(tmp_path.iterdir())
