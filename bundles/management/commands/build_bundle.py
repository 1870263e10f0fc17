"""``manage.py build_bundle``: a bundle from a specification's files, or from a matter."""

import json
import shutil
import time
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from bundles.pdf.build import build
from bundles.pdf.errors import BundleStopped, SpecInvalid
from bundles.pdf.spec import ExhibitFile, read_spec
from bundles.verdict import summary
from cases.management import acting
from core.errors import CheckFailed, InvalidInput, NotConverted, NotFound, Unavailable

MOST = 200
"""Characters of a line of progress."""


class Command(BaseCommand):
    """Builds one bundle and says what became of each document."""

    help = "Build a bundle, from a specification in TOML (no database needed) or from a matter's bundle."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The specification, or the matter and its bundle, and where the PDF goes."""
        parser.add_argument("spec", nargs="?", type=Path, help="the specification, a TOML file")
        parser.add_argument("--case", help="claim number or id of the matter")
        parser.add_argument("--bundle", help="title of the matter's bundle")
        parser.add_argument("--out", type=Path, required=True, help="where the PDF goes")
        parser.add_argument(
            "--privileged-confirmed",
            action="store_true",
            help="the privileged documents in the matter's bundle are meant to be in it",
        )
        acting.add_as(parser)
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *, out: Path, **options: Any) -> None:
        """The PDF stands at ``out``; CheckFailed, after the report is printed, where a rule is not met."""
        spec, case, bundle = options["spec"], options["case"], options["bundle"]
        if bool(spec) == bool(case and bundle):
            raise InvalidInput(
                "Either a specification or a matter's bundle is built.",
                remedy="Give SPEC.toml, or --case and --bundle.",
            )
        if not out.parent.is_dir():
            raise InvalidInput(f"The folder {out.parent} does not exist.", remedy="Create it first.")
        if spec and spec.exists() and out.exists() and spec.samefile(out):
            raise InvalidInput(
                "The bundle would take the place of its specification.", remedy="Choose another name for it."
            )
        try:
            if spec:
                answer = self._from_files(spec, out, options["email"])
            else:
                person = acting.person(options["email"])
                answer = _from_matter(case, bundle, out, person, confirmed=options["privileged_confirmed"])
        except BundleStopped as stopped:
            if options["json"]:
                self.stdout.write(json.dumps(stopped.as_json(), indent=2))
            raise
        except OSError as error:
            raise Unavailable(
                f"The bundle cannot be written to {out.parent}: {error.strerror or error}.",
                remedy="Make room there, or choose a folder that can be written to.",
            ) from error
        self._tell(answer, as_json=options["json"])
        if not answer["check"]["passed"]:
            raise CheckFailed(
                "The bundle was built, but breaks a rule.", remedy=f"manage.py check_bundle {out}"
            )

    def _from_files(self, spec: Path, out: Path, email: str | None) -> dict[str, Any]:
        def progress(done: int, total: int, what: str) -> None:
            self.stderr.write(f"{done}/{total} {what}"[:MOST])

        return build(read_spec(spec, exhibit=_Exhibits(spec, email)), out, progress=progress).as_json()

    def _tell(self, answer: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer, indent=2))
            return
        self.stdout.write(f"{answer['file']}: {answer['pages']} pages, {answer['index_pages']} of them index")
        for entry in answer["entries"]:
            reason = f" ({entry['reason']})" if entry["reason"] else ""
            pages = f"{entry['first_page']}-{entry['last_page']}"
            self.stdout.write(f"{pages:>11}  {entry['status']:11}  {entry['title']}{reason}")
        for file in answer.get("files", ()):
            pages = f"{file['first_page']}-{file['last_page']}"
            self.stdout.write(f"{pages:>11}  {file['kind']:11}  {file['file']} ({file['mib']} MiB)")
        for warning in answer.get("warnings", ()):
            self.stdout.write(warning)
        for one in (answer["references"] or {"open": []})["open"]:
            pages = " or ".join(str(place["page"]) for place in one["candidates"])
            meant = f" It may be page {pages}." if pages else ""
            self.stdout.write(f"Page {one['on_page']}, “{one['words']}”: {one['reason']}{meant}")
        self.stdout.write(summary(answer["check"]).title)


class _Exhibits:
    """Finds exhibits of the matter that the specification names, once one is asked for."""

    def __init__(self, spec: Path, email: str | None) -> None:
        self.spec, self.email = spec, email

    def __call__(self, mark: str) -> ExhibitFile:
        """The file of the exhibit with this mark, where whoever asks may know of it."""
        from bundles import specification
        from evidence import access

        head = tomllib.loads(self.spec.read_text(encoding="utf-8"))["bundle"]
        if not head.get("claim_number"):
            raise SpecInvalid(
                f"{self.spec.name} names exhibit {mark} but not whose it is.",
                remedy='Write claim_number = "..." of its matter in [bundle].',
            )
        person = acting.person(self.email)
        case = acting.matter(head["claim_number"], person)
        known = case.exhibits.all() if person is None else access.in_case(person, case)
        exhibit = known.select_related("intake").filter(mark=mark).first()
        if exhibit is None:
            raise NotFound(f"{case} has no exhibit marked {mark}.", remedy="Check the mark in its exhibits.")
        return specification.exhibit_file(exhibit)


def _from_matter(
    name: str, title: str, out: Path, person: acting.Person, *, confirmed: bool
) -> dict[str, Any]:
    """A new version of the matter's bundle stands, and a copy of its file at ``out``."""
    from bundles import actions, pipeline, selectors
    from bundles.models import Build
    from evidence.storage import store

    by = acting.actor(person, "manage.py build_bundle")
    bundle = selectors.bundle_titled(acting.matter_to_edit(name, person), title)
    asked = actions.ask_for_build(by=by, bundle=bundle, privileged_confirmed=confirmed)
    while True:
        pipeline.run(asked.pk, by=by)
        asked.refresh_from_db()
        if asked.state in (Build.State.BUILT, Build.State.STOPPED):
            break
        time.sleep(0.5)  # a worker took it first
    if asked.state == Build.State.STOPPED:
        raise NotConverted(asked.message, reason="stopped")
    part = out.with_name(f".{out.name}.part")
    shutil.copyfile(store().path(asked.version.sha256), part)
    part.replace(out)
    report = {key: value for key, value in asked.version.report.items() if key != "settings"}
    return {**report, "file": str(out)}
