"""Reading a comparison's specification from TOML."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comparison.weights.errors import SpecInvalid
from comparison.weights.methods import Method, chosen

COMPARISON_KEYS = ("title", "reference", "suspect", "methods", "seed")
TABLES = ("comparison", "probe", "logs", "population")
EXAMPLE = 'Needed: title, reference and suspect (folders), and methods, such as ["all"]; seed may be given.'


@dataclass(frozen=True, slots=True)
class Spec:
    """What is to be compared, and how.

    Args:
        title: of the comparison.
        reference: the claimant's model, a folder.
        suspect: the model complained of, a folder.
        methods: in the order in which they run.
        seed: stated in the result; no method of this version draws at random.
        has_population: whether a reference population is named.
        has_probe: whether a probe or logs are named.
    """

    title: str
    reference: Path
    suspect: Path
    methods: tuple[Method, ...]
    seed: int | None
    has_population: bool
    has_probe: bool


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
    seed = head.get("seed")
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool)):
        raise SpecInvalid("seed is not a whole number.", remedy="Write, for example, seed = 7.")
    return Spec(
        title=_text(head, "title"),
        reference=path.parent / _text(head, "reference"),
        suspect=path.parent / _text(head, "suspect"),
        methods=tuple(chosen(_methods(head))),
        seed=seed,
        has_population=bool(content.get("population")),
        has_probe=bool(content.get("probe") or content.get("logs")),
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
