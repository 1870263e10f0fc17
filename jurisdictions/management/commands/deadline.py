"""``manage.py deadline``: when something is due under a rule, with every step of the count."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.management.base import BaseCommand

from core.errors import InvalidInput
from jurisdictions.courts import court_rules
from jurisdictions.deadlines import Computation, compute


def read_trigger(text: str) -> date | datetime:
    """A date or, with a time of day, a moment; without a zone it is the court's local time."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(
            f"{text!r} is no date.",
            remedy="Write it as 2026-10-06, or as 2026-10-06T16:42 with its time.",
            field="trigger",
        ) from None


def read_facts(pairs: Sequence[str]) -> dict[str, str]:
    """``name=value`` pairs as a mapping."""
    facts = dict(pair.partition("=")[::2] for pair in pairs)
    if bad := [pair for pair in pairs if "=" not in pair or pair.startswith("=")]:
        raise InvalidInput(f"{bad[0]!r} is no fact.", remedy="Write it as acknowledged=yes.", field="fact")
    return facts


class Command(BaseCommand):
    help = "Say when something is due under a rule, with every step of the count. Needs no database."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The rule, what set it running, and what it depends on."""
        parser.add_argument("rule", help="id of the rule, such as EW-RESP-6")
        parser.add_argument("--trigger", required=True, metavar="DATE[THH:MM]", help="the event")
        parser.add_argument("--court", default="ew-hc-ipl", help="code of the court (default %(default)s)")
        parser.add_argument("--method", help="how the document was served; the trigger is then the act")
        parser.add_argument("--fact", action="append", default=[], metavar="NAME=VALUE", dest="facts")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The due date is printed with its working and its warnings."""
        court = court_rules(options["court"])
        answer = compute(
            court.pack.rule(options["rule"]),
            read_trigger(options["trigger"]),
            calendar=court.calendar,
            method=options["method"],
            facts=read_facts(options["facts"]),
        )
        if options["json"]:
            self.stdout.write(json.dumps(answer.as_json(), indent=2, ensure_ascii=False))
        else:
            self._in_words(answer)

    def _in_words(self, answer: Computation) -> None:
        by = f", by {answer.time}" if answer.time else ""
        self.stdout.write(f"Due {answer.due:%A %-d %B %Y}{by}")
        checked = "verified" if answer.verified else "not verified"
        self.stdout.write(f"{answer.rule_id}, {answer.source}, version {answer.version}, {checked}")
        for step in answer.working:
            self.stdout.write(f"  {step.date:%a %-d %b %Y}  {step.step}: {step.why} ({step.source})")
        for warning in answer.warnings:
            self.stderr.write(f"Check: {warning}")
