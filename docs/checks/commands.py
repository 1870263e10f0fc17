"""Our own commands and what each takes, read from its parser."""

from argparse import Action, _AppendAction, _SubParsersAction
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

from comparison.__main__ import parser


def ours() -> dict[str, BaseCommand]:
    """The commands of the apps that stand in this project, by name in alphabetical order."""
    return {
        name: load_command_class(app, name)
        for name, app in sorted(get_commands().items())
        if isinstance(app, str)
        and Path(import_module(app).__path__[0]).is_relative_to(settings.BASE_DIR)
        and ".venv" not in Path(import_module(app).__path__[0]).relative_to(settings.BASE_DIR).parts
    }


def answers_json(command: BaseCommand) -> bool:
    """Whether the command takes ``--json``."""
    return any("--json" in action.option_strings for action in _actions(command))


def usage(name: str, command: BaseCommand) -> str:
    """The command's line and one row for each thing that it takes, as Markdown."""
    return _described(f"manage.py {name}", _actions(command))


def clean_room() -> str:
    """The commands of ``python -m comparison``, each with what it is for and what it takes."""
    (commands,) = (action for action in parser()._actions if isinstance(action, _SubParsersAction))
    parts = []
    for name, one in commands.choices.items():
        taken = [action for action in one._actions if action.dest != "help"]
        described = _described(f"python -m comparison {name}", taken)
        parts.append(f"### `{name}`\n\n{one.description.capitalize()}.\n\n{described}")
    return "\n\n".join(parts)


def _described(call: str, taken: list[Action]) -> str:
    actions = sorted(taken, key=lambda action: bool(action.option_strings))
    line = " ".join([call, *map(_in_line, actions)])
    told = [(action, _help(action)) for action in actions]
    rows = [f"- `{_shown(action)}`: {words}" for action, words in told if words]
    return "\n".join(["```", line, "```", *([""] if rows else []), *rows])


def _actions(command: BaseCommand) -> list[Action]:
    """What the command takes beyond what every command of the framework takes."""
    common = {action.dest for action in BaseCommand().create_parser("manage.py", "any")._actions}
    parser = command.create_parser("manage.py", "any")
    return [action for action in parser._actions if action.dest not in common]


def _help(action: Action) -> str:
    """What is said of it, and what it may be."""
    words = (action.help or "") % vars(action)
    choices = f"one of {', '.join(f'`{choice}`' for choice in action.choices)}" if action.choices else ""
    return "; ".join(filter(None, (words, choices)))


def _value(action: Action) -> str:
    """The word that stands for the value, empty for a flag."""
    if action.nargs == 0:
        return ""
    return action.metavar if isinstance(action.metavar, str) else action.dest.upper()


def _shown(action: Action) -> str:
    return " ".join(filter(None, (*action.option_strings[-1:], _value(action))))


def _in_line(action: Action) -> str:
    shown = _shown(action)
    if action.nargs in ("*", "+"):
        shown += "..."
    if action.nargs in ("*", "?") or not action.required:
        shown = f"[{shown}]"
    return f"{shown}..." if isinstance(action, _AppendAction) else shown
