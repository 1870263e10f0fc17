"""``manage.py comparison_report``: the report of a comparison's record, without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from comparison.report import write_report
from core.errors import Conflict, NotFound


class Command(BaseCommand):
    help = "Lay out the expert's report of a comparison from its record."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The record and ``--out``."""
        parser.add_argument("record", type=Path, help="comparison.json, as compare wrote it")
        parser.add_argument("--out", type=Path, required=True, help="file for the report; must not exist yet")

    def handle(self, *args: Any, **options: Any) -> None:
        """The report is written."""
        record, out = options["record"], options["out"]
        if not record.is_file():
            raise NotFound(f"There is no file {record}.", remedy="Name the comparison.json of a result.")
        if out.exists():
            raise Conflict(f"{out} exists already.", remedy="Name another file; reports are kept.")
        write_report(record.read_bytes(), out)
        self.stdout.write(str(out))
