"""A signed job run where the weights may not leave: no network, no database, no site; a signed answer."""

import shutil
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from comparison import signing
from comparison.evaluation import compare
from comparison.evaluation.errors import JobInvalid
from comparison.evaluation.job import Job, read_job
from comparison.evaluation.progress import Progress
from comparison.evaluation.record import FILE, as_json, read_record
from comparison.evaluation.staging import find_files, find_models, stage
from comparison.report import write_report
from core.errors import Conflict, InvalidInput, NotFound
from core.keys import read_key

RESULT = "result.json"
REPORT = "report.pdf"
SIGNED = (FILE, RESULT, REPORT)
"""What is signed, as far as the run writes it; the result last, so that its signature ends the run."""
WORK, KEPT = ".work", ".kept"
OPEN_TO_OTHERS = 0o077
EVERY = 1.0
"""Seconds between two lines of progress."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run in a clean room left.

    Args:
        job: what was to be done.
        job_signature: of whoever asked for it.
        signatures: of the answer, by the name of the file.
    """

    job: Job
    job_signature: signing.Signature
    signatures: dict[str, signing.Signature]

    def as_json(self) -> dict[str, Any]:
        """The answer as plain JSON values."""
        one = next(iter(self.signatures.values()))
        return {
            "job_sha256": self.job.sha256,
            "job_signed_by": self.job_signature.fingerprint,
            "deviations": self.job.deviations(),
            "signed_by": one.fingerprint,
            "files": {name: signature.sha256 for name, signature in self.signatures.items()},
        }


def run(
    job_file: Path, out: Path, key: Ed25519PrivateKey, asked_by: list[str], models: Path | None
) -> Answer:
    """``out`` holds the signed answer to a signed job.

    A run that was stopped is taken up from its last finished piece by the same call.

    Args:
        job_file: the job; its signature and the files that it names stand beside it.
        out: made if absent.
        key: the clean room's.
        asked_by: fingerprints of the keys whose jobs are run here.
        models: a folder in which models are looked for, or a TOML file that names them under ``[models]``;
            None looks beside the job.

    Raises:
        KeyUnknown, Altered, SignatureUnreadable, Unsigned: the job is not signed by one of those keys.
        JobInvalid, NotOfTheJob, WeightsMissing: the job, or what it names, is not there as it should be.
        Conflict: ``out`` holds a signed answer already.
    """
    if not job_file.is_file():
        raise NotFound(f"There is no file {job_file}.", remedy="Check the path of the job.")
    checked = signing.check_file(job_file, dict.fromkeys(asked_by, "given on the command line"))
    asked = checked.require(job_file.name)
    if out.is_file() or signing.signature_path(out / RESULT).exists():
        raise Conflict(
            f"{out} is a file or holds a signed answer already.",
            remedy="Name another folder; answers are kept.",
        )
    job = read_job(job_file.read_bytes())
    root, named = _places(models or job_file.parent)
    found = find_models(job, root, named)
    files = find_files(job, job_file.parent)
    work = out / WORK
    shutil.rmtree(work, ignore_errors=True)
    spec = stage(job, found, files, work / "job")
    compare(spec, work / "answer", out / KEPT, progress=on_standard_error(), job=job, report=write_report)
    read_record(as_json((work / "answer" / FILE).read_bytes())).findings()
    signatures = {}
    for name in SIGNED:
        file = work / "answer" / name
        if file.exists():
            signatures[name] = signing.read_signature(signing.sign_file(file, key).read_bytes())
    last = signing.signature_path(Path(RESULT)).name
    for file in sorted((work / "answer").iterdir(), key=lambda file: file.name == last):
        file.replace(out / file.name)
    shutil.rmtree(work)
    return Answer(job, asked, signatures)


def on_standard_error() -> Progress:
    """What tells how far the run has come, once a second at most."""
    told = float("-inf")

    def progress(done: int, total: int, what: str) -> None:
        nonlocal told
        if time.monotonic() - told >= EVERY:
            told = time.monotonic()
            sys.stderr.write(f"{done} of {total}: {what}\n")

    return progress


def private_key(path: Path) -> Ed25519PrivateKey:
    """The clean room's key, which its owner alone may read.

    Raises:
        NotFound: there is no such file.
        InvalidInput: others may read it, or it holds no key.
    """
    if not path.is_file():
        raise NotFound(f"There is no key {path}.", remedy=f"Make it: python -m comparison key {path}")
    if path.stat().st_mode & OPEN_TO_OTHERS:
        raise InvalidInput(
            f"Others on this machine may read the key {path}.",
            remedy=f"Close it (chmod 600 {path}), or make another if somebody may have read it.",
        )
    return read_key(path, path.read_bytes())


def _places(models: Path) -> tuple[Path, dict[str, Path]]:
    """The folder in which to look, and the folders that a TOML file names."""
    if models.is_dir():
        return models, {}
    try:
        named = tomllib.loads(models.read_text(encoding="utf-8"))["models"]
        return models.parent, {name: models.parent / path for name, path in named.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise JobInvalid(
            f"{models} is neither a folder nor a TOML file with a table [models].",
            remedy='Write, for example, [models] and below it "heron 2" = "/weights/heron-2".',
        ) from error
