"""Any file that arrives, made into a PDF by a program of its own or refused with reason and remedy."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from core.errors import NotConverted
from evidence.files import isolation, libreoffice, sniff, warm
from evidence.files.convert.conversion import Attachment, Conversion
from evidence.files.limits import DEFAULT, Limits

__all__ = ["Attachment", "Conversion", "convert"]

CONVERTERS = {
    sniff.PDF: "pdf",
    sniff.PNG: "images",
    sniff.JPEG: "images",
    sniff.TIFF: "images",
    sniff.WEBP: "images",
    sniff.HEIC: "images",
    sniff.GIF: "images",
    sniff.BMP: "images",
    sniff.TEXT: "text",
    sniff.CSV: "spreadsheet",
    sniff.XLSX: "spreadsheet",
    sniff.HTML: "html",
    sniff.EML: "email",
    sniff.MSG: "outlook",
    sniff.MBOX: "mailbox",
    sniff.DOCX: "docx",
    sniff.PPTX: "slides",
    sniff.ODT: "opendocument",
    sniff.RTF: "rtf",
}
OFFICE = frozenset(
    {
        *(sniff.DOCX, sniff.XLSX, sniff.XLSB, sniff.PPTX, sniff.ODT, sniff.ODS, sniff.ODP),
        *(sniff.RTF, sniff.DOC, sniff.XLS, sniff.PPT),
    }
)
"""What LibreOffice lays out where it is installed; ``CONVERTERS`` has the reading copies made without it."""
# How Python and the C libraries say that the memory limit was met.
_NO_MEMORY = (
    "MemoryError",
    "Cannot allocate memory",
    "bad_alloc",
    "failed to map segment",
    "out of memory",
    "creating thread",
    "error return without exception set",
)
_PRINT = "Open it in the program that made it, print or export it to PDF, and send that."
_REMEDIES = {
    sniff.ZIP: "Unpack it and send the files that are in it.",
}
_NEEDS_OFFICE = (
    "Save it as PDF in the program that made it and send that. Or have LibreOffice installed "
    "(make setup OFFICE=1) and try again."
)


def convert(source: Path, *, name: str, workdir: Path, limits: Limits = DEFAULT) -> Conversion:
    """A PDF of the source lies in the work folder; the source itself is untouched.

    Args:
        source: the original.
        name: the name it arrived under.
        workdir: an empty folder, on a disk with room for the result.
        limits: the caps of this conversion.

    Raises:
        NotConverted: no PDF can be made; ``reason`` is one of ``encrypted``, ``empty``, ``broken``,
            ``unknown``, ``unsupported``, ``too-large`` and ``timeout``.
    """
    kind = sniff.sniff(source, name)
    converter = _converter(kind)
    _check_size(source.stat().st_size, limits.source_bytes)
    workdir.mkdir(parents=True, exist_ok=True)
    answer = workdir.resolve() / "conversion.json"
    request = {
        "converter": converter,
        "kind": kind.extension,
        "source": str(source.resolve()),
        "name": name,
        "limits": asdict(limits),
        "answer": str(answer),
    }
    ended = warm.CONVERTER.run(request, seconds=limits.seconds) or isolation.run_module(
        "evidence.files.convert",
        [json.dumps(request)],
        workdir=workdir.resolve(),
        seconds=limits.seconds,
        memory_bytes=limits.memory_bytes,
        output_bytes=limits.output_bytes,
    )
    if ended.timed_out:
        program = "LibreOffice" if converter == "office" else "The converter"
        raise NotConverted(
            f"{program} took longer than {limits.seconds:g} seconds over this {kind.name} and was stopped.",
            reason="timeout",
            remedy=_PRINT,
        )
    if not answer.exists():
        raise _stopped(kind, ended)
    return _read(json.loads(answer.read_text(encoding="utf-8")))


def _converter(kind: sniff.FileType) -> str:
    """The module that converts this kind of file here and now."""
    if kind in OFFICE and libreoffice.available():
        return "office"
    if kind in CONVERTERS:
        return CONVERTERS[kind]
    if kind == sniff.EMPTY:
        raise NotConverted(
            "The file is empty: it has no bytes.", reason="empty", remedy="Ask the sender for the file again."
        )
    if kind == sniff.ENCRYPTED_OFFICE:
        raise NotConverted(
            "The Office document is locked with a password.",
            reason="encrypted",
            remedy="Ask the sender for a copy without a password.",
        )
    if kind == sniff.UNKNOWN:
        raise NotConverted(
            "The kind of this file could not be recognised from its content.", reason="unknown", remedy=_PRINT
        )
    raise NotConverted(
        f"This kind of file is not converted: {kind.name}.",
        reason="unsupported",
        remedy=_NEEDS_OFFICE if kind in OFFICE else _REMEDIES.get(kind, _PRINT),
    )


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise NotConverted(
            f"The file is {size / 1_000_000:,.1f} MB; at most {most / 1_000_000:,.1f} MB are converted.",
            reason="too-large",
            remedy="Split it into parts and send each as a file of its own.",
        )


def _stopped(kind: sniff.FileType, ended: isolation.Ended) -> NotConverted:
    if any(sign in ended.messages for sign in _NO_MEMORY):
        return NotConverted(
            f"Converting this {kind.name} needs more memory than one conversion may use.",
            reason="too-large",
            remedy="Split it into parts and send each as a file of its own.",
        )
    how = f"signal {ended.killed_by}" if ended.killed_by else f"status {ended.status}"
    lines = ended.messages.strip().splitlines()
    detail = f": {lines[-1][:200]}" if lines else ""
    return NotConverted(
        f"The converter stopped unexpectedly on this {kind.name} ({how}){detail}",
        reason="broken",
        remedy=_PRINT,
    )


def _read(answer: dict[str, Any]) -> Conversion:
    if "error" in answer:
        error = answer["error"]
        raise NotConverted(error["message"], reason=error["reason"], remedy=error["remedy"])
    return Conversion(
        pdf=Path(answer["pdf"]),
        tool=answer["tool"],
        version=answer["version"],
        notes=tuple(answer["notes"]),
        attachments=tuple(Attachment(each["name"], Path(each["path"])) for each in answer["attachments"]),
    )
