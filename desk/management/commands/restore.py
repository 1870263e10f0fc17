"""``manage.py restore FILE``: an installation put back from an archive into an empty place, and proved."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from core.errors import IntegrityFailure
from desk.archive.reading import restore
from ledger import verification


class Command(BaseCommand):
    help = "Put an installation back from an archive. Nothing is written before every hash is proved."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from, and what to do without the key."""
        parser.add_argument("file", type=Path, help="an archive made by backup")
        parser.add_argument("--without-key", action="store_true", help="go on although the key is lost")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything is back and every proof of ``verify`` has run; a problem ends with exit code 7."""
        manifest = restore(options["file"], without_key=options["without_key"])
        problems = [
            {"what": problem.what, "detail": problem.detail}
            for proof in verification.proofs().values()
            for problem in proof()
        ]
        if options["json"]:
            told = {"made": manifest.made, "files": len(manifest.parts), "problems": problems}
            self.stdout.write(json.dumps(told))
        else:
            self.stdout.write(f"{len(manifest.parts)} files of {manifest.made} are back.")
            for problem in problems:
                self.stdout.write(f"  {problem['what']}: {problem['detail']}")
        if problems:
            raise IntegrityFailure(
                f"Everything is back, but {len(problems)} things are not as they were left.",
                remedy="Compare them with an earlier backup.",
            )
