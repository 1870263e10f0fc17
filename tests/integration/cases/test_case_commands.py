"""``deadline`` without a database, and ``add_user``."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.models import User
from core.errors import Conflict, InvalidInput, NotFound

ROOT = Path(__file__).resolve().parents[3]


def _deadline(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    call_command("deadline", *arguments, "--json")
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def test_deadline_answers_in_the_agreed_shape(capsys: pytest.CaptureFixture[str]) -> None:
    answer = _deadline(
        capsys,
        "EW-RESP-6",
        "--trigger",
        "2026-10-06T16:42",
        "--method",
        "email",
        "--fact",
        "acknowledged=yes",
    )
    assert list(answer) == ["due", "time", "rule", "working", "warnings"]
    assert (answer["due"], answer["time"]) == ("2026-11-04", None)
    assert list(answer["rule"]) == ["id", "source", "version", "verified"]  # type: ignore[call-overload]
    assert all(list(step) == ["step", "date", "why", "source"] for step in answer["working"])  # type: ignore[attr-defined]


def test_deadline_in_words_keeps_its_cautions_apart(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("deadline", "EW-RESP-6", "--trigger", "2026-10-07")
    seen = capsys.readouterr()
    assert seen.out.startswith("Due Wednesday 4 November 2026")
    assert "Assumes that an acknowledgment of service was filed" in seen.err


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["EW-NONE", "--trigger", "2026-10-06"], NotFound),
        (["EW-RESP-9", "--trigger", "2026-10-06"], NotFound),
        (["EW-RESP-1", "--trigger", "6 October"], InvalidInput),
        (["EW-RESP-1", "--trigger", "2026-10-06", "--court", "us-cand"], NotFound),
        (["EW-RESP-1", "--trigger", "2026-10-06", "--fact", "acknowledged"], InvalidInput),
        (["EW-RESP-3", "--trigger", "2026-10-06", "--method", "email"], InvalidInput),
    ],
)
def test_deadline_says_what_is_wrong(arguments: list[str], error: type[Exception]) -> None:
    with pytest.raises(error):
        call_command("deadline", *arguments)


def test_deadline_runs_where_there_is_no_database(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", "deadline", "EW-RESP-1", "--trigger", "2026-10-06", "--json"],
        cwd=ROOT,
        env={**os.environ, "ASSIZE_VAR": str(tmp_path), "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["due"] == "2026-10-20"
    assert not list(tmp_path.glob("*.sqlite3"))


@pytest.mark.django_db
def test_an_account_is_made_with_the_password_of_the_environment(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSIZE_PASSWORD", "a long and unusual one")
    call_command("add_user", "New.Person@Example.org", "--name", "New Person", "--json")
    assert json.loads(capsys.readouterr().out)["email"] == "new.person@example.org"
    assert User.objects.get(email="new.person@example.org").check_password("a long and unusual one")
    with pytest.raises(Conflict):
        call_command("add_user", "new.person@example.org", "--name", "New Person")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("email", "name", "password"),
    [
        ("new@example.org", "New", "password"),
        ("new@example.org", " ", "a long and unusual one"),
        ("no address", "New", "a long and unusual one"),
    ],
)
def test_an_account_that_cannot_be_is_refused(
    monkeypatch: pytest.MonkeyPatch, email: str, name: str, password: str
) -> None:
    monkeypatch.setenv("ASSIZE_PASSWORD", password)
    with pytest.raises(InvalidInput):
        call_command("add_user", email, "--name", name)
    assert not User.objects.exists()
