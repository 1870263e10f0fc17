"""Office documents under a password, told from broken ones."""

import zipfile

import olefile  # type: ignore[import-untyped]

from core.errors import NotConverted
from evidence.files import sniff
from evidence.files.convert.conversion import Job

_ENCRYPTED_WORD = 0x0100  # in the flags at byte 10 of a Word 97-2003 document
_FILE_PASS = 0x002F  # the record of a workbook that says how it is encrypted
_END = 0x000A


def check_unlocked(job: Job, kind: sniff.FileType) -> None:
    """The document opens without a password.

    Raises:
        NotConverted: it does not.
    """
    if kind in {sniff.ODT, sniff.ODS, sniff.ODP}:
        locked = _open_document(job)
    elif kind in {sniff.DOC, sniff.XLS, sniff.PPT}:
        locked = _compound(job)
    else:
        locked = False
    if locked:
        raise NotConverted(
            "The Office document is locked with a password.",
            reason="encrypted",
            remedy="Ask the sender for a copy without a password.",
        )


def _open_document(job: Job) -> bool:
    try:
        with zipfile.ZipFile(job.source) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (zipfile.BadZipFile, KeyError):
        return False


def _compound(job: Job) -> bool:
    try:
        with olefile.OleFileIO(job.source) as document:
            if document.exists("WordDocument"):
                head = document.openstream("WordDocument").read(12)
                return bool(int.from_bytes(head[10:12], "little") & _ENCRYPTED_WORD)
            for stream in ("Workbook", "Book"):
                if document.exists(stream):
                    return _workbook(document.openstream(stream).read(64 * 1024))
            return bool(document.exists("EncryptedSummary"))
    except OSError:
        return False


def _workbook(content: bytes) -> bool:
    """Whether the first records of a workbook hold the one that locks it."""
    offset = 0
    while offset + 4 <= len(content):
        record = int.from_bytes(content[offset : offset + 2], "little")
        if record == _FILE_PASS:
            return True
        if record == _END:
            return False
        offset += 4 + int.from_bytes(content[offset + 2 : offset + 4], "little")
    return False
