"""What the reference is made of: states, errors and the lines of commands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from docs.checks import commands, generated
from evidence.models import Intake


class Example(BaseCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("case", help="the matter")
        parser.add_argument("file", nargs="+")
        parser.add_argument("note", nargs="*")
        parser.add_argument("--kind", choices=["order", "notice"], default="order", help="or %(default)s")
        parser.add_argument("--fact", action="append", metavar="NAME=VALUE")
        parser.add_argument("--out", required=True)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Never run."""


def test_a_commands_line_says_what_is_needed_and_what_may_be_left_out() -> None:
    lines = commands.usage("example", Example()).splitlines()
    assert lines == [
        "```",
        "manage.py example CASE FILE... [NOTE...] [--kind KIND] [--fact NAME=VALUE]... --out OUT [--json]",
        "```",
        "",
        "- `CASE`: the matter",
        "- `--kind KIND`: or order; one of `order`, `notice`",
        "- `--json`: print one JSON document",
    ]


def test_only_our_own_commands_are_listed() -> None:
    ours = commands.ours()
    assert {"verify", "find", "check_bundle"} <= ours.keys()
    assert ours.keys().isdisjoint({"migrate", "runserver", "spectacular"})
    assert commands.answers_json(ours["verify"])
    assert not commands.answers_json(ours["load_law"])


def test_every_state_and_every_transition_is_drawn() -> None:
    drawn = generated.states("evidence.Intake").splitlines()
    for state, following in Intake.TRANSITIONS.items():
        name = state.value.replace("-", "_")
        assert any(line.endswith(f" as {name}") for line in drawn)
        for other in following:
            assert f"    {name} --> {other.value.replace('-', '_')}" in drawn
    assert "    [*] --> waiting" in drawn
    assert "    ready --> [*]" in drawn


def test_each_error_has_its_exit_code_and_status() -> None:
    table = generated.error_table("")
    assert "| 3 | 404 | `not-found` | `NotFound` |" in table
    assert "| 7 | 500 | `integrity` | `IntegrityFailure` |" in table


def test_a_generated_part_is_made_anew_and_nothing_else_is_touched() -> None:
    page = "before\n<!-- generated states bundles.Build -->\nold\n<!-- end -->\nafter\n"
    fresh = generated.refreshed(page)
    assert fresh.startswith("before\n<!-- generated states bundles.Build -->\n```mermaid\n")
    assert fresh.endswith("\n```\n<!-- end -->\nafter\n")
    assert "old" not in fresh
    assert generated.refreshed(fresh) == fresh


def test_a_command_that_is_gone_leaves_an_empty_part() -> None:
    page = "<!-- generated command vanished -->\nmanage.py vanished\n<!-- end -->"
    assert "manage.py" not in generated.refreshed(page)
