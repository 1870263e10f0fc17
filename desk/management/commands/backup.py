"""``manage.py backup FILE``: the whole installation in one archive, taken while others work."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from desk.archive import keys
from desk.archive.writing import backup


class Command(BaseCommand):
    help = (
        "Write the database and every stored file into one archive. The key that signs the ledger is left "
        "out: whoever holds both can write another history. Keep a copy of it apart."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and whether with the key."""
        parser.add_argument("file", type=Path, help="the archive to make; it must not exist")
        parser.add_argument("--with-keys", action="store_true", help="put the ledger's key into it as well")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The archive stands on disk and what is in it is told."""
        manifest = backup(options["file"], with_keys=options["with_keys"])
        size = sum(part.size for part in manifest.parts)
        if options["json"]:
            told = {"file": str(options["file"]), "files": len(manifest.parts), "bytes": size}
            self.stdout.write(json.dumps({**told, "database": manifest.database, "made": manifest.made}))
        else:
            self.stdout.write(f"{options['file']}: {len(manifest.parts)} files, {size:,} bytes")
        if not options["with_keys"]:
            self.stderr.write(f"Without the ledger's key: keep a copy of {keys.ledger_key()} apart.")
