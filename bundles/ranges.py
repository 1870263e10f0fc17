"""Page ranges as people type them: ``1-3, 7`` and the pages they mean."""

import re
from collections.abc import Sequence

from core.errors import InvalidInput

DASH = re.compile(r"\s*(?:-|–|—|\bto\b)\s*")
RUN = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")
EXAMPLE = "Write numbers and ranges with commas, such as 1-3, 7."


def parse(words: str, *, last: int, field: str = "pages") -> tuple[int, ...]:
    """The pages meant, each once, in the order written; empty words mean none.

    Args:
        words: such as ``12-15, 40``; a range counts upwards.
        last: the highest page there is.
        field: the form's field that an error belongs to.

    Raises:
        InvalidInput: something else than pages is written, or a page that is not there.
    """
    pages: dict[int, None] = {}
    for part in filter(None, re.split(r"[,;\s]+", DASH.sub("-", words))):
        run = RUN.fullmatch(part)
        if run is None:
            raise InvalidInput(f"“{part}” is not a page or a range of pages.", remedy=EXAMPLE, field=field)
        first = int(run[1])
        until = int(run[2] or first)
        if not 1 <= first <= until <= last:
            raise InvalidInput(
                f"“{part}” is not among the pages 1 to {last}.", remedy="Correct the numbers.", field=field
            )
        pages.update(dict.fromkeys(range(first, until + 1)))
    return tuple(pages)


def write(pages: Sequence[int]) -> str:
    """The pages in the fewest words, ``1-3, 7``, in the order given."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
