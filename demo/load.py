"""The demonstration dispute, from ``dispute.toml`` and ``documents/`` through the actions everybody uses."""

import json
import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import User
from bundles import actions as bundle_actions
from cases.actions import due_dates, filings, matters
from cases.kinds import FilingKind
from cases.models import Case, Claim, DueDate, Filing, Party
from comparison import actions as comparison_actions
from comparison.models import ModelArtefact
from comparison.weights.manifest import Manifest
from comparison.weights.reading import read_manifest
from core import clock
from core.actor import Actor
from evidence.actions import exhibits, links
from evidence.files.store import read_chunks
from evidence.models import Exhibit
from jurisdictions.models import CauseOfAction, Court

FOLDER = Path(__file__).parent
DOCUMENTS = FOLDER / "documents"
SIDES = ("claimant", "defendant")

Row = dict[str, Any]


def dispute() -> Row:
    """The dispute as written in ``dispute.toml``."""
    return tomllib.loads((FOLDER / "dispute.toml").read_text(encoding="utf-8"))


def find() -> Case | None:
    """The demonstration matter, when it has been loaded."""
    matter = dispute()["matter"]
    return Case.objects.filter(title=matter["title"], claim_number=matter["claim_number"]).first()


@transaction.atomic
def load(*, by: Actor, password: str) -> Case:
    """The whole dispute stands in the database, or nothing of it; the exhibits' intake waits.

    Args:
        by: under whose name it is recorded.
        password: of the four people who can sign in to it.
    """
    return _Loading(by, dispute()).run(password)


def _manifest(name: str) -> Manifest:
    return read_manifest(json.loads((FOLDER / "models" / name).read_text(encoding="utf-8")))


class _Loading:
    """One loading, with what later rows refer to by key or file name."""

    def __init__(self, by: Actor, rows: Row) -> None:
        self.by, self.rows = by, rows
        self.parties: dict[str, Party] = {}
        self.claims: dict[int, Claim] = {}
        self.exhibits: dict[str, Exhibit] = {}
        self.filings: dict[str, Filing] = {}
        self.models: dict[str, ModelArtefact] = {}

    def run(self, password: str) -> Case:
        self.case = self._open(password)
        each = {
            "party": self._party,
            "claim": self._claim,
            "relation": lambda row: matters.relate(by=self.by, case=self.case, **row),
            "hearing": lambda row: matters.list_hearing(by=self.by, case=self.case, **row),
            "document": self._document,
            "application": self._application,
            "position": self._positions,
            "link": self._link,
            "due": self._due,
            "met": self._met,
            "model": self._model,
            "comparison": self._comparison,
        }
        for table, add in each.items():
            for row in self.rows[table]:
                add(row)
        self._bundle(self.rows["bundle"])
        return self.case

    def _open(self, password: str) -> Case:
        people = {row["email"]: self._person(row, password) for row in self.rows["member"]}
        owner, *others = self.rows["member"]
        matter = self.rows["matter"]
        case = matters.open_case(
            by=self.by,
            title=matter["title"],
            court=Court.objects.get(pk=matter["court"]),
            claim_number=matter["claim_number"],
            owner=people[owner["email"]],
        )
        for row in others:
            matters.add_member(by=self.by, case=case, user=people[row["email"]], role=row["role"])
        return case

    def _person(self, row: Row, password: str) -> User:
        known = User.objects.filter(email=row["email"]).first()
        return known or User.objects.create_user(row["email"], password, name=row["name"])

    def _party(self, row: Row) -> None:
        fields = (
            "name",
            "role",
            "aliases",
            "representation",
            "address_for_service",
            "place_of_service",
        )
        self.parties[row["key"]] = matters.add_party(
            by=self.by, case=self.case, **{field: row[field] for field in fields}
        )

    def _claim(self, row: Row) -> None:
        self.claims[row["number"]] = matters.add_claim(
            by=self.by,
            case=self.case,
            cause=CauseOfAction.objects.get(pk=row["cause"]),
            claimants=[self.parties[key] for key in row["claimants"]],
            defendants=[self.parties[key] for key in row["defendants"]],
            is_counterclaim=row["is_counterclaim"],
            in_the_alternative=row["in_the_alternative"],
            governing_law=row["governing_law"],
            relief=row["relief"],
        )

    def _document(self, row: Row) -> None:
        path = DOCUMENTS / row["file"]
        exhibit = exhibits.receive(
            by=self.by, case=self.case, content=read_chunks(path), name=path.name, title=row["title"]
        )
        optional = ("mark", "dated", "custodian", "collected_how", "collected_on", "confidentiality")
        exhibits.describe(
            by=self.by,
            exhibit=exhibit,
            title=row["title"],
            produced_by=self.parties.get(row.get("party", "")),
            **{field: row[field] for field in optional if field in row},
        )
        self.exhibits[path.name] = exhibit
        if "kind" in row:
            self._filing(row, exhibit)

    def _filing(self, row: Row, exhibit: Exhibit) -> None:
        filing = filings.log_filing(
            by=self.by,
            case=self.case,
            kind=FilingKind(row["kind"]),
            title=row["title"],
            party=self.parties.get(row.get("party", "")),
            dated=row["dated"],
            prepared_at=row.get("prepared_at"),
        )
        self.filings[row["file"]] = filing
        exhibits.attach_to_filing(by=self.by, exhibit=exhibit, filing=filing)
        happened: list[tuple[str, Callable[[datetime], object]]] = [
            (
                "submitted_at",
                lambda at: filings.submit(by=self.by, filing=filing, at=at, method=row["submitted_by"]),
            ),
            ("accepted_at", lambda at: filings.accept(by=self.by, filing=filing, at=at)),
            (
                "served_at",
                lambda at: filings.serve(by=self.by, filing=filing, at=at, method=row["served_by"]),
            ),
        ]
        for field, act in happened:
            if field in row and row[field] <= clock.now():
                act(row[field])

    def _application(self, row: Row) -> None:
        matters.note_application(
            by=self.by,
            case=self.case,
            kind=row["kind"],
            title=row["title"],
            applicant=self.parties[row["applicant"]],
            filing=self.filings[row["file"]],
            undertakings=row["undertakings"],
            also_affected=row["also_affected"],
        )

    def _positions(self, row: Row) -> None:
        claim = self.claims[row["claim"]]
        element = claim.cause.elements.get(number=row["element"])
        for side in SIDES:
            matters.take_position(
                by=self.by,
                claim=claim,
                element=element,
                side=side,
                position=row[side],
                note=row.get("note", ""),
            )

    def _link(self, row: Row) -> None:
        claim = self.claims[row["claim"]]
        links.link_to_element(
            by=self.by,
            exhibit=self.exhibits[row["file"]],
            claim=claim,
            element=claim.cause.elements.get(number=row["element"]),
            weight=row["weight"],
            page_number=row["page"],
            note=row.get("note", ""),
        )

    def _due(self, row: Row) -> None:
        due = due_dates.enter(
            by=self.by,
            case=self.case,
            title=row["title"],
            due_on=row["due_on"],
            due_time=row["due_time"],
            source=row["source"],
            party=self.parties[row["party"]],
        )
        if row["done"]:
            due_dates.set_state(by=self.by, due=due, state=DueDate.State.DONE)

    def _met(self, row: Row) -> None:
        open_states = (DueDate.State.PROPOSED, DueDate.State.CONFIRMED)
        for due in self.case.due_dates.filter(rule_id__in=row["rules"], state__in=open_states):
            due_dates.set_state(by=self.by, due=due, state=DueDate.State.DONE)

    def _model(self, row: Row) -> None:
        optional = {field: row[field] for field in ("released_on", "released_precision") if field in row}
        self.models[row["key"]] = comparison_actions.register(
            by=self.by,
            case=self.case,
            vendor=row["vendor"],
            name=row["name"],
            version=row["version"],
            access=row["access"],
            holder=self.parties.get(row.get("holder", "")),
            note=row["note"],
            manifest=_manifest(row["manifest"]) if "manifest" in row else None,
            **optional,
        )

    def _comparison(self, row: Row) -> None:
        reference, suspect = self.models[row["reference"]], self.models[row["suspect"]]
        comparison_actions.compare(by=self.by, reference=reference, suspect=suspect)

    def _bundle(self, row: Row) -> None:
        bundle = bundle_actions.create(
            by=self.by,
            case=self.case,
            title=row["title"],
            hearing=self.case.hearings.get(),
            hearing_date=row["hearing_date"],
            profile=row["profile"],
            on_failure=row["on_failure"],
        )
        for part in row["section"]:
            section = bundle_actions.add_section(by=self.by, bundle=bundle, title=part["title"])
            documents = [self.exhibits[file] for file in part["files"]]
            bundle_actions.add_exhibits(by=self.by, section=section, exhibits=documents)
