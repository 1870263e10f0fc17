"""The rules of one court at one time, from a dated file."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from core.errors import InvalidInput

FOLDER = Path(__file__).parents[1] / "profiles"


@dataclass(frozen=True)
class RuleText:
    """A rule in our own words and where it is published."""

    id: str
    text: str
    source: str


def names() -> tuple[str, ...]:
    """The profiles that ship with the engine."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


def load(name: str) -> tuple[RuleText, ...]:
    """The profile's rules in order.

    Raises:
        InvalidInput: there is no such profile; names those that there are.
    """
    if name not in names():
        raise InvalidInput(
            f"There is no bundle profile {name!r}.",
            remedy=f"Choose one of: {', '.join(names())}.",
            field="profile",
        )
    content = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(RuleText(rule["id"], rule["text"], rule["source"]) for rule in content["rule"])
