"""``manage.py analyse_logs``: API logs analysed from a specification, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from comparison.logs import analyse, words


class Command(BaseCommand):
    help = "Analyse API logs: accounts, templates, groups of accounts, and outputs among published samples."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The specification, ``--out`` and ``--json``."""
        parser.add_argument("spec", type=Path, help="TOML file with [logs]")
        parser.add_argument(
            "--out", type=Path, required=True, help="folder for the analysis; must hold none yet"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The analysis is written, and printed as JSON or in words."""

        def tell(done: int, total: int, doing: str) -> None:
            self.stderr.write(f"{done + 1} of {total}: {doing}")

        record = analyse(options["spec"], options["out"], progress=tell)
        self.stdout.write(
            json.dumps(record, indent=2, ensure_ascii=False) if options["json"] else words.report(record)
        )
