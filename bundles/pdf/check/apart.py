"""The check, or the picture of a page, as a program of its own: for a file that nobody answers for.

``python -m bundles.pdf.check.apart check FILE PROFILE NAME OUT DELIVERED REDACTED`` writes the answer to OUT
as JSON, and to ``OUT.progress`` how many of how many pages are read; the last two may be empty.
``... picture FILE PAGE WIDTH OUT`` writes a picture.
"""

import json
import sys
from pathlib import Path

from bundles.pdf.check import Beside, check
from core.errors import AssizeError
from evidence.files.pageimage import render

SECONDS = 240.0
"""For reading pages; who runs this kills it a little later."""


def main(arguments: list[str]) -> int:
    """0 once OUT stands; the exit code of the error otherwise, which is on standard error."""
    try:
        if arguments[0] == "picture":
            file, page, width, out = arguments[1:]
            Path(out).write_bytes(render(Path(file), int(page), width=int(width)))
        else:
            _check(*arguments[1:])
    except AssizeError as error:
        sys.stderr.write(str(error))
        return error.exit_code
    return 0


def _check(file: str, profile: str, name: str, out: str, delivered: str, redacted: str) -> None:
    note, answer = Path(f"{out}.progress"), Path(out)

    def progress(done: int, total: int) -> None:
        note.write_text(f"{done} {total}", encoding="ascii")

    beside = Beside(
        delivered=Path(delivered) if delivered else None, redacted=Path(redacted) if redacted else None
    )
    report = check(Path(file), profile=profile, name=name, seconds=SECONDS, progress=progress, beside=beside)
    answer.write_text(json.dumps(report.as_json()), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
