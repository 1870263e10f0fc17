"""``manage.py compare``: two models compared from a specification, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from comparison.evaluation import compare, words


class Command(BaseCommand):
    help = "Compare two models by their weights and write the result into a folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The specification, ``--out`` and ``--json``."""
        parser.add_argument("spec", type=Path, help="TOML file with [comparison]")
        parser.add_argument(
            "--out", type=Path, required=True, help="folder for the result; must hold none yet"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The result is written, and printed as JSON or in words."""
        answer = compare(options["spec"], options["out"], settings.VAR / "population")
        self.stdout.write(
            json.dumps(answer, indent=2, ensure_ascii=False) if options["json"] else in_words(answer)
        )


def in_words(answer: dict[str, Any]) -> str:
    """The result for a reader: values, caveats, and how each proposition stands."""
    lines = []
    for finding in answer["findings"]:
        lines += [
            words.outcome(finding), *(f"  - {caveat}" for caveat in finding["caveats"]), "",
        ]  # fmt: skip
    for row in answer["propositions"]:
        parts = [
            f"{word} {', '.join(row[key])}"
            for key, word in (
                ("supported_by", "would explain what was found by"),
                ("against", "would not explain what was found by"),
                ("undecided", "left open by"),
            )
            if row[key]
        ]
        lines.append(f"{row['id']}: {words.PROPOSITIONS[row['id']]} {'; '.join(parts).capitalize()}.")
    return "\n".join(lines)
