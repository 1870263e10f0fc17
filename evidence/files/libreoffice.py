"""LibreOffice, which lays out the documents of office programs as they would print."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from core.errors import NotConverted, Unavailable

_PROGRAM = "soffice"
_ITEM = (
    '<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
    "<value>{value}</value></prop></item>"
)
_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    # No picture, section or cell is read from another file or address.
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),  # never
    ("Office.Calc/Content/Update", "Link", "1"),  # never
    # What the author saw is shown, not what another program would compute.
    ("Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never
    ("Office.Calc/Formula/Load", "ODFRecalcMode", "1"),  # never
)
_ANOTHER = "Open it in the program that made it, save it as PDF and send that."


def available() -> bool:
    """True when the program is installed."""
    return shutil.which(_PROGRAM) is not None


@cache
def version() -> str:
    """The installed version, such as ``7.4.7.2``.

    Raises:
        Unavailable: the program is not installed.
    """
    answer = subprocess.run(  # noqa: S603 - a program found on the path, with an option of our own
        [_found(), "--version"], capture_output=True, text=True, timeout=30, check=False
    )
    match = re.search(r"LibreOffice ([\d.]+)", answer.stdout)
    return match[1] if match else "unknown"


def export(source: Path, target: Path, *, how: str, options: Mapping[str, bool], workdir: Path) -> None:
    """``target`` is the document as LibreOffice writes it; the program and its profile are gone.

    The process that calls this is a conversion of its own: LibreOffice shares its limits of time and
    memory, reaches no network, and dies with its group.

    Args:
        source: the document; its extension says what it is.
        target: the file to write; its extension says what to write.
        how: LibreOffice's name of the export filter, such as ``writer_pdf_Export``.
        options: the filter's own options.
        workdir: a folder for the throw-away profile and the result.

    Raises:
        Unavailable: the program is not installed.
        NotConverted: LibreOffice cannot open the document.
    """
    chosen = {name: {"type": "boolean", "value": str(value).lower()} for name, value in options.items()}
    with tempfile.TemporaryDirectory(dir=workdir, prefix="office-", ignore_cleanup_errors=True) as name:
        profile, out = Path(name) / "profile", Path(name) / "out"
        _write_settings(profile / "user")
        command = [
            *(_found(), f"-env:UserInstallation={profile.as_uri()}"),
            *("--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
            *("--convert-to", ":".join((target.suffix[1:], how, *([json.dumps(chosen)] if chosen else [])))),
            *("--outdir", str(out), str(source)),
        ]
        said = _run(command, home=profile)
        made = out / f"{source.stem}{target.suffix}"
        if not made.exists():
            raise NotConverted(
                f"LibreOffice cannot open this document. {said}".strip(), reason="broken", remedy=_ANOTHER
            )
        made.replace(target)


def _run(command: list[str], *, home: Path) -> str:
    """The last line of what the program said; it has ended by itself."""
    answer = subprocess.run(  # noqa: S603 - a program found on the path, with a file of our own naming
        command,
        env={**os.environ, "HOME": str(home), "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    lines = [line for line in answer.stdout.decode("utf-8", "replace").splitlines() if "java" not in line]
    return lines[-1][:200] if lines else ""


def _write_settings(folder: Path) -> None:
    folder.mkdir(parents=True)
    items = "".join(_ITEM.format(path=path, name=name, value=value) for path, name, value in _SETTINGS)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )


def _found() -> str:
    program = shutil.which(_PROGRAM)
    if program is None:
        raise Unavailable(
            "LibreOffice is not installed, so this document cannot be laid out.",
            remedy="Run make setup OFFICE=1, or install the packages in setup/debian-packages-office.txt.",
        )
    return program
