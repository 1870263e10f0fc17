"""Documents of office programs, laid out by LibreOffice."""

from pathlib import Path

import pikepdf

from core.errors import NotConverted
from evidence.files import libreoffice, sniff
from evidence.files.convert.conversion import Conversion, Job
from evidence.files.convert.locked import check_unlocked
from evidence.files.convert.officenotes import notes_of
from evidence.files.convert.sheets import show_whole

LAID_OUT = "Laid out by LibreOffice: its line and page breaks may differ from those of the author’s program."
_TEXTS = frozenset({sniff.DOCX, sniff.DOC, sniff.ODT, sniff.RTF})
_TABLES = frozenset({sniff.XLSX, sniff.XLSB, sniff.XLS, sniff.ODS})


def convert(job: Job) -> Conversion:
    """The document stands as pages as it would print; a workbook with every sheet, row and column."""
    kind = sniff.sniff(job.source, job.name)
    check_unlocked(job, kind)
    notes = [LAID_OUT, *notes_of(job, kind)]
    # LibreOffice goes by the extension, and stored originals have none.
    source = job.workdir / f"original{kind.extension}"
    source.symlink_to(job.source)
    if kind in _TABLES:
        notes += _lay_out_tables(source, job)
    else:
        how = "writer_pdf_Export" if kind in _TEXTS else "impress_pdf_Export"
        _export(source, job.pdf, how, job)
    source.unlink()
    _settle(job)
    return Conversion(job.pdf, "LibreOffice, pikepdf", _versions(), tuple(notes))


def _lay_out_tables(source: Path, job: Job) -> list[str]:
    """The workbook stands as pages, after its way of printing was set to leave nothing out."""
    plain, whole = job.workdir / "tables.ods", job.workdir / "whole.ods"
    libreoffice.export(source, plain, how="calc8", options={}, workdir=job.workdir)
    notes = show_whole(plain, whole, job.limits)
    _export(whole, job.pdf, "calc_pdf_Export", job)
    plain.unlink()
    whole.unlink()
    return notes


def _export(source: Path, target: Path, how: str, job: Job) -> None:
    options = {"ExportFormFields": False}
    if how == "impress_pdf_Export":
        options["ExportHiddenSlides"] = True
    libreoffice.export(source, target, how=how, options=options, workdir=job.workdir)


def _settle(job: Job) -> None:
    """The PDF says nothing of when it was made, so that the same document gives the same bytes."""
    with pikepdf.open(job.pdf, allow_overwriting_input=True) as pdf:
        pages = len(pdf.pages)
        for date in ("/CreationDate", "/ModDate"):
            if date in pdf.docinfo:
                del pdf.docinfo[date]
        if "/Metadata" in pdf.Root:
            del pdf.Root.Metadata
        for name in ("/ID", "/DocChecksum"):
            if name in pdf.trailer:
                del pdf.trailer[name]
        pdf.save(job.pdf, deterministic_id=True)
    if pages > job.limits.pages:
        raise NotConverted(
            f"The document has {pages:,} pages; at most {job.limits.pages:,} are taken in.",
            reason="too-large",
            remedy="Split it into parts and send each as a file of its own.",
        )


def _versions() -> str:
    return f"{libreoffice.version()}, {pikepdf.__version__}"
