"""``manage.py model_manifest``: a model's hashes, made where its weights are kept, without a database."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from comparison.weights import manifest


class Command(BaseCommand):
    help = "Print the manifest of a model's folder as JSON: names, shapes and SHA-256 of its tensors."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, help="holds config.json and .safetensors files")

    def handle(self, *args: Any, **options: Any) -> None:
        """The manifest is on standard output."""
        self.stdout.write(json.dumps(manifest(options["folder"]).as_json(), ensure_ascii=False))
