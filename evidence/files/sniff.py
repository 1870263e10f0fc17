"""What a file really is, read from its content and not from its name."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import magic

from evidence.files import compound

_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """A kind of file: its media type, its name in plain words, and its usual extension with the dot."""

    mime: str
    name: str
    extension: str


EMPTY = FileType("inode/x-empty", "empty file", "")
UNKNOWN = FileType("application/octet-stream", "unknown file", ".bin")
ENCRYPTED_OFFICE = FileType("application/encrypted", "encrypted Office document", ".bin")
PDF = FileType("application/pdf", "PDF document", ".pdf")
PNG = FileType("image/png", "PNG image", ".png")
JPEG = FileType("image/jpeg", "JPEG image", ".jpg")
TIFF = FileType("image/tiff", "TIFF image", ".tif")
WEBP = FileType("image/webp", "WebP image", ".webp")
HEIC = FileType("image/heic", "HEIC image", ".heic")
GIF = FileType("image/gif", "GIF image", ".gif")
BMP = FileType("image/bmp", "BMP image", ".bmp")
TEXT = FileType("text/plain", "plain text", ".txt")
CSV = FileType("text/csv", "CSV table", ".csv")
HTML = FileType("text/html", "web page", ".html")
EML = FileType("message/rfc822", "e-mail message", ".eml")
MBOX = FileType("application/mbox", "mailbox of several e-mails", ".mbox")
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = FileType(_OFFICE + "wordprocessingml.document", "Word document", ".docx")
XLSX = FileType(_OFFICE + "spreadsheetml.sheet", "Excel workbook", ".xlsx")
PPTX = FileType(_OFFICE + "presentationml.presentation", "PowerPoint presentation", ".pptx")
XLSB = FileType("application/vnd.ms-excel.sheet.binary.macroEnabled.12", "Excel binary workbook", ".xlsb")
_OPEN = "application/vnd.oasis.opendocument."
ODT = FileType(_OPEN + "text", "OpenDocument text", ".odt")
ODS = FileType(_OPEN + "spreadsheet", "OpenDocument spreadsheet", ".ods")
ODP = FileType(_OPEN + "presentation", "OpenDocument presentation", ".odp")
ZIP = FileType("application/zip", "ZIP archive", ".zip")
DOC = FileType("application/msword", "Word 97-2003 document", ".doc")
XLS = FileType("application/vnd.ms-excel", "Excel 97-2003 workbook", ".xls")
PPT = FileType("application/vnd.ms-powerpoint", "PowerPoint 97-2003 presentation", ".ppt")
MSG = FileType("application/vnd.ms-outlook", "Outlook message", ".msg")
RTF = FileType("application/rtf", "Rich Text document", ".rtf")

_BY_MIME = {kind.mime: kind for kind in (PDF, PNG, JPEG, TIFF, WEBP, HEIC, GIF, BMP)} | {"image/heif": HEIC}
_ZIP_MEMBERS = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", XLSX),
    ("xl/workbook.bin", XLSB),
    ("ppt/presentation.xml", PPTX),
)
_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
    ("__properties_version1.0", MSG),
)
_MAIL_HEADERS = frozenset(
    b"from to cc date subject received return-path message-id mime-version content-type delivered-to".split()
)
_HEADER = re.compile(rb"([!-9;-~]+):[ \t]")
_MBOX = re.compile(rb"From \S+.*\d{2}:\d{2}(:\d{2})?.*\d{4}")
_HTML = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.I | re.S)


def sniff(path: Path, name: str = "") -> FileType:
    """The type that the content shows; the name only breaks a tie between kinds of text.

    Args:
        path: the file.
        name: the name it arrived under, where that is known.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return EMPTY
    if head.startswith(compound.SIGNATURE):
        return _inside_compound(path)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _inside_zip(path)
    if head.startswith(b"{\\rtf"):
        return RTF
    if b"%PDF-" in head[:1024]:
        return PDF
    mime = magic.from_buffer(head, mime=True)
    if mime in _BY_MIME:
        return _BY_MIME[mime]
    if _is_text(head, mime):
        return _text(head, mime, Path(name).suffix.lower())
    return (
        FileType(mime, magic.from_buffer(head).split(",")[0], "") if "/" in mime and _named(mime) else UNKNOWN
    )


def _named(mime: str) -> bool:
    # TGA pictures have no signature: libmagic sees one in much that is none.
    return mime not in {"application/octet-stream", "application/data", "image/x-tga"}


def _inside_compound(path: Path) -> FileType:
    names = compound.stream_names(path)
    return next((kind for stream, kind in _STREAMS if stream in names), UNKNOWN)


def _inside_zip(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                # A template differs from a document by the ending of its type alone.
                with archive.open("mimetype") as file:
                    stated = file.read(100).decode("ascii", "replace").strip().removesuffix("-template")
                if open_document := next((kind for kind in (ODT, ODS, ODP) if kind.mime == stated), None):
                    return open_document
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
        return ZIP
    return next((kind for member, kind in _ZIP_MEMBERS if member in names), ZIP)


def _is_text(head: bytes, mime: str) -> bool:
    if mime.startswith(("text/", "message/")) or mime in {
        "application/json",
        "application/csv",
        "application/mbox",
    }:
        return True
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return wide or not any(byte < 9 or 13 < byte < 27 for byte in head)


def _text(head: bytes, mime: str, suffix: str) -> FileType:
    if _MBOX.match(head) or mime == MBOX.mime:
        return MBOX
    if _HTML.match(head) or mime == HTML.mime:
        return HTML
    if _mail_headers(head) >= 2:
        return EML
    # A table of words and a list of clauses look alike: here the name the sender chose decides.
    if suffix in {".csv", ".tsv"} or (
        mime in {"text/csv", "application/csv"} and suffix not in {".txt", ".log"}
    ):
        return CSV
    if suffix in {".html", ".htm", ".xhtml"} and b"<" in head:
        return HTML
    if suffix == ".eml" and _mail_headers(head):
        return EML
    return TEXT


def _mail_headers(head: bytes) -> int:
    """How many well-known mail headers stand at the very top, before the first empty line."""
    found = set()
    for line in head.lstrip(b"\xef\xbb\xbf\r\n").splitlines():
        if not line:
            break
        if line[:1] in b" \t":
            continue
        match = _HEADER.match(line + b" ")
        if not match:
            return 0
        found.add(match[1].lower())
    return len(found & _MAIL_HEADERS)
