"""The parts of the reference that are made from the code, between two comments that name them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.apps import apps
from django.db.models import Model
from django.utils.module_loading import import_string

from bundles.pdf import profile
from core import errors
from core.errors import AssizeError
from docs.checks import commands

_PART = re.compile(r"(<!-- generated (\w+)(?: ([\w.]+))? -->\n)(.*?)(<!-- end -->)", re.DOTALL)


def write(root: Path) -> Iterator[Path]:
    """Each page of the reference is up to date; yields those that were not."""
    for page in _pages(root):
        text = page.read_text(encoding="utf-8")
        if (fresh := refreshed(text)) != text:
            page.write_text(fresh, encoding="utf-8")
            yield page


def problems(root: Path) -> Iterator[str]:
    """Pages whose generated parts are out of date, and state machines that no page shows."""
    shown: set[str] = set()
    for page in _pages(root):
        text = page.read_text(encoding="utf-8")
        shown |= {argument for _, kind, argument, _, _ in _PART.findall(text) if kind == "states"}
        if refreshed(text) != text:
            yield f"{page.relative_to(root)} is out of date: run docs/check.py --write"
    for name in sorted({model._meta.label for model in state_machines()} - shown):
        yield f"docs/reference/states.md: the states of {name} are missing"


def refreshed(text: str) -> str:
    """The page with every generated part made anew; a part of what no longer exists is emptied."""
    return _PART.sub(
        lambda part: (
            f"{part[1]}{MAKERS[part[2]](part[3] or '')}\n{part[5]}" if part[2] in MAKERS else part[0]
        ),
        text,
    )


def command(name: str) -> str:
    """What one command takes."""
    ours = commands.ours()
    return commands.usage(name, ours[name]) if name in ours else ""


def error_table(_: str) -> str:
    """The error tree as a table, in the order of the exit codes."""
    rows = [
        f"| {kind.exit_code} | {kind.http_status} | `{kind.code}` | `{kind.__name__}` | {_first_line(kind)} |"
        for kind in error_classes()
    ]
    return "\n".join(["| Exit | HTTP | Code | Class | Meaning |", "|---|---|---|---|---|", *rows])


def error_classes() -> list[type[AssizeError]]:
    """The classes of the tree itself, without those of single apps, in the order of the exit codes."""
    classes = [kind for kind in vars(errors).values() if _is_error(kind)]
    return sorted(classes, key=lambda kind: (kind.exit_code, kind.__name__))


def state_machines() -> list[type[Model]]:
    """Every model that states its transitions."""
    return [model for model in apps.get_models() if hasattr(model, "TRANSITIONS")]


def states(label: str) -> str:
    """The state machine of one model as a Mermaid diagram."""
    model = apps.get_model(label)
    table: dict[str, set[str]] = import_string(f"{model.__module__}.{model.__name__}").TRANSITIONS
    field = model._meta.get_field("state")
    words = dict(field.choices or ())
    lines = [f'    state "{words[state]}" as {_name(state)}' for state in table]
    lines.append(f"    [*] --> {_name(field.default)}")
    for state, following in table.items():
        lines += [f"    {_name(state)} --> {_name(other)}" for other in sorted(following)]
        if not following:
            lines.append(f"    {_name(state)} --> [*]")
    return "\n".join(["```mermaid", "stateDiagram-v2", *lines, "```"])


def profiles(_: str) -> str:
    """Each profile with what it asks of a bundle, its rules and how it settles conflicts."""
    return "\n\n".join(_profile(profile.load(name)) for name in profile.names())


def _profile(asked: profile.Profile) -> str:
    limits = asked.limits
    facts = [
        f"Courts: {asked.court}. In force since {asked.in_force_from:%-d %B %Y}.",
        f"Numbers {asked.numbering.position}; "
        + ("the reader's own zoom is kept" if asked.zoom is None else f"opens at {asked.zoom:.0%}")
        + f"; pages of {'any size' if asked.page_size == 'any' else f'{asked.page_size} size'}"
        + (f"; at most {limits.dpi} dots per inch" if limits.dpi else "")
        + (f"; volumes of at most {limits.volume_pages} pages" if limits.volume_pages else "")
        + ".",
    ]
    facts += [f"Delivery {channel.name}: {channel.source}." for channel in limits.channels]
    rows = [
        f"| {rule.id} | {rule.text} | {rule.source} | {'yes' if rule.verified else 'no'} |"
        for rule in asked.rules
    ]
    conflicts = [
        f"- {' and '.join(found.rules)}: {found.followed} is followed. {found.because}"
        for found in asked.conflicts
    ]
    parts = [f"## `{asked.name}`: {asked.title}", "\n".join(f"- {fact}" for fact in facts)]
    parts.append("\n".join(["| Rule | What it asks | Source | Read |", "|---|---|---|---|", *rows]))
    return "\n\n".join(parts + (["\n".join(conflicts)] if conflicts else []))


def _pages(root: Path) -> list[Path]:
    return sorted((root / "docs" / "reference").glob("*.md"))


def _name(state: str) -> str:
    return str(state).replace("-", "_")


def _is_error(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, AssizeError)


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").strip().splitlines()[0]


MAKERS: dict[str, Callable[[str], str]] = {
    "clean_room": lambda _: commands.clean_room(),
    "command": command,
    "errors": error_table,
    "profiles": profiles,
    "states": states,
}
