"""``manage.py verify``: proves that nothing was altered, or names what was."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from core.errors import IntegrityFailure
from ledger import verification


class Command(BaseCommand):
    help = "Prove that ledger, rows, stored files and index are as they were left."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One flag: ``--json``."""
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every proof has run; any problem ends with exit code 7."""
        answer: dict[str, list[dict[str, str]]] = {}
        for name, proof in verification.proofs().items():
            found = [{"what": problem.what, "detail": problem.detail} for problem in proof()]
            answer[name] = found
            if not options["json"]:
                self.stdout.write(f"{name}: {'nothing altered' if not found else f'{len(found)} problems'}")
                for problem in found:
                    self.stdout.write(f"  {problem['what']}: {problem['detail']}")
        broken = sum(map(len, answer.values()))
        if options["json"]:
            self.stdout.write(json.dumps({"passed": not broken, "proofs": answer}, indent=2))
        if broken:
            raise IntegrityFailure(
                f"{broken} things are not as they were left.",
                remedy="Keep everything as it is, restore the named things from a backup, and find out why.",
            )
