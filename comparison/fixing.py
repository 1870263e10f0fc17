"""From a draft to the job's file, in which every model and file stands by its hash."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from comparison import guide
from comparison.evaluation.job import Job, JobMember, JobModel, versions_here
from comparison.evaluation.spec import REFERENCE
from comparison.evaluation.toml import Value
from comparison.models import ComparisonJob, ModelArtefact
from comparison.selectors import exhibits_of
from comparison.shown import EXHIBITS, NUMBERS, numbered
from core.errors import InvalidInput

NOT_IN_NAMES = re.compile(r"[/\\\x00-\x1f\x7f]")
SUFFIXES = (".jsonl", ".json", ".npy", ".txt")


def job_of(draft: ComparisonJob) -> Job:
    """The job that the draft describes, with its population as that stands now.

    Raises:
        InvalidInput: no method is chosen, a model has no manifest, a method lacks what it needs, or an
            exhibit was withdrawn.
    """
    if not draft.methods:
        raise InvalidInput("No method is chosen.", remedy="Choose at least one.", field="methods")
    for field, exhibit in exhibits_of(draft).items():
        if exhibit.withdrawn_at:
            raise InvalidInput(
                f"{exhibit} was withdrawn, because {exhibit.withdrawn_because}",
                remedy=f"Choose another exhibit for the {EXHIBITS[field].word}, or none.",
                field=field,
            )
    members = (
        list(draft.population.members.select_related("artefact", "derived_from")) if draft.population else []
    )
    if members and not draft.stratum:
        raise InvalidInput(
            "Nobody has said how like the suspect the population is, so nothing is measured against it.",
            remedy="Choose how the suspect stands to the reference.",
            field="stratum",
        )
    for name in draft.methods:
        if fields := guide.lacking(draft, name):
            raise InvalidInput(
                f"{name} would give no value: the draft names no {guide.in_words(fields)}.",
                remedy="Choose the exhibit that holds it, or leave the method out.",
                field=fields[0],
            )
    parents = [member.derived_from for member in members if member.derived_from]
    names = _names([draft.reference, draft.suspect, *(one.artefact for one in members), *parents])
    inputs, files = _inputs(draft)
    return Job(
        title=draft.title,
        reference=names[draft.reference],
        suspect=names[draft.suspect],
        methods=tuple(draft.methods),
        seed=draft.seed,
        models={name: _model(artefact) for artefact, name in names.items()},
        stratum=draft.stratum or None,
        population=tuple(
            JobMember(
                names[one.artefact],
                one.lineage,
                one.stratum,
                _parent(one.derived_from, draft.reference, names),
            )
            for one in members
        ),
        inputs=inputs,
        files=files,
        versions=versions_here(),
    )


def _parent(
    parent: ModelArtefact | None, reference: ModelArtefact, names: Mapping[ModelArtefact, str]
) -> str | None:
    return None if parent is None else REFERENCE if parent == reference else names[parent]


def _model(artefact: ModelArtefact) -> JobModel:
    manifest = artefact.read_manifest()
    if manifest is None:
        raise InvalidInput(
            f"{artefact.label} has no manifest of its weights.",
            remedy="Add the manifest on the model's page first.",
        )
    return JobModel.of(manifest)


def _names(artefacts: Iterable[ModelArtefact]) -> dict[ModelArtefact, str]:
    """A plain name for each model, numbered where two would have the same."""
    names: dict[ModelArtefact, str] = {}
    for artefact in artefacts:
        own = _plain(artefact.label)
        taken = {REFERENCE, *(name for other, name in names.items() if other != artefact)}
        numbered = (own if number == 1 else f"{own}-{number}" for number in range(1, len(taken) + 2))
        names.setdefault(artefact, next(name for name in numbered if name not in taken))
    return names


def _plain(text: str) -> str:
    """The text as a file may be called."""
    return NOT_IN_NAMES.sub("-", text).lstrip(".")[:180] or "unnamed"


def _inputs(draft: ComparisonJob) -> tuple[dict[str, dict[str, Value]], dict[str, str]]:
    """The job's tables of what models are shown, and each file's hash; names tell nothing of the exhibits."""
    inputs: dict[str, dict[str, Value]] = {}
    files: dict[str, str] = {}
    for field, exhibit in exhibits_of(draft).items():
        suffix = Path(exhibit.original_name).suffix.lower()
        name = f"{field}{suffix if suffix in SUFFIXES else ''}"
        files[name] = exhibit.sha256
        place = EXHIBITS[field]
        tokens = field == "probe" and numbered(exhibit.original_name)
        inputs.setdefault(place.table, {})["tokens" if tokens else place.key] = name
    for field, place in NUMBERS.items():
        value = getattr(draft, field)
        if value is not None:
            inputs[place.table][place.key] = value
    return inputs, files
