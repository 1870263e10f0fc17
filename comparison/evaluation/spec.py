"""Reading a comparison's specification from TOML."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.evaluation.errors import SpecInvalid
from comparison.evaluation.inputs import Inputs, read_inputs
from comparison.evaluation.methods import Method, chosen
from comparison.statistics.calibration.population import STRATA

COMPARISON_KEYS = ("title", "reference", "suspect", "methods", "seed", "stratum")
MEMBER_KEYS = ("model", "lineage", "stratum", "derived_from")
TABLES = ("comparison", "probe", "logs", "authors", "training", "population")
EXAMPLE = 'Needed: title, reference and suspect (folders), and methods, such as ["all"]; seed may be given.'


REFERENCE = "reference"
"""What ``derived_from`` calls the claimant's model; no independent model bears it as its lineage."""


@dataclass(frozen=True, slots=True)
class Member:
    """One model of the reference population.

    Args:
        model: its folder.
        lineage: its family; models of one lineage count once.
        stratum: how like the suspect's case it is.
        derived_from: folder of the model from which it is known to have been made; None for one that is
            independent of the reference.
    """

    model: Path
    lineage: str
    stratum: str
    derived_from: Path | None


@dataclass(frozen=True, slots=True)
class Spec:
    """What is to be compared, and how.

    Args:
        title: of the comparison.
        reference: the claimant's model, a folder.
        suspect: the model complained of, a folder.
        methods: in the order in which they run.
        seed: of the tokens and axes that are drawn.
        stratum: how the suspect stands to the reference; None where nobody said.
        population: the reference population.
        inputs: what the models are shown.
    """

    title: str
    reference: Path
    suspect: Path
    methods: tuple[Method, ...]
    seed: int
    stratum: str | None
    population: tuple[Member, ...]
    inputs: Inputs


def read_spec(path: Path) -> Spec:
    """The specification in a TOML file; folders in it are relative to the file's own folder.

    Raises:
        SpecInvalid: naming what is wrong and what to write.
        MethodUnknown: a method does not run here.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SpecInvalid(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error
    except ValueError as error:
        raise SpecInvalid(
            f"{path.name} is not valid TOML: {error}.",
            remedy="Correct that line; text needs quotation marks.",
        ) from error
    if unknown := sorted(set(content) - set(TABLES)):
        raise SpecInvalid(
            f"{path.name} has an unknown table {unknown[0]}.", remedy=f"Known: {', '.join(TABLES)}."
        )
    head = content.get("comparison")
    if not isinstance(head, dict):
        raise SpecInvalid(f"{path.name} has no table [comparison].", remedy=EXAMPLE)
    if unknown := sorted(set(head) - set(COMPARISON_KEYS)):
        raise SpecInvalid(
            f"{unknown[0]} is not known in [comparison].", remedy=f"Known: {', '.join(COMPARISON_KEYS)}."
        )
    seed = head.get("seed", 0)
    if not isinstance(seed, int) or isinstance(seed, bool) or seed < 0:
        raise SpecInvalid("seed is not a whole number.", remedy="Write, for example, seed = 7.")
    reference = path.parent / _text(head, "reference")
    return Spec(
        title=_text(head, "title"),
        reference=reference,
        suspect=path.parent / _text(head, "suspect"),
        methods=tuple(chosen(_methods(head))),
        seed=seed,
        stratum=_stratum(head) if "stratum" in head else None,
        population=_population(content.get("population", []), path.parent, reference),
        inputs=read_inputs(content, path.parent),
    )


def _text(head: dict[str, Any], key: str) -> str:
    value = head.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SpecInvalid(f"[comparison] gives no {key}.", remedy=EXAMPLE)
    return value.strip()


def _methods(head: dict[str, Any]) -> list[str]:
    value = head.get("methods", ["all"])
    if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
        raise SpecInvalid("methods is not a list of names.", remedy='Write, for example, methods = ["all"].')
    return value


def _population(tables: object, folder: Path, reference: Path) -> tuple[Member, ...]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise SpecInvalid(
            "population is not a list of tables.", remedy="Write [[population]] for each model."
        )
    return tuple(_member(table, folder, reference) for table in tables)


def _member(table: dict[str, Any], folder: Path, reference: Path) -> Member:
    if unknown := sorted(set(table) - set(MEMBER_KEYS)):
        raise SpecInvalid(
            f"{unknown[0]} is not known in [[population]].", remedy=f"Known: {', '.join(MEMBER_KEYS)}."
        )
    model, lineage = _named(table, "model"), _named(table, "lineage")
    parent = _named(table, "derived_from") if "derived_from" in table else None
    if parent is None and lineage == REFERENCE:
        raise SpecInvalid(
            f"{model} is of the reference's own lineage, and not independent of it.",
            remedy='Give it derived_from = "reference" and a lineage of its own, or leave it out.',
        )
    return Member(
        model=folder / model,
        lineage=lineage,
        stratum=_stratum(table),
        derived_from=None if parent is None else reference if parent == REFERENCE else folder / parent,
    )


def _named(table: dict[str, Any], key: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not value.strip():
        raise SpecInvalid(
            f"A [[population]] gives no {key}.", remedy="Needed: model (a folder), lineage and stratum."
        )
    return value.strip()


def _stratum(table: dict[str, Any]) -> str:
    value = table.get("stratum")
    if value not in STRATA:
        raise SpecInvalid(f"There is no stratum {value!r}.", remedy=f"Choose: {', '.join(STRATA)}.")
    return str(value)
