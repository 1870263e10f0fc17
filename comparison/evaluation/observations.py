"""What one model gave on the probe and on the texts it was shown, as it is kept in a file.

Representations are kept as the geometry of the samples and never as the activations themselves: that is all
that methods compare, and it is as large for a wide model as for a narrow one.
"""

import io
import json
import os
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from comparison.evaluation import refusals
from comparison.evaluation.errors import ObservationInvalid

FORMAT = "assize-observation-1"
SUFFIX = ".npz"
LARGEST = 2 * 1024**3
"""Bytes of all arrays of a file together."""
SHORTLIST = 20
"""Likeliest next tokens that are kept at each position; as many as interfaces of models give."""
META = "meta"
REMEDY = "Make the file again from the model, or from the answers that it gave."
Floats = NDArray[np.floating[Any]]
Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """What is known of one model; None for a part that is not.

    On the probe, whose positions are those before each actual next token:

    Args:
        logprobs: of each actual next token, ``[sequences, length - 1]``, nats; NaN where there is none.
        answers: the likeliest next token, ``[sequences, length - 1]``; -1 where there is none.
        top_tokens: the likeliest next tokens, ``[sequences, length - 1, k]``; -1 where there is none.
        top_logprobs: theirs, likewise, nats; -inf where there is none.
        truth: the actual next token, ``[sequences, length - 1]``; -1 behind a sequence's end.
        replies: answers in words to each prompt, ``[sequences]``; empty where there is none.
        geometry: of representations of sampled positions at some depths, ``[depths, samples²]``, each
            a unit vector as ``statistics.cka.shape_of`` gives it.
        neighbours: the nearest sampled positions, ``[depths, samples, k]``.
        last_geometry: as ``geometry``, of each sequence's last token.
        attention: how much each head attends to each distance, ``[layers * heads, distances]``.
        rows: log-probabilities over some tokens, ``[probes, columns]``, nats.
        columns: which tokens, ``[columns]``, in rising order.

    On texts, as mean log-likelihood in nats a token, less than 0:

    Args:
        served: of each logged answer after its prompt, ``[prompts]``.
        fresh: of answers drawn afresh from the claimant's model, ``[prompts, answers]``.
        authors: of each author's texts, ``[authors, texts]``.
        training: of texts in the claimant's order of training, ``[texts]``.
        source: what the file rests on (model, tokens, code, dtype, device), as plain JSON values.
    """

    logprobs: Floats | None = None
    answers: Whole | None = None
    top_tokens: Whole | None = None
    top_logprobs: Floats | None = None
    truth: Whole | None = None
    replies: NDArray[np.str_] | None = None
    geometry: Floats | None = None
    neighbours: Whole | None = None
    last_geometry: Floats | None = None
    attention: Floats | None = None
    rows: Floats | None = None
    columns: Whole | None = None
    served: Floats | None = None
    fresh: Floats | None = None
    authors: Floats | None = None
    training: Floats | None = None
    source: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        check(self)

    def parts(self) -> dict[str, NDArray[Any]]:
        """The arrays that are known, by name."""
        known = {name: getattr(self, name) for name in DIMENSIONS}
        return {name: part for name, part in known.items() if part is not None}


DIMENSIONS = {
    "logprobs": 2, "answers": 2, "top_tokens": 3, "top_logprobs": 3, "truth": 2, "replies": 1, "geometry": 2,
    "neighbours": 3, "last_geometry": 2, "attention": 2, "rows": 2, "columns": 1, "served": 1, "fresh": 2,
    "authors": 2, "training": 1,
}  # fmt: skip
WHOLE = ("answers", "top_tokens", "truth", "neighbours", "columns")
NOT_POSITIVE = ("logprobs", "top_logprobs", "rows", "served", "fresh", "authors", "training")
WITH_GAPS = ("logprobs", "top_logprobs")
"""Parts of which some numbers may be missing."""
TOGETHER = (
    (("logprobs", "answers", "truth"), slice(0, 2)),
    (("logprobs", "top_tokens", "top_logprobs"), slice(0, 2)),
    (("top_tokens", "top_logprobs"), slice(0, 3)),
    (("geometry", "neighbours"), slice(0, 1)),
    (("served", "fresh"), slice(0, 1)),
)
"""Parts that have these dimensions in common."""
DAMAGED = (
    OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, MemoryError, RecursionError, RuntimeError,
)  # fmt: skip
"""What reading a file that is no sound archive raises, as one that is encrypted or packed otherwise."""
ROUNDING = 1e-3
"""Nats by which a log-probability of half precision may come out above 0."""


def check(observed: Observed) -> None:
    """The arrays have their form and fit together.

    Raises:
        ObservationInvalid: naming the one that does not.
    """
    parts = observed.parts()
    for name, part in parts.items():
        kind = "U" if name == "replies" else "iu" if name in WHOLE else "f"
        if part.ndim != DIMENSIONS[name] or part.dtype.kind not in kind or not part.size:
            raise _wrong(f"{name} has the form {part.dtype}{list(part.shape)}")
        if part.dtype.kind == "f":
            _check_numbers(name, part)
    for names, shared in TOGETHER:
        shapes = {parts[name].shape[shared] for name in names if name in parts}
        if len(shapes) > 1:
            raise _wrong(f"{' and '.join(name for name in names if name in parts)} do not fit together")
    if ("rows" in parts) != ("columns" in parts) or (
        "rows" in parts and parts["rows"].shape[1:] != parts["columns"].shape
    ):
        raise _wrong("rows and columns do not fit together")


def _check_numbers(name: str, part: NDArray[Any]) -> None:
    known = part[~np.isnan(part) & ~np.isneginf(part)] if name in WITH_GAPS else part
    if not np.isfinite(known).all():
        raise ObservationInvalid(refusals.OUT_OF_RANGE, remedy=f"They are among its {name}. {REMEDY}")
    if name in NOT_POSITIVE and known.size and known.max() > ROUNDING:
        raise ObservationInvalid(refusals.ABOVE_NOUGHT, remedy=f"They are among its {name}. {REMEDY}")


def write(observed: Observed, file: Path) -> None:
    """The file holds what was observed: the same bytes for the same observation, and none half written."""
    meta = json.dumps({"format": FORMAT, **observed.source}, sort_keys=True, ensure_ascii=False)
    content = io.BytesIO()
    held: dict[str, Any] = {**observed.parts(), META: np.frombuffer(meta.encode(), dtype=np.uint8)}
    np.savez(content, **held)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content.getvalue())
    part.replace(file)


def read(file: Path) -> Observed:
    """What such a file holds; nothing in it is executed.

    Raises:
        ObservationInvalid: it is absent, too large, damaged or not of this form.
    """
    try:
        with zipfile.ZipFile(file) as inside:
            if sum(entry.file_size for entry in inside.infolist()) > LARGEST:
                raise _wrong(f"{file.name} holds over {LARGEST // 1024**3} GiB")
        with np.load(file, allow_pickle=False) as arrays:
            held = {name: arrays[name] for name in arrays.files}
        if not all(isinstance(one, np.ndarray) for one in held.values()):
            raise _wrong(f"{file.name} holds something that is no array")
        source = json.loads(held.pop(META, np.empty(0, dtype=np.uint8)).tobytes() or b"{}")
    except DAMAGED as error:
        raise _wrong(f"{file.name} cannot be read ({error})") from error
    if not isinstance(source, dict) or source.pop("format", None) != FORMAT:
        raise _wrong(f"{file.name} is no observation of the form {FORMAT}")
    if unknown := sorted(set(held) - set(DIMENSIONS)):
        raise _wrong(f"{file.name} holds {unknown[0]}, which is not known")
    return Observed(**held, source=source)


def _wrong(what: str) -> ObservationInvalid:
    return ObservationInvalid(f"{what}.", remedy=REMEDY)
