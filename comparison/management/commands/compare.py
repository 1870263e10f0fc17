"""``manage.py compare``: two models compared from a specification, or again, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from comparison.cleanroom import on_standard_error
from comparison.evaluation import compare, words
from comparison.repeating import repeat
from comparison.report import write_report
from core.errors import CheckFailed, InvalidInput


class Command(BaseCommand):
    help = "Compare two models and write the result into a folder, or repeat a comparison from its record."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A specification and ``--out``, or ``--rerun``; and ``--json``."""
        parser.add_argument("spec", nargs="?", type=Path, help="TOML file with [comparison]")
        parser.add_argument("--out", type=Path, help="folder for the result; must hold none yet")
        parser.add_argument(
            "--rerun", type=Path, metavar="RESULT", help="a result's folder or comparison.json"
        )
        parser.add_argument(
            "--models", type=Path, help="with --rerun: where the models lie (default ASSIZE_MODELS)"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The result is written, or repeated, and printed as JSON or in words."""
        if options["rerun"]:
            self._repeat(options)
            return
        if not options["spec"] or not options["out"] or options["models"]:
            raise InvalidInput(
                "Nothing says what to do.", remedy="Give SPEC and --out, or --rerun RESULT with --models."
            )
        answer = compare(options["spec"], options["out"], settings.VAR / "population", report=write_report)
        self.stdout.write(
            json.dumps(answer, indent=2, ensure_ascii=False) if options["json"] else in_words(answer)
        )

    def _repeat(self, options: dict[str, Any]) -> None:
        models: Path | None = options["models"] or settings.MODELS_ROOT
        if options["spec"] or options["out"] or models is None:
            raise InvalidInput(
                "A repetition takes a result and the models, nothing else.",
                remedy="Give --rerun RESULT and --models with the folder in which the models lie.",
            )
        found = repeat(options["rerun"], models, on_standard_error())
        lines = [*(one.words for one in found.differences), f"{found.compared} values were compared."]
        self.stdout.write(json.dumps(found.as_json(), indent=2) if options["json"] else "\n".join(lines))
        if found.differences:
            count = len(found.differences)
            raise CheckFailed(
                "1 thing differs from the record."
                if count == 1
                else f"{count} things differ from the record.",
                remedy="Read which: other code or libraries explain small differences, another model all.",
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
