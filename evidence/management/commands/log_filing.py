"""``manage.py log_filing``: files become one filing of a matter."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from cases.actions.filings import ON_PARTY
from cases.kinds import FilingKind
from cases.models import Case, Filing, Party
from core.errors import InvalidInput
from evidence.actions.filings import Document, Draft, Sent, log
from evidence.management import taking
from evidence.models import Exhibit
from evidence.proposals import propose
from evidence.reading import Proposal, Proposals


class Command(BaseCommand):
    """What the options do not say is taken from the first file's own text, and said."""

    help = "Log files as one filing; the first is the main document, e-mail attachments follow their e-mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The matter, the files, and what a person already knows of them."""
        taking.add_common(parser)
        parser.add_argument("--kind", choices=[kind.value for kind in FilingKind])
        parser.add_argument("--party", help="name, alias, or role with one party")
        parser.add_argument("--date", type=date.fromisoformat, help="YYYY-MM-DD, as on the document")
        parser.add_argument("--title")
        parser.add_argument("--served", type=datetime.fromisoformat, metavar="DATETIME")
        parser.add_argument("--method", choices=[way.value for way in ON_PARTY], help="how it was served")
        parser.add_argument(
            "--particulars-inside", action="store_true", help="a claim form that contains its particulars"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """The filing stands in the docket with its documents."""
        case, by = taking.where(options["case"], options["email"])
        if bool(options["served"]) != bool(options["method"]):
            raise InvalidInput("When and how it was served belong together.", remedy="Give both or neither.")
        party = _party(case, options["party"])
        received = taking.take(options["files"], by=by, case=case)
        ended = {exhibit.pk: exhibit for exhibit in taking.finish(received, by=by)}
        documents = [ended[exhibit.pk] for exhibit in received]
        proposals = propose(documents[0])
        used = _used(proposals, options)
        filing = log(by=by, case=case, draft=_draft(case, documents, proposals, options, party))
        self._tell(case, filing, list(ended.values()), used, options["json"])

    def _tell(
        self, case: Case, filing: Filing, documents: list[Exhibit], used: dict[str, Any], as_json: bool
    ) -> None:
        if as_json:
            answer = {
                "case": str(case.pk),
                "filing": {
                    "id": str(filing.pk),
                    "number": filing.number,
                    "kind": filing.kind,
                    "title": filing.title,
                    "party": filing.party.name if filing.party else None,
                    "dated": filing.dated.isoformat() if filing.dated else None,
                    "served_at": filing.served_at.isoformat() if filing.served_at else None,
                    "served_by": filing.served_by or None,
                },
                "proposals": used,
                "exhibits": [taking.as_json(exhibit) for exhibit in documents],
            }
            self.stdout.write(json.dumps(answer, indent=2))
            return
        self.stdout.write(f"number {filing.number}: {filing.get_kind_display()}, {filing.title}")
        for name, proposal in used.items():
            self.stdout.write(f"  {name}: {proposal['value']} ({proposal['where']}; {proposal['certainty']})")


def _party(case: Case, name: str | None) -> Party | None:
    if name is None:
        return None
    wanted = name.casefold()
    parties = list(case.parties.all())
    found = [p for p in parties if wanted in (p.name.casefold(), *(alias.casefold() for alias in p.aliases))]
    found = found or [party for party in parties if party.role == wanted]
    if len(found) != 1:
        names = "; ".join(party.name for party in parties)
        raise InvalidInput(f"“{name}” does not name one party of this matter.", remedy=f"It has: {names}.")
    return found[0]


def _used(proposals: Proposals | None, options: dict[str, Any]) -> dict[str, Any]:
    """The proposals that no option overrides, each with where it was read."""
    found = {
        name: getattr(proposals, name)
        for name in ("kind", "party", "date", "title", "claim_number")
        if proposals and options.get(name) is None and getattr(proposals, name)
    }
    return {name: _told(proposal) for name, proposal in found.items()}


def _told(proposal: Proposal[Any]) -> dict[str, Any]:
    where = f"page {proposal.page}, line {proposal.line}" if proposal.page else "the file's name"
    return {
        "value": str(proposal.value),
        "where": where,
        "quote": proposal.quote,
        "why": proposal.why,
        "certainty": proposal.certainty.value,
    }


def _draft(
    case: Case,
    documents: list[Exhibit],
    proposals: Proposals | None,
    options: dict[str, Any],
    party: Party | None,
) -> Draft:
    def read(name: str) -> Any:
        proposal = getattr(proposals, name, None)
        return proposal.value if proposal else None

    kind = options["kind"] or read("kind")
    if kind is None:
        raise InvalidInput(
            f"Nothing says what kind of document {documents[0].original_name} is.",
            remedy="It is received and waits to be filed; review it there, or give --kind next time.",
        )
    served = options["served"]
    if served and served.tzinfo is None:
        served = served.replace(tzinfo=ZoneInfo(case.court.time_zone))
    return Draft(
        kind=FilingKind(kind),
        title=options["title"] or read("title") or documents[0].title,
        documents=[Document(exhibit) for exhibit in documents],
        party=party or case.parties.filter(pk=read("party") or 0).first(),
        dated=options["date"] or read("date"),
        served=Sent(served, options["method"]) if served else None,
        contains_particulars=options["particulars_inside"],
    )
