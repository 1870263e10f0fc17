"""What one court asks of a bundle at one time, from a dated file: how it is made, what is checked."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

from core.errors import InvalidInput

FOLDER = Path(__file__).parent / "profiles"

Position = Literal["bottom right", "bottom centre", "top right"]
PageSize = Literal["any", "A4", "Letter"]
Late = Literal["append", "insert"]


@dataclass(frozen=True)
class RuleText:
    """A rule in our own words, where it is published, and whether somebody has read it there."""

    id: str
    text: str
    source: str
    verified: bool = True


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot all be kept: which one the profile follows, and why."""

    rules: tuple[str, ...]
    followed: str
    because: str


@dataclass(frozen=True)
class Numbering:
    """How pages are numbered.

    Args:
        position: where the number stands on the page as shown.
        prefix: before each number, on the page and in the page labels (``S`` for a supplement).
        late: where documents may go that come after delivery; ``insert`` is numbering such as 45A.
        tabs: whether a page also shows the number of its tab.
    """

    position: Position = "bottom right"
    prefix: str = ""
    late: tuple[Late, ...] = ("append",)
    tabs: bool = False


@dataclass(frozen=True)
class Channel:
    """A way of delivery and the largest file it takes, in MiB."""

    name: str
    mib: float
    source: str
    verified: bool = True


@dataclass(frozen=True)
class Limits:
    """How large a file may be.

    Args:
        channels: the ways of delivery with their sizes, the smallest first.
        volume_mib: a file above this is split at document boundaries; None is never.
        volume_pages: likewise in pages.
        index_volume: whether front sheet and index stand in a volume of their own.
        dpi: images finer than this are made coarser; None leaves them.
    """

    channels: tuple[Channel, ...] = ()
    volume_mib: float | None = None
    volume_pages: int | None = None
    index_volume: bool = False
    dpi: int | None = None


@dataclass(frozen=True)
class Profile:
    """One court's requirements.

    Args:
        name: as commands and specifications call it.
        title: as people call it.
        court: which courts it is for.
        in_force_from: since when its sources say so.
        zoom: scale at which the file and its bookmarks open (1.0 is 100%); None leaves the reader's own.
        page_size: the size that every page must have.
        exhibit_labels: how exhibits are called: ``initials`` (HP1), ``numbers``, ``letters``, or
            ``plaintiff-numbers`` (the plaintiff's in numbers, the defendant's in letters).
        stickers: whether an exhibit's first page carries a sticker with its label.
    """

    name: str
    title: str
    court: str
    in_force_from: date
    rules: tuple[RuleText, ...]
    conflicts: tuple[Conflict, ...] = ()
    numbering: Numbering = field(default_factory=Numbering)
    limits: Limits = field(default_factory=Limits)
    zoom: float | None = 1.0
    page_size: PageSize = "any"
    exhibit_labels: str = "initials"
    stickers: bool = False


def names() -> tuple[str, ...]:
    """The profiles that ship with the engine."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def load(name: str) -> Profile:
    """The profile of this name.

    Raises:
        InvalidInput: there is no such profile; names those that there are.
    """
    if name not in names():
        raise InvalidInput(
            f"There is no bundle profile {name!r}.",
            remedy=f"Choose one of: {', '.join(names())}.",
            field="profile",
        )
    return _read(tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def _read(content: dict[str, Any]) -> Profile:
    numbering, limits = content.get("numbering", {}), content.get("limits", {})
    return Profile(
        **content["profile"],
        rules=tuple(RuleText(**rule) for rule in content["rule"]),
        conflicts=tuple(
            Conflict(**{**conflict, "rules": tuple(conflict["rules"])})
            for conflict in content.get("conflict", ())
        ),
        numbering=Numbering(**{**numbering, "late": tuple(numbering.get("late", ("append",)))}),
        limits=Limits(
            **{**limits, "channels": tuple(Channel(**channel) for channel in limits.get("channels", ()))}
        ),
    )
