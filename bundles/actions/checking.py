"""Putting a PDF in to be checked, and forgetting it."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from accounts.models import User
from bundles.models import FileCheck
from bundles.models.checks import KEPT
from bundles.pdf import profile as profiles
from bundles.pdf.check import Beside
from core import clock
from core.errors import Conflict, InvalidInput
from core.queue import enqueue

MOST = 10
"""Files that one person may have there at a time."""

FURTHER = {"delivered": "The version delivered before", "redacted": "The redacted copy"}
"""Files that may be put in with it."""

PDF = b"%PDF-"
HEAD = 1024
"""Bytes at the beginning of a file within which a PDF says what it is."""


def folder_of(check: FileCheck) -> Path:
    """Where the file and the pictures of its pages lie."""
    return settings.VAR / "checks" / str(check.pk)


def file_of(check: FileCheck) -> Path:
    """The file as it was put in."""
    return folder_of(check) / "file.pdf"


def beside_of(check: FileCheck) -> Beside:
    """The further files that were put in with it."""

    def put_in(which: str) -> Path | None:
        path = folder_of(check) / f"{which}.pdf"
        return path if path.is_file() else None

    return Beside(delivered=put_in("delivered"), redacted=put_in("redacted"))


def ask_for_check(
    *,
    owner: User,
    name: str,
    content: Iterable[bytes],
    profile: str,
    delivered: Iterable[bytes] | None = None,
    redacted: Iterable[bytes] | None = None,
) -> FileCheck:
    """The file waits for its check; it is no evidence, and gone a day later.

    Args:
        owner: who put it in, and alone will see it.
        name: of the file.
        content: of the file.
        profile: whose rules it is checked against.
        delivered: the version that the court was given before, a PDF; for EW-12.
        redacted: the redacted copy of a bundle that is sealed, a PDF; for US-09.

    Raises:
        InvalidInput: there is no such profile, or the file is no PDF.
        Conflict: this person has too many files there already.
    """
    profiles.load(profile)
    if FileCheck.objects.filter(owner=owner).count() >= MOST:
        raise Conflict(
            f"You have {MOST} files there already.", remedy="Delete one of them, or wait until tomorrow."
        )
    check = FileCheck(owner=owner, name=_plain(name), size=0, profile=profile, asked_at=clock.now())
    folder_of(check).mkdir(parents=True, mode=0o700)
    try:
        _put(content, file_of(check), check.name, "file")
        for which, further in (("delivered", delivered), ("redacted", redacted)):
            if further is not None:
                _put(further, folder_of(check) / f"{which}.pdf", FURTHER[which], which)
        check.size = file_of(check).stat().st_size
        with transaction.atomic():
            check.save(force_insert=True)
            enqueue("bundles.check_file", check_id=str(check.pk))
    except BaseException:
        shutil.rmtree(folder_of(check), ignore_errors=True)
        raise
    return check


def _put(content: Iterable[bytes], path: Path, name: str, field: str) -> None:
    """The PDF stands at ``path``; raises InvalidInput for anything else."""
    with path.open("wb") as file:
        for chunk in content:
            file.write(chunk)
    with path.open("rb") as file:
        if PDF not in file.read(HEAD):
            raise InvalidInput(
                f"{name} is not a PDF.", remedy="Save it as PDF and choose that file.", field=field
            )


def forget(check: FileCheck) -> None:
    """Neither the file nor what was found in it is kept any longer."""
    shutil.rmtree(folder_of(check), ignore_errors=True)
    check.delete()


def forget_old() -> int:
    """Whatever was put in more than a day ago is gone, also what no row knows of; answers how many rows."""
    before = clock.now() - KEPT
    old = list(FileCheck.objects.filter(asked_at__lt=before))
    for check in old:
        forget(check)
    known = {str(key) for key in FileCheck.objects.values_list("pk", flat=True)}
    folder = settings.VAR / "checks"
    for left in folder.iterdir() if folder.is_dir() else ():
        if left.name not in known and left.stat().st_mtime < before.timestamp():
            shutil.rmtree(left, ignore_errors=True)
    return len(old)


def _plain(name: str) -> str:
    shown = "".join(letter for letter in name.replace("/", "-") if letter.isprintable()).strip()
    return shown[-255:] or "file.pdf"
