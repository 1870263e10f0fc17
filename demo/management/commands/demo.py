"""``manage.py demo``: the demonstration dispute, worked through to its hearing bundle."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from authorities import actions as authority_actions
from bundles.models import Version
from cases.models import Case
from core.actor import Actor
from demo import bundles, comparisons, load
from evidence import pipeline as intake
from evidence import selectors
from evidence.models import Exhibit
from evidence.storage import store
from jurisdictions import actions as law
from search import actions as search_actions

JUDGMENTS = settings.BASE_DIR.parent / "shared" / "corpus" / "judgments"


class Command(BaseCommand):
    help = "Load the demonstration dispute, run its intake, build its bundle and say where it is."

    def handle(self, *args: Any, **options: Any) -> None:
        """The demonstration is ready to be looked at; what is done already is not done again."""
        call_command("migrate", verbosity=0)
        law.load()
        by = Actor(label="Demonstration", origin="command")
        password = _password()
        case = load.find()
        if case is None:
            self.stdout.write("Loading the dispute")
            case = load.load(by=by, password=password)
            self.stdout.write("Running the expert's pilot comparison")
            comparisons.run_pilot(case, by)
        self._authorities(by)
        self._intake(by)
        search_actions.drain()
        version = _delivered(case) or self._build(case, by)
        self._tell(version, password)

    def _authorities(self, by: Actor) -> None:
        authority_actions.load_summaries(by=by)
        if JUDGMENTS.is_dir():
            for path in sorted(JUDGMENTS.glob("*.xml")):
                authority_actions.import_judgment(by=by, path=path)

    def _intake(self, by: Actor) -> None:
        while waiting := list(selectors.unfinished()):
            for number, exhibit_id in enumerate(waiting, start=1):
                exhibit = Exhibit.objects.get(pk=exhibit_id)
                self.stdout.write(f"Intake {number} of {len(waiting)}: {exhibit.title}")
                intake.run(exhibit_id, by=by)

    def _build(self, case: Case, by: Actor) -> Version:
        self.stdout.write("Building the bundles")
        return bundles.build_all(case, by)

    def _tell(self, version: Version, password: str) -> None:
        out = settings.VAR / "demo" / version.file_name
        if not out.exists():
            out.parent.mkdir(parents=True, exist_ok=True)
            with store().open(version.sha256) as built:
                out.write_bytes(built.read())
        rules = version.report["check"]["rules"]
        passed = [rule["id"] for rule in rules if rule["status"] == "pass"]
        other = [f"{rule['id']} {rule['status']}" for rule in rules if rule["status"] != "pass"]
        verdict = "passes" if version.passed else "FAILS"
        self.stdout.write(f"Bundle:   {out}")
        self.stdout.write(f"Pages:    {version.pages}")
        self.stdout.write(
            f"Checker:  {verdict} {version.report.get('profile', 'ew-2021')}: {', '.join(passed)} pass"
        )
        if other:
            self.stdout.write(f"          {'; '.join(other)}")
        self.stdout.write("Sign in:  http://127.0.0.1:8000/ as paralegal@assize.example")
        self.stdout.write(f"Password: {password}")


def _delivered(case: Case) -> Version | None:
    """The hearing bundle that was delivered."""
    return Version.objects.filter(bundle__case=case, deliveries__isnull=False).order_by("pk").first()


def _password() -> str:
    """The demonstration's password: made on the first run, kept where only this user can read it."""
    path: Path = settings.KEYS_ROOT / "demonstration-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text()
