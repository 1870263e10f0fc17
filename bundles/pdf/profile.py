"""What one court asks of a bundle at one time, from a dated file: how it is made, what is checked."""

import tomllib
from collections.abc import Set
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
Labels = Literal["initials", "numbers", "letters", "plaintiff-numbers"]


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
    """A way of delivery and the largest file it takes.

    Args:
        name: as people call it, "by email".
        mib: the largest file in MiB. Courts say "MB" without saying which; a profile gives the smaller
            reading, millions of bytes, so that what is called small enough is.
        source: where that is published.
        verified: whether somebody has read it there.
        rule: the id of the rule that it belongs to.
    """

    name: str
    mib: float
    source: str
    verified: bool = True
    rule: str = ""


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
    exhibit_labels: Labels = "initials"
    stickers: bool = False

    def set_aside(self, rule: str) -> Conflict | None:
        """The conflict for which the profile does not follow this rule, or None where it does."""
        return next(
            (found for found in self.conflicts if rule in found.rules and rule != found.followed), None
        )


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
    return _read(_content(name))


def _content(name: str) -> dict[str, Any]:
    """The file's tables, those of the profile that it builds on put beneath its own.

    ``base`` in ``[profile]`` names that other profile, and ``takes`` the only rules that are wanted of it,
    with the ways of delivery that belong to them. Rules of the same id replace those of the base.
    """
    own = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base, takes = own["profile"].pop("base", None), own["profile"].pop("takes", None)
    if base is None:
        return own
    under = _content(base)
    rules = {rule["id"]: rule for rule in under["rule"] if takes is None or rule["id"] in takes}
    rules |= {rule["id"]: rule for rule in own.get("rule", ())}
    kept = [conflict for conflict in under.get("conflict", ()) if rules.keys() & set(conflict["rules"])]
    return {
        "profile": under["profile"] | own["profile"],
        "numbering": under.get("numbering", {}) | own.get("numbering", {}),
        "limits": _limits(under.get("limits", {}), own.get("limits", {}), rules.keys()),
        "rule": list(rules.values()),
        "conflict": own.get("conflict", kept),
    }


def _limits(under: dict[str, Any], own: dict[str, Any], rules: Set[str]) -> dict[str, Any]:
    kept = [channel for channel in under.get("channels", ()) if channel["rule"] in rules]
    return under | own | {"channels": [*kept, *own.get("channels", ())]}


def _read(content: dict[str, Any]) -> Profile:
    numbering, limits = content.get("numbering", {}), content.get("limits", {})
    made = content["profile"]
    # TOML has no word for "none": a profile that leaves the reader's zoom alone says "inherit".
    zoom = made.get("zoom", 1.0)
    return Profile(
        **{**made, "zoom": None if zoom == "inherit" else zoom},
        rules=tuple(RuleText(**rule) for rule in content["rule"]),
        conflicts=tuple(
            Conflict(**{**conflict, "rules": tuple(conflict["rules"])})
            for conflict in content.get("conflict", ())
        ),
        numbering=Numbering(**{**numbering, "late": tuple(numbering.get("late", ("append",)))}),
        limits=Limits(
            **{
                **limits,
                "channels": tuple(
                    sorted(
                        (Channel(**channel) for channel in limits.get("channels", ())),
                        key=lambda channel: channel.mib,
                    )
                ),
            }
        ),
    )
