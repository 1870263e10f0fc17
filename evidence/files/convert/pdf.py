"""PDF files: every page opens, or the file is named as what it is."""

import shutil

import pikepdf

from core.errors import NotConverted
from evidence.files import pdfium
from evidence.files.convert.conversion import Conversion, Job, made_by
from evidence.files.convert.enclosed import save_attachments
from evidence.files.convert.pdfenclosed import enclosed_in

_PASSWORD = "Enter the password on the exhibit’s page, or ask the sender for a copy without one."  # noqa: S105
_PORTFOLIO = "A PDF portfolio: this is its cover. The files in it are exhibits of their own."
_AGAIN = "Ask the sender for the file again, or for a printed copy to scan."


def convert(job: Job) -> Conversion:
    """Every page of the PDF opens; a sound file stays byte for byte as it was."""
    try:
        pdf = pikepdf.open(job.source)
    except pikepdf.PasswordError as error:
        raise NotConverted(
            "The PDF is locked with a password.", reason="encrypted", remedy=_PASSWORD
        ) from error
    except pikepdf.PdfError:
        return _rescued(job)
    with pdf:
        _check_drawable(pdf, job)
        try:
            _open_pages(pdf)
        except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
            return _rescued(job)
        notes = _settle(pdf, job)
        attachments = save_attachments(job, enclosed_in(pdf))
        if attachments and "/Collection" in pdf.Root:
            notes.append(_PORTFOLIO)
    _check_renders(job)
    return made_by(job, "pikepdf", notes=tuple(notes), attachments=attachments)


def _check_drawable(pdf: pikepdf.Pdf, job: Job) -> None:
    if pdf.Root.get("/NeedsRendering", False):
        raise NotConverted(
            "The PDF is a dynamic Adobe form, whose pages only Adobe's own programs can draw.",
            reason="unsupported",
            remedy="Open it in Adobe Acrobat or Reader, print it to a new PDF and send that.",
        )
    if not len(pdf.pages):
        raise NotConverted("The PDF has no pages.", reason="empty", remedy=_AGAIN)
    if len(pdf.pages) > job.limits.pages:
        raise NotConverted(
            f"The PDF has {len(pdf.pages):,} pages; at most {job.limits.pages:,} are taken in.",
            reason="too-large",
            remedy="Split it into parts and send each as a file of its own.",
        )


def _open_pages(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        if page.mediabox is None:
            raise ValueError("a page has no size")
        contents = page.obj.get("/Contents")
        for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
            if stream is not None:
                stream.read_bytes()


def _settle(pdf: pikepdf.Pdf, job: Job) -> list[str]:
    """The PDF lies in the work folder, copied where it is sound, else saved again; notes say why."""
    notes = []
    if pdf.is_encrypted:
        notes.append(
            "The PDF opens without a password but restricts its use; this copy lifts that encryption."
        )
    if pdf.get_warnings():
        notes.append("The PDF's structure was damaged and has been repaired; all pages open.")
    if notes:
        pdf.save(job.pdf, deterministic_id=True, encryption=False)
    else:
        shutil.copyfile(job.source, job.pdf)
    return notes


def _check_renders(job: Job) -> None:
    """Pdfium, which draws and reads the pages later, opens each of them too."""
    try:
        with pdfium.document(job.pdf) as pdf:
            for number in range(len(pdf)):
                pdf[number].close()
    except pdfium.PdfiumError as error:
        raise _broken() from error


def _rescued(job: Job) -> Conversion:
    """A PDF that pikepdf cannot read, opened and saved again by pdfium."""
    try:
        with pdfium.document(job.source) as pdf:
            pages = len(pdf)
            pdf.save(str(job.pdf))
        with pikepdf.open(job.pdf, allow_overwriting_input=True) as saved:
            _open_pages(saved)
            if not pages or len(saved.pages) != pages:
                raise _broken()
            attachments = save_attachments(job, enclosed_in(saved))
            saved.save(job.pdf, deterministic_id=True)
    except (pdfium.PdfiumError, pikepdf.PdfError, ValueError) as error:
        raise _broken() from error
    note = f"The PDF was badly damaged; {pages} pages could be saved. Compare them with the sender's copy."
    return made_by(job, "pypdfium2", "pikepdf", notes=(note,), attachments=attachments)


def _broken() -> NotConverted:
    return NotConverted("The PDF is broken: its pages cannot be opened.", reason="broken", remedy=_AGAIN)
