"""The child process that prepares documents: ``python -m bundles.pdf.preparing``.

It reads one JSON request a line and answers each with one line of JSON.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bundles.pdf.survey import Coarser, PageSurvey, as_json, from_json, too_fine
from bundles.pdf.surveying import survey


def prepared(request: dict[str, Any]) -> dict[str, Any]:
    """What each page shows, and the images made coarser where ``dpi`` asks for it.

    Args:
        request: ``path``, ``password``, ``dpi`` (None leaves images alone), ``out`` for a coarser copy,
            ``pixels`` as ``survey`` wants it, and ``pages`` where they are known from an earlier look.
    """
    path, password, dpi = Path(request["path"]), request["password"], request["dpi"]
    pages = (
        from_json(request["pages"])
        if request["pages"]
        else survey(str(path), password, pixels=request["pixels"])
    )
    fine = dpi and any(too_fine(page, dpi) for page in pages)
    coarser = _coarsened(path, password, pages, dpi, Path(request["out"])) if fine else None
    return {"pages": as_json(pages), "coarser": asdict(coarser) if coarser else None}


def _coarsened(
    path: Path, password: str | None, pages: tuple[PageSurvey, ...], dpi: int, out: Path
) -> Coarser | None:
    # Few documents need it, and loading qpdf takes as long as looking at some hundred pages.
    import pikepdf

    from bundles.pdf.images import coarsen

    try:
        return coarsen(path, password, pages, dpi, out)
    except pikepdf.PdfError:
        return None  # its images stay as they are, which the checker says of each page


def _converse() -> None:
    for line in sys.stdin.buffer:
        answer = prepared(json.loads(line))
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    _converse()
