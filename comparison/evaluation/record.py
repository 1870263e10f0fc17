"""The one file in which a comparison travels: what was measured, of which models, against which population.

Whoever receives it works the findings out again from what was measured; the judgement of the file itself is
never taken over.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isclose, isfinite
from pathlib import Path
from typing import Any

from comparison.evaluation import refusals, words
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.job import Job, read_job
from comparison.evaluation.judging import Judged, judged
from comparison.evaluation.measures import MEASURES, Measured
from comparison.evaluation.population import Population, Row
from comparison.evaluation.spec import REFERENCE, Member
from comparison.statistics.calibration.population import STRATA

FORMAT = "assize-comparison-1"
FILE = "comparison.json"
LARGEST = 64 * 1024 * 1024
"""Bytes of a file."""
MOST_ROWS = 100_000
MOST_BLOCKS = 4096
REMEDY = f"Send {FILE} as `manage.py compare` wrote it, unchanged."
SHA256 = re.compile(r"[0-9a-f]{64}")
PROVENANCE = ("code", "environment", "seeds", "device", "dtypes", "determinism", "probe_sha256", "job")
OWN_TESTS = ("csu", "match", "logged-output", "palimpsest")
MAPPED = ("csu", "match")


@dataclass(frozen=True, slots=True)
class Record:
    """What such a file says, checked in its form.

    Args:
        reference: SHA-256 of the reference's manifest.
        suspect: likewise.
        stratum: the suspect's, None where nobody stated it.
        measured: by method, in the order in which they ran; ``match`` with its map.
        population: its rows.
        provenance: code, environment, seeds and device of the run, as the file gives them.
        stated: the findings as the file gives them, by method.
        job: what was fixed before the run; None in files of earlier versions.
    """

    reference: str
    suspect: str
    stratum: str | None
    measured: dict[str, Measured]
    population: Population
    provenance: dict[str, Any]
    stated: dict[str, dict[str, Any]]
    job: Job | None = None

    def findings(self) -> Judged:
        """The findings worked out from what was measured.

        Raises:
            RecordInvalid: the file states another value, p-value, null or ratio.
        """
        found = judged(self.measured, self.population, self.stratum)
        for finding in found.findings:
            stated = self.stated.get(finding["method"], {})
            for key in ("value", "p", "lr", "holm"):
                if not _same(finding[key], stated.get(key)):
                    raise _wrong(f"The {key} of {finding['method']} does not follow from what was measured")
        return found


def as_record(
    answer: Mapping[str, Any], measured: Mapping[str, Measured], population: Population, job: Job
) -> dict[str, Any]:
    """The file's content.

    Args:
        answer: the comparison's answer.
        measured: by method.
        population: as measured.
        job: what was to be done.
    """
    return {
        "format": FORMAT,
        "result": dict(answer),
        "measured": [
            {"method": method, "value": found.value, "log10_p": found.log10_p, "caveats": list(found.caveats),
             "map": found.detail if method in MAPPED else {}}
            for method, found in measured.items()
        ],
        "population": population.as_json(),
        "job": job.text,
    }  # fmt: skip


def as_json(content: bytes) -> object:
    """The JSON value in a file's bytes; raises ``RecordInvalid``."""
    if len(content) > LARGEST:
        raise _wrong(f"The file is over {LARGEST // 2**20} MiB")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _wrong("The file is not JSON") from error


def read_record(content: object) -> Record:
    """The record that this JSON value describes; raises ``RecordInvalid`` naming what lacks its form."""
    whole = _mapping(content, "The file")
    if whole.get("format") != FORMAT:
        raise _wrong(f"This is not a comparison of the form {FORMAT}")
    answer = _mapping(whole.get("result"), "The result")
    provenance = _mapping(answer.get("manifest"), "The manifest of the run")
    models = _mapping(provenance.get("models"), "The list of models")
    stratum = _mapping(provenance.get("calibration"), "The calibration").get("stratum")
    if stratum is not None and stratum not in STRATA:
        raise _wrong("The stratum is not known")
    measured = dict(_measured(entry) for entry in _list(whole.get("measured"), "measured values"))
    if not measured:
        raise _wrong("Nothing was measured")
    stated = {
        str(_mapping(finding, "A finding").get("method")): finding
        for finding in _list(answer.get("findings"), "findings")
    }
    found = Record(
        reference=_identity(models, "reference"),
        suspect=_identity(models, "suspect"),
        stratum=stratum,
        measured=measured,
        population=_population(_list(whole.get("population"), "models of a population")),
        provenance={key: provenance.get(key) for key in PROVENANCE},
        stated=stated,
        job=_job(whole.get("job")),
    )
    if found.job is not None and (other := _otherwise(found, found.job)):
        raise _wrong(f"The file is not the answer to the job that stands in it: {other}")
    return found


def _otherwise(found: Record, job: Job) -> str:
    """What was not done as the job fixed it, in words; empty where all was."""
    population = {
        (job.models[one.model].content_sha256, one.lineage, one.stratum, one.derived_from is None)
        for one in job.population
    }
    ran = {
        (row.sha256, row.member.lineage, row.member.stratum, row.member.derived_from is None)
        for row in found.population.rows
    }
    stated = found.provenance["job"]
    asked: dict[str, tuple[object, object]] = {
        "reference": (job.models[job.reference].manifest_sha256, found.reference),
        "suspect": (job.models[job.suspect].manifest_sha256, found.suspect),
        "stratum": (job.stratum, found.stratum),
        "methods": (job.methods, tuple(found.measured)),
        "seed": ([job.seed], found.provenance["seeds"]),
        "population": (population, ran),
        "hash": (job.sha256, stated.get("sha256") if isinstance(stated, dict) else None),
    }
    return ", ".join(name for name, (wanted, done) in asked.items() if wanted != done)


def _job(text: object) -> Job | None:
    if text is None:
        return None
    if not isinstance(text, str):
        raise _wrong("The job is no text")
    job = read_job(text.encode("utf-8", "replace"))
    if job.text != text:
        raise _wrong("The job is not as it was written")
    return job


def _measured(value: object) -> tuple[str, Measured]:
    entry = _mapping(value, "A measured value")
    method = entry.get("method")
    if method not in MEASURES:
        raise _wrong("A method is not known")
    number, own = _number(entry, "value"), _number(entry, "log10_p")
    if (own is None) != (method not in OWN_TESTS or number is None) or (own is not None and own > 0):
        raise _wrong(f"The p-value of {method} has no place, or is none")
    ours = words.known if number is not None else refusals.known
    caveats = _list(entry.get("caveats"), "caveats")
    said = tuple(text for text in caveats if isinstance(text, str) and ours(text))
    if number is None and not said:
        said = (words.NO_VALUE_THERE,)
    return method, Measured(number, own, said, _map(entry.get("map")) if method in MAPPED else {})


def _map(value: object) -> dict[str, Any]:
    """The map of layers: names of both sides' blocks and a p-value, or none, for each two of them."""
    entry = _mapping(value, "The map of layers")
    if not entry:
        return {}
    sides = {
        side: [str(name)[:80] for name in _list(entry.get(side), "blocks")]
        for side in ("reference", "suspect")
    }
    rows = [_list(row, "p-values") for row in _list(entry.get("log10_p"), "rows")]
    if max(map(len, sides.values())) > MOST_BLOCKS or [len(row) for row in rows] != [
        len(sides["suspect"])
    ] * len(sides["reference"]):
        raise _wrong("The map of layers does not fit its blocks")
    return {**sides, "log10_p": [[_number({"p": p}, "p") for p in row] for row in rows]}


def _population(entries: list[Any]) -> Population:
    rows, lineages = [], {Path(REFERENCE): REFERENCE}
    for value in entries:
        entry = _mapping(value, "A model of the population")
        texts = {key: entry.get(key) for key in ("model", "lineage", "stratum", "method")}
        parent = entry.get("derived_from")
        if not all(isinstance(text, str) and 0 < len(text) <= 300 for text in texts.values()) or not (
            parent is None or isinstance(parent, str)
        ):
            raise _wrong("A model of the population has no name, lineage, stratum or method")
        if texts["stratum"] not in STRATA:
            raise _wrong("A stratum of the population is not known")
        if parent is not None:
            lineages.setdefault(Path(parent), parent)
        member = Member(
            Path(str(texts["model"])),
            str(texts["lineage"]),
            str(texts["stratum"]),
            None if parent is None else Path(parent),
        )
        sha256 = entry.get("content_sha256")
        if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
            raise _wrong("A model of the population has no SHA-256")
        rows.append(Row(member, str(texts["method"]), _number(entry, "value"), "", sha256))
    return Population(tuple(rows), lineages)


def _identity(models: dict[str, Any], side: str) -> str:
    sha256 = _mapping(models.get(side), f"The {side}").get("manifest_sha256")
    if not isinstance(sha256, str) or not SHA256.fullmatch(sha256):
        raise _wrong(f"The {side} has no SHA-256 of a manifest")
    return sha256


def _number(entry: Mapping[str, Any], key: str) -> float | None:
    value = entry.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise _wrong(f"A {key} is not a number")
    return float(value)


def _same(one: float | None, other: object) -> bool:
    if one is None or not isinstance(other, int | float):
        return one is None and other is None
    return isclose(one, other, rel_tol=1e-3, abs_tol=1e-290)


def _mapping(value: object, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(f"{what} is not a JSON object")
    return value


def _list(value: object, what: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MOST_ROWS:
        raise _wrong(f"The file has no list of {what}, or one over {MOST_ROWS:,}")
    return value


def _wrong(what: str) -> RecordInvalid:
    return RecordInvalid(f"{what}.", remedy=REMEDY, field="record")
