"""From a specification to a job without paths, and back to one that runs where the models are."""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from glob import escape
from pathlib import Path
from typing import Any

from comparison.evaluation.answers import SUFFIX as ANSWERS
from comparison.evaluation.errors import JobInvalid, NotOfTheJob
from comparison.evaluation.job import INPUTS, Job, JobMember, JobModel, versions_here
from comparison.evaluation.model import Model
from comparison.evaluation.observations import SUFFIX as OBSERVATIONS
from comparison.evaluation.spec import REFERENCE, read_spec
from comparison.evaluation.toml import Value, table
from comparison.weights.errors import WeightsMissing
from comparison.weights.manifest import Manifest, sha256_of
from core.errors import AssizeError

OBSERVED = (ANSWERS, OBSERVATIONS)
"""Endings of files that say what a model gave."""
DEEPEST = 4
"""Folders below the one named in which models are looked for."""


def freeze(spec_path: Path, taken: Callable[[Path], Manifest] | None = None) -> Job:
    """The job that fixes a specification: its models and files stand in it by their hashes.

    Args:
        spec_path: TOML file (see ``spec.read_spec``).
        taken: the manifest of a model's folder.

    Raises:
        SpecInvalid, MethodUnknown, WeightsMissing, WeightsUnreadable, PickleRefused: as ``compare``.
        JobInvalid: a part of the specification cannot be fixed.
    """
    spec = read_spec(spec_path)
    parents = [member.derived_from for member in spec.population if member.derived_from is not None]
    names = _names([spec.reference, spec.suspect, *(member.model for member in spec.population), *parents])
    content = tomllib.loads(spec_path.read_text(encoding="utf-8"))
    inputs, files = _inputs(content, spec_path.parent)

    def parent(path: Path | None) -> str | None:
        return REFERENCE if path == spec.reference else None if path is None else names[path]

    return Job(
        title=spec.title,
        reference=names[spec.reference],
        suspect=names[spec.suspect],
        methods=tuple(method.name for method in spec.methods),
        seed=spec.seed,
        models={
            name: JobModel.of(taken(path) if taken else Model.at(path).manifest)
            for path, name in names.items()
        },
        stratum=spec.stratum,
        population=tuple(
            JobMember(names[one.model], one.lineage, one.stratum, parent(one.derived_from))
            for one in spec.population
        ),
        inputs=inputs,
        files=files,
        versions=versions_here(),
    )


def find_models(job: Job, root: Path, named: Mapping[str, Path] | None = None) -> dict[str, Path]:
    """The folder of each model of the job, every one found by the hash of its manifest.

    Args:
        job: the job.
        root: folder below which models are looked for.
        named: folders given by hand, by the model's name in the job; they are looked at first.

    Raises:
        NotOfTheJob: a folder given by hand holds another model.
        WeightsMissing: a model is in none of the folders.
    """
    found: dict[str, Path] = {}
    for name, path in (named or {}).items():
        if name not in job.models:
            raise JobInvalid(f"The job has no model {name}.", remedy=f"It has {', '.join(job.models)}.")
        if not _is(job.models[name], Model.at(path).manifest):
            raise NotOfTheJob(
                f"{path} does not hold the model that the job calls {name}: its manifest has another hash.",
                remedy="Name the folder of the model whose manifest was registered.",
            )
        found[name] = path
    found = found_below(job, root, found)
    if absent := sorted(set(job.models) - set(found)):
        raise WeightsMissing(
            f"No folder below {root} holds {', '.join(absent)}: no manifest there has its hash.",
            remedy="Name the folder that holds the models. If a file was changed or fetched anew, it is "
            "another model.",
        )
    return found


def found_below(job: Job, root: Path, known: Mapping[str, Path]) -> dict[str, Path]:
    """The models that are known, and those that a folder below the root holds by their manifest's hash."""
    found = dict(known)
    wanted = {model.folder for model in job.models.values()}
    for path in [
        *_observed_below(root, wanted),
        *sorted(folders_below(root), key=lambda p: (p.name not in wanted, p)),
    ]:
        missing = {name: model for name, model in job.models.items() if name not in found}
        if not missing:
            break
        made = _readable(path)
        found |= {name: path for name, model in missing.items() if made is not None and _is(model, made)}
    return found


def find_files(job: Job, *roots: Path) -> dict[str, Path]:
    """Each file of the job's inputs, in the first folder that has it, found to be the one of its hash.

    Raises:
        JobInvalid: a file is not there.
        NotOfTheJob: it is another than the job names.
    """
    found = {}
    for name, sha256 in job.files.items():
        path = next((root / name for root in roots if (root / name).is_file()), None)
        if path is None:
            raise JobInvalid(f"{name} is not in {roots[0]}.", remedy="Put the job's files there.")
        if sha256_of(path) != sha256:
            raise NotOfTheJob(
                f"{name} is not the file that the job names: its SHA-256 is another.",
                remedy="Put the file beside the job that was there when the job was fixed.",
            )
        found[name] = path
    return found


def stage(job: Job, models: Mapping[str, Path], files: Mapping[str, Path], folder: Path) -> Path:
    """``folder`` holds a specification of the job, its models and files beside it as links; its path.

    Args:
        job: the job.
        models: the folder of each, by its name in the job.
        files: each file of the inputs, by its name.
        folder: new, or empty.
    """
    places = {}
    for name, model in job.models.items():
        sided = name in (job.reference, job.suspect) or model.folder.endswith(OBSERVED)
        places[name] = f"models/{name}/{model.folder}" if sided else f"models/{name}"
        _link(models[name], folder / places[name])
    for name, path in files.items():
        (folder / "files").mkdir(parents=True, exist_ok=True)
        (folder / "files" / name).symlink_to(path.resolve())
    head: dict[str, Value | None] = {
        "title": job.title, "reference": places[job.reference], "suspect": places[job.suspect],
        "methods": list(job.methods), "seed": job.seed, "stratum": job.stratum,
    }  # fmt: skip
    parts = [table("[comparison]", head)]
    for name, rows in job.inputs.items():
        parts.append(table(f"[{name}]", {key: _placed(value, job.files) for key, value in rows.items()}))
    for one in job.population:
        row: dict[str, Value | None] = {
            "model": places[one.model],
            "lineage": one.lineage,
            "stratum": one.stratum,
            "derived_from": one.derived_from and places.get(one.derived_from, REFERENCE),
        }
        parts.append(table("[[population]]", row))
    spec = folder / "spec.toml"
    spec.write_text("\n".join(parts), encoding="utf-8")
    return spec


def _names(paths: list[Path]) -> dict[Path, str]:
    """A name for each folder: its own, numbered where two folders share it or it has another meaning."""
    names: dict[Path, str] = {}
    for path in paths:
        own = path.resolve().name
        taken = {REFERENCE, *names.values()}
        numbered = (own if number == 1 else f"{own}-{number}" for number in range(1, len(paths) + 3))
        names.setdefault(path, next(name for name in numbered if name not in taken))
    return names


def _inputs(content: Mapping[str, Any], folder: Path) -> tuple[dict[str, dict[str, Value]], dict[str, str]]:
    """The tables of inputs, paths in them replaced by plain names, and each file's SHA-256 by its name."""
    inputs: dict[str, dict[str, Value]] = {}
    files: dict[str, str] = {}

    def named(value: Any) -> Any:
        if isinstance(value, list):
            return [named(one) for one in value]
        if not isinstance(value, str) or not (folder / value).is_file():
            return value
        sha256, own = sha256_of(folder / value), Path(value).name
        name = own if files.get(own, sha256) == sha256 else f"{sha256[:12]}-{own}"
        files[name] = sha256
        return name

    for table_name in INPUTS:
        if table_name in content:
            inputs[table_name] = {key: named(value) for key, value in content[table_name].items()}
    return inputs, files


def _is(model: JobModel, made: Manifest) -> bool:
    return replace(made, folder=model.folder).sha256 == model.manifest_sha256


def _readable(path: Path) -> Manifest | None:
    try:
        return Model.at(path).manifest
    except AssizeError:
        return None


def folders_below(root: Path) -> Iterator[Path]:
    """Every folder with a config.json, at most so deep."""
    for depth in range(DEEPEST + 1):
        for file in root.glob("*/" * depth + "config.json"):
            yield file.parent


def _observed_below(root: Path, wanted: set[str]) -> Iterator[Path]:
    """Every file of a wanted name that says what a model gave, where there are no weights."""
    for name in sorted(wanted):
        if name.endswith(OBSERVED):
            yield from (
                path for depth in range(DEEPEST + 1) for path in root.glob("*/" * depth + escape(name))
            )


def _link(source: Path, folder: Path) -> None:
    if source.is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.symlink_to(source.resolve())
        return
    folder.mkdir(parents=True, exist_ok=True)
    for file in source.iterdir():
        if file.is_file():
            (folder / file.name).symlink_to(file.resolve())


def _placed(value: Value, files: Mapping[str, str]) -> Value:
    if isinstance(value, list):
        return [f"files/{one}" if one in files else one for one in value]
    return f"files/{value}" if isinstance(value, str) and value in files else value
