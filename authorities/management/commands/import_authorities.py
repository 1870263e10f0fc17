"""``manage.py import_authorities``: judgments from files, and the summaries that ship with Assize."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from authorities import actions
from core.actor import machine
from core.errors import AssizeError, CheckFailed, NotFound


class Command(BaseCommand):
    """What can be read is imported; what cannot is named with its reason."""

    help = "Import judgments (Akoma Ntoso XML) from files or folders; without a path, only our own summaries."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Paths, and ``--json``."""
        parser.add_argument("path", nargs="*", type=Path, help="an XML file, or a folder of them")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Everything readable is imported; files that are not are named, and end with exit code 1."""
        by = machine("command", "import_authorities")
        answer: dict[str, Any] = {
            **actions.load_summaries(by=by),
            "imported": [],
            "unchanged": [],
            "failed": [],
        }
        for path in _files(options["path"]):
            try:
                authority, changed = actions.import_judgment(by=by, path=path)
            except AssizeError as refusal:
                answer["failed"].append(
                    {"file": str(path), "reason": refusal.message, "remedy": refusal.remedy}
                )
                self.stderr.write(f"{path}: {refusal}")
                continue
            word = "imported" if changed else "unchanged"
            answer[word].append({"file": str(path), "id": authority.pk, "citation": authority.citation})
        self.stdout.write(json.dumps(answer, indent=2) if options["json"] else _in_words(answer))
        if answer["failed"]:
            raise CheckFailed(
                f"{len(answer['failed'])} files could not be imported; everything else was.",
                remedy="The messages above name each and say what to do.",
            )


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(path.rglob("*.xml"))
        elif path.exists():
            yield path
        else:
            raise NotFound(f"{path} does not exist.", remedy="Name a file, or a folder of XML files.")


def _in_words(answer: dict[str, Any]) -> str:
    lines = [f"{answer['summaries']} summaries, of which {answer['changed']} new or changed"]
    lines.append(f"{len(answer['imported'])} judgments imported, {len(answer['unchanged'])} unchanged")
    lines += [f"not imported: {failure['file']}: {failure['reason']}" for failure in answer["failed"]]
    return "\n".join(lines)
