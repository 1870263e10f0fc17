"""A comparison as it is fixed before it runs: what is compared, by hashes, and how; no path stands in it.

The text is TOML with one way of writing it, so that the SHA-256 of the file is the job's own, whoever wrote
it. Staging it beside the models that are found gives the specification that runs (``staging``).
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from comparison.evaluation.errors import JobInvalid
from comparison.evaluation.methods import chosen
from comparison.evaluation.result import code_sha256
from comparison.evaluation.spec import REFERENCE, TABLES
from comparison.evaluation.toml import Value, key, quoted, table
from comparison.statistics.calibration.population import STRATA
from comparison.weights.manifest import Manifest

FORMAT = "assize-comparison-job-1"
LARGEST = 4 * 1024 * 1024
"""Bytes of a job's file; a thousand models need about 300 KB."""
SHA256 = re.compile(r"[0-9a-f]{64}")
NAME = re.compile(r"(?!\.{1,2}\Z)[^/\\\x00-\x1f\x7f]{1,200}")
LIBRARIES = ("numpy", "scipy", "ml_dtypes", "safetensors", "torch", "transformers", "tokenizers")
INPUTS = tuple(name for name in TABLES if name not in ("comparison", "population"))
"""Tables of a specification whose values name files."""
REMEDY = "Use the file as the matter exported it, or make one with `python -m comparison freeze SPEC.toml`."


@dataclass(frozen=True, slots=True)
class JobModel:
    """A model by what it is.

    Args:
        folder: its folder's own name when its manifest was taken, which the manifest's hash covers.
        manifest_sha256: of its manifest.
        content_sha256: of its configuration, tokenizer and tensors, wherever they lie.
    """

    folder: str
    manifest_sha256: str
    content_sha256: str

    @classmethod
    def of(cls, manifest: Manifest) -> "JobModel":
        """The model of this manifest."""
        return cls(manifest.folder, manifest.sha256, manifest.content_sha256)


@dataclass(frozen=True, slots=True)
class JobMember:
    """One model of the reference population; ``derived_from`` names another model, or ``reference``."""

    model: str
    lineage: str
    stratum: str
    derived_from: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A comparison fixed before it runs.

    Args:
        title: of the comparison.
        reference: name of the claimant's model, a key of ``models``.
        suspect: likewise, of the model complained of.
        methods: names, in the order in which they run.
        seed: of whatever is drawn.
        models: every model by a name of its own.
        stratum: how the suspect stands to the reference; None where nobody said.
        population: the reference population.
        inputs: the specification's other tables (``probe``, ``logs``), files by their names in ``files``.
        files: SHA-256 of each file of the inputs, by name.
        versions: of the code and its libraries where the job was fixed.

    Raises:
        JobInvalid: a part contradicts another, or has no usable form.
        MethodUnknown: a method does not run here.
    """

    title: str
    reference: str
    suspect: str
    methods: tuple[str, ...]
    seed: int
    models: Mapping[str, JobModel]
    stratum: str | None = None
    population: tuple[JobMember, ...] = ()
    inputs: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _check_names(self)
        _check_hashes(self)
        object.__setattr__(self, "methods", tuple(method.name for method in chosen(self.methods)))

    @property
    def text(self) -> str:
        """The job's file: always the same text for the same job."""
        head: dict[str, Value | None] = {
            "title": self.title, "reference": self.reference, "suspect": self.suspect,
            "methods": list(self.methods), "seed": self.seed, "stratum": self.stratum,
        }  # fmt: skip
        parts = [f"format = {quoted(FORMAT)}\n", table("[comparison]", head)]
        parts += [table(f"[{name}]", self.inputs[name]) for name in sorted(self.inputs)]
        for member in self.population:
            row = {name: getattr(member, name) for name in ("model", "lineage", "stratum", "derived_from")}
            parts.append(table("[[population]]", row))
        for name, model in sorted(self.models.items()):
            row = {part: getattr(model, part) for part in ("folder", "manifest_sha256", "content_sha256")}
            parts.append(table(f"[models.{key(name)}]", row))
        for heading, rows in (("[files]", self.files), ("[versions]", self.versions)):
            if rows:
                parts.append(table(heading, dict(sorted(rows.items()))))
        return "\n".join(parts)

    @property
    def sha256(self) -> str:
        """SHA-256 of the text, by which a matter registers the job."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def deviations(self) -> list[str]:
        """What of the code and libraries here is not as it was where the job was fixed."""
        here = versions_here()
        return [
            f"{name}: {stated} when the job was fixed, {here.get(name, 'not installed')} here"
            for name, stated in sorted(self.versions.items())
            if here.get(name) != stated
        ]


def versions_here() -> dict[str, str]:
    """The code's SHA-256 and the version of each library that is installed."""
    found = {"code": code_sha256()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def read_job(content: bytes) -> Job:
    """The job in a file's bytes.

    Raises:
        JobInvalid: naming what has no usable form.
        MethodUnknown: a method does not run here.
    """
    if len(content) > LARGEST:
        raise _wrong(f"The job is over {LARGEST // 2**20} MiB")
    try:
        whole = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _wrong(f"The job is not valid TOML ({error})") from error
    if whole.pop("format", None) != FORMAT:
        raise _wrong(f"This is not a job of the form {FORMAT}")
    known = {*TABLES, "models", "files", "versions"}
    if unknown := sorted(set(whole) - known):
        raise _wrong(f"The job has an unknown table {unknown[0]}")
    head = _mapping(whole.get("comparison"), "[comparison]")
    population = whole.get("population", [])
    if not isinstance(population, list):
        raise _wrong("population is not a list of tables")
    models = _mapping(whole.get("models"), "[models]")
    try:
        return Job(
            **{**head, "methods": tuple(head.get("methods", ())), "seed": head.get("seed", 0)},
            models={name: JobModel(**_mapping(one, f"The model {name}")) for name, one in models.items()},
            population=tuple(JobMember(**_mapping(one, "A [[population]]")) for one in population),
            inputs={name: _mapping(whole[name], f"[{name}]") for name in INPUTS if name in whole},
            files=_mapping(whole.get("files", {}), "[files]"),
            versions=_mapping(whole.get("versions", {}), "[versions]"),
        )
    except TypeError as error:
        raise _wrong("A table of the job lacks a key, or has one that is not known") from error


def _check_names(job: Job) -> None:
    """Every name stands for a model or a file of the job, and none is a path."""
    for name in (*job.models, *job.files, *(model.folder for model in job.models.values())):
        if not isinstance(name, str) or not NAME.fullmatch(name):
            raise _wrong(f"{name!r} is not a plain name")
    if REFERENCE in job.models and job.reference != REFERENCE:
        raise _wrong("Only the reference may be called reference")
    parents = [one.derived_from for one in job.population if one.derived_from not in (None, REFERENCE)]
    named = [job.reference, job.suspect, *(member.model for member in job.population), *parents]
    for name in named:
        if name not in job.models:
            raise _wrong(f"{name!r} is not among the models of the job")
    for values in job.inputs.values():
        for value in values.values():
            for text in value if isinstance(value, list) else [value]:
                if isinstance(text, str) and text not in job.files and not NAME.fullmatch(text):
                    raise _wrong(f"{text!r} is not among the files of the job")


def _check_hashes(job: Job) -> None:
    """Titles, seed, strata, lineages and hashes have their form."""
    texts = [job.title, *(member.lineage for member in job.population), *job.versions.values()]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise _wrong("A title, lineage or version is empty")
    if not isinstance(job.seed, int) or isinstance(job.seed, bool) or not 0 <= job.seed < 2**63:
        raise _wrong("seed is not a whole number")
    strata = [member.stratum for member in job.population]
    for stratum in strata if job.stratum is None else [job.stratum, *strata]:
        if stratum not in STRATA:
            raise _wrong(f"There is no stratum {stratum!r}; choose {', '.join(STRATA)}")
    hashes = [sha for one in job.models.values() for sha in (one.manifest_sha256, one.content_sha256)]
    for sha256 in (*hashes, *job.files.values()):
        if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
            raise _wrong(f"{sha256!r} is not a SHA-256")


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(f"{what} is missing, or is not a table")
    return value


def _wrong(what: str) -> JobInvalid:
    return JobInvalid(f"{what}.", remedy=REMEDY, field="job")
