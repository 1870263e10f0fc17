"""An installation as the environment makes it, read in processes of its own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from core.cache import SharedFolder
from core.requests import address

ROOT = Path(__file__).resolve().parents[2]
LONG = "k3v9-Qm2x_Zt7b" * 5
SHOW = """
import json
from config import settings as s
names = ("DEBUG SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY "
         "SECURE_SSL_REDIRECT SECURE_PROXY_SSL_HEADER SECURE_HSTS_SECONDS BEHIND_PROXY ALLOWED_HOSTS "
         "EMAIL_HOST EMAIL_PORT EMAIL_USE_TLS EMAIL_USE_SSL SECRET_KEY").split()
print(json.dumps({name: getattr(s, name) for name in names}))
"""


def start(folder: Path, *arguments: str, **variables: str) -> "subprocess.Popen[str]":
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**kept, "ASSIZE_VAR": str(folder), "PYTHONPATH": str(ROOT), **variables}
    return subprocess.Popen(
        [sys.executable, *arguments],
        env=environment,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def settings_of(folder: Path, **variables: str) -> dict[str, object]:
    out, errors = start(folder, "-c", SHOW, **variables).communicate()
    assert out, errors
    told: dict[str, object] = json.loads(out)
    return told


def test_nothing_set_is_safe_for_one_machine(tmp_path: Path) -> None:
    told = settings_of(tmp_path)
    assert told["DEBUG"] is False
    assert told["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost"]
    assert told["SECURE_PROXY_SSL_HEADER"] is None
    assert told["BEHIND_PROXY"] is False
    assert told["SESSION_COOKIE_HTTPONLY"] is told["CSRF_COOKIE_HTTPONLY"] is True


def test_https_hardens_cookies_and_trusts_the_proxy(tmp_path: Path) -> None:
    told = settings_of(tmp_path, ASSIZE_HTTPS="1", EMAIL_URL="smtps://post:secret@mail.example.org:587")
    assert told["SESSION_COOKIE_SECURE"] is told["CSRF_COOKIE_SECURE"] is told["SECURE_SSL_REDIRECT"] is True
    assert told["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert told["SECURE_HSTS_SECONDS"] == 31536000
    assert (told["EMAIL_HOST"], told["EMAIL_PORT"]) == ("mail.example.org", 587)
    assert told["EMAIL_USE_TLS"] is True


def test_a_mail_address_of_no_known_kind_is_named(tmp_path: Path) -> None:
    _, errors = start(tmp_path, "-c", SHOW, EMAIL_URL="pigeon://mail.example.org").communicate()
    assert "EMAIL_URL" in errors.splitlines()[-1]


def test_two_processes_starting_at_once_share_one_private_key(tmp_path: Path) -> None:
    first_keys = "from config import environment as e; print(e.read().secret_key)"
    running = [start(tmp_path, "-c", first_keys) for _ in range(6)]
    keys = {process.communicate()[0].strip() for process in running}
    assert len(keys) == 1
    assert len(keys.pop()) >= 64
    path = tmp_path / "keys" / "secret_key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["secret_key"]


def test_the_deployment_check_passes_as_documented(tmp_path: Path) -> None:
    check = ("manage.py", "check", "--deploy", "--tag", "security", "--fail-level", "WARNING")
    process = start(tmp_path, *check, ASSIZE_HTTPS="1", SECRET_KEY=LONG, ASSIZE_HOSTS="assize.example.org")
    _, errors = process.communicate()
    assert process.returncode == 0, errors


@pytest.mark.parametrize(
    ("variables", "wrong"),
    [
        ({"ASSIZE_HTTPS": "0"}, "assize.W001"),
        ({"ASSIZE_HTTPS": "1", "ASSIZE_HOSTS": "*"}, "assize.E002"),
        ({"ASSIZE_HTTPS": "1", "ASSIZE_DEBUG": "1"}, "security.W018"),
    ],
)
def test_the_deployment_check_names_what_is_wrong(
    tmp_path: Path, variables: dict[str, str], wrong: str
) -> None:
    process = start(
        tmp_path,
        "manage.py",
        "check",
        "--deploy",
        "--tag",
        "security",
        "--fail-level",
        "WARNING",
        SECRET_KEY=LONG,
        **variables,
    )
    _, errors = process.communicate()
    assert process.returncode == 1
    assert wrong in errors


def test_a_key_that_others_can_read_is_named(tmp_path: Path) -> None:
    settings_of(tmp_path)
    (tmp_path / "keys" / "secret_key").chmod(0o644)
    _, errors = start(tmp_path, "manage.py", "check", "--deploy", ASSIZE_HTTPS="1").communicate()
    assert "assize.E001" in errors


@pytest.mark.parametrize(
    ("behind", "forwarded", "believed"),
    [
        (False, "192.0.2.9", "127.0.0.1"),
        (True, "192.0.2.9", "192.0.2.9"),
        (True, "10.0.0.1, 192.0.2.9", "192.0.2.9"),
        (True, "", "127.0.0.1"),
        (True, "<script>", None),
    ],
)
def test_a_forwarded_address_is_believed_only_behind_the_proxy(
    settings: Settings, behind: bool, forwarded: str, believed: str | None
) -> None:
    settings.BEHIND_PROXY = behind
    assert address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == believed


def test_a_full_cache_forgets_only_what_has_expired(tmp_path: Path) -> None:
    small = SharedFolder(str(tmp_path / "cache"), {"OPTIONS": {"MAX_ENTRIES": 5}})
    small.set("gone", 1, timeout=-1)
    for number in range(20):
        small.set(f"limit-{number}", number)
    assert [small.get(f"limit-{number}") for number in range(20)] == list(range(20))
    assert len(list((tmp_path / "cache").iterdir())) == 20


def test_only_one_of_many_processes_adds_a_key(tmp_path: Path) -> None:
    code = (
        "import time, django; django.setup(); from django.core.cache import cache; "
        "time.sleep(max(0, float(__import__('sys').argv[1]) - time.time())); "
        "print(sum(cache.add(f'code {n}', 1) for n in range(50)))"
    )
    at = str(time.time() + 6)
    running = [start(tmp_path, "-c", code, at, DJANGO_SETTINGS_MODULE="config.settings") for _ in range(3)]
    assert sum(int(process.communicate()[0]) for process in running) == 50
