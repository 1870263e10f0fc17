"""``manage.py register_model``: a model stands in a matter, with the hashes of its weights."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.management import acting
from comparison import actions, selectors
from comparison.models import ModelArtefact
from comparison.weights import manifest
from core.errors import InvalidInput


class Command(BaseCommand):
    help = "Register a model in a matter; with a folder, its weights are hashed where they are."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Here ``--version`` is the model's, not Django's."""
        return super().create_parser(prog_name, subcommand, conflict_handler="resolve", **kwargs)

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The matter, the folder and what is said of the model."""
        parser.add_argument("case", help="the matter's claim number, or its id as in its address")
        parser.add_argument("folder", nargs="?", type=Path, help="config.json and .safetensors files")
        parser.add_argument("--vendor", required=True)
        parser.add_argument("--name", required=True)
        parser.add_argument("--version", dest="model_version", default="")
        parser.add_argument("--access", choices=ModelArtefact.Access.values, default="weights")
        parser.add_argument("--licence", default="")
        parser.add_argument("--obtained-how", default="")
        parser.add_argument("--obtained-on", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--note", default="")
        acting.add_as(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The model is registered, and said to be."""
        person = acting.person(options["email"])
        case = acting.matter_to_edit(options["case"], person)
        folder: Path | None = options["folder"]
        if folder and options["access"] != "weights":
            raise InvalidInput(
                f"A folder of weights was named for access to {options['access']} only.",
                remedy="Leave the folder out, or register with --access weights.",
            )
        artefact = actions.register(
            by=acting.actor(person, "register_model"),
            case=case,
            vendor=options["vendor"],
            name=options["name"],
            version=options["model_version"],
            access=options["access"],
            licence=options["licence"],
            obtained_how=options["obtained_how"],
            obtained_on=options["obtained_on"],
            note=options["note"],
            manifest=manifest(folder) if folder else None,
        )
        answer = {
            "id": str(artefact.pk),
            "case": str(case.pk),
            "model": str(artefact),
            "access": artefact.access,
            "manifest_sha256": artefact.manifest_sha256 or None,
            "tensors": artefact.tensors,
            "parameters": artefact.parameters,
        }
        self.stdout.write(json.dumps(answer, indent=2) if options["json"] else _in_words(artefact))


def _in_words(artefact: ModelArtefact) -> str:
    if not artefact.manifest_sha256:
        return f"Registered {artefact}. {selectors.NO_MANIFEST[artefact.access]}"
    return f"Registered {artefact}: {artefact.tensors} tensors, manifest {artefact.manifest_sha256}."
