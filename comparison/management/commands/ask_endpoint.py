"""``manage.py ask_endpoint``: a model asked at an OpenAI-compatible address, within a budget."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cases.management import acting
from comparison.blackbox.answering import FILE as ANSWERS
from comparison.blackbox.answering import write_answers
from comparison.blackbox.asking import read_asking
from comparison.blackbox.client import ask
from comparison.blackbox.transcript import FILE as TRANSCRIPT
from comparison.blackbox.transcript import read_entries
from evidence.actions import exhibits

PIECE = 1024 * 1024


class Command(BaseCommand):
    help = "Ask a model at an OpenAI-compatible address, within a budget, and keep every request and answer."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The specification, ``--out``, the matter, and ``--json``."""
        parser.add_argument("spec", type=Path, help="TOML file with [endpoint], [prompts] and [budget]")
        parser.add_argument(
            "--out",
            type=Path,
            required=True,
            help="folder for the transcript; one of the same asking goes on",
        )
        parser.add_argument("--case", help="the matter that receives transcript and answers as exhibits")
        acting.add_as(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The prompts were asked, the answers stand in the folder, and in the matter where one is named."""
        asking = read_asking(options["spec"])
        person = acting.person(options["email"])
        case = acting.matter_to_edit(options["case"], person) if options["case"] else None

        def tell(done: int, total: int, doing: str) -> None:
            self.stderr.write(f"{done} of {total}: {doing}")

        out: Path = options["out"]
        outcome = ask(asking, out, progress=tell)
        written = write_answers(asking, list(read_entries(out / TRANSCRIPT)), out)
        received = []
        if case is not None:
            by = acting.actor(person, "ask_endpoint")
            for name in (TRANSCRIPT, ANSWERS):
                with (out / name).open("rb") as file:
                    pieces = iter(lambda: file.read(PIECE), b"")
                    exhibit = exhibits.receive(by=by, case=case, content=pieces, name=name)
                received.append({"id": str(exhibit.pk), "name": name, "sha256": exhibit.sha256})
        answer = {
            "answered": outcome.answered, "refused": outcome.refused, "failed": outcome.failed,
            "left": outcome.left, "without_logprobs": written.without,
            "likelihoods_left_out": written.left_out,
            "spent": {"requests": outcome.cost.requests, "tokens": outcome.cost.tokens,
                      "money": round(outcome.cost.money(asking.budget), 6)},
            "files": [TRANSCRIPT, ANSWERS], "exhibits": received,
        }  # fmt: skip
        self.stdout.write(json.dumps(answer, indent=2) if options["json"] else _in_words(answer))


def _in_words(answer: dict[str, Any]) -> str:
    spent = answer["spent"]
    lines = [
        f"Answered {answer['answered']}, refused {answer['refused']}, failed {answer['failed']}, "
        f"left for want of budget {answer['left']}.",
        f"Spent at most {spent['requests']} requests, {spent['tokens']} tokens, "
        f"{spent['money']:.2f} in money.",
    ]
    if answer["without_logprobs"]:
        lines.append(f"{answer['without_logprobs']} answers came without log-probabilities.")
    if answer["likelihoods_left_out"]:
        lines.append(
            f"{ANSWERS} holds no log-probabilities, since not every prompt has them; "
            f"those that came stand in {TRANSCRIPT}."
        )
    lines += [f"Received {row['name']} as an exhibit ({row['sha256'][:12]}…)." for row in answer["exhibits"]]
    return "\n".join(lines)
