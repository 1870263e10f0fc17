"""``manage.py receive``: files become exhibits of a matter."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from evidence.management import taking


class Command(BaseCommand):
    """Keeps each original under its hash; the intake follows in the background, or here with ``--wait``."""

    help = "Receive files into a matter as exhibits, with their hashes and custody."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The matter, its files, and whether to wait for the intake."""
        taking.add_common(parser)
        parser.add_argument("--wait", action="store_true", help="run the intake here and wait for its end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Every file stands in the matter as an exhibit."""
        case, by = taking.where(options["case"], options["email"])
        received = taking.take(options["files"], by=by, case=case)
        if options["wait"]:
            received = taking.finish(received, by=by)
        rows = [taking.as_json(exhibit) for exhibit in received]
        if options["json"]:
            self.stdout.write(json.dumps({"case": str(case.pk), "exhibits": rows}, indent=2))
            return
        for row in rows:
            self.stdout.write(f"exhibit {row['number']}  {row['sha256']}  {row['name']}  ({row['state']})")
