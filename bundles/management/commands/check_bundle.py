"""``manage.py check_bundle``: the rules for court bundles, run over any PDF."""

import json
import textwrap
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bundles import verdict
from bundles.pdf import profile
from bundles.pdf.check import Beside
from bundles.pdf.check.held import check_held
from core.errors import CheckFailed

WIDTH = 100


class Command(BaseCommand):
    """Prints each rule with its verdict."""

    help = "Check a bundle's PDF against a court's rules; needs no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The PDF and which rules."""
        parser.add_argument("file", type=Path, help="the bundle, a PDF")
        parser.add_argument("--profile", default="ew-2021", help=f"one of: {', '.join(profile.names())}")
        parser.add_argument("--delivered", type=Path, help="the version delivered before, for EW-12")
        parser.add_argument("--redacted", type=Path, help="the redacted copy of a sealed bundle, for US-09")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, file: Path, **options: Any) -> None:
        """The verdict is printed; CheckFailed where a rule is not met."""
        beside = Beside(delivered=options["delivered"], redacted=options["redacted"])
        found = check_held(file, profile=options["profile"], beside=beside)
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=2))
        else:
            self._table(found, options["profile"])
        if not found["passed"]:
            raise CheckFailed(verdict.summary(found).title + ".", remedy="Put right what the rules name.")

    def _table(self, found: dict[str, Any], name: str) -> None:
        rules = [asdict(rule) for rule in profile.load(name).rules]
        for row in verdict.rows(found, rules):
            self.stdout.write(f"{row.id}  {row.word.upper():25}  {row.text}")
            pages = ", ".join(map(str, row.pages)) + (f" and {row.more} more" if row.more else "")
            where = f" Pages: {pages}." if pages else ""
            self.stdout.write(
                textwrap.fill(
                    f"{row.detail}{where}", WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 8
                )
            )
            read = "" if row.verified else " (from memory, not read in its source)"
            self.stdout.write(f"        {row.source}{read}")
        for conflict in found["conflicts"]:
            both = " and ".join(conflict["rules"])
            self.stdout.write(f"{both} disagree: {conflict['followed']} is followed. {conflict['because']}")
        self.stdout.write(verdict.summary(found).title + ".")
