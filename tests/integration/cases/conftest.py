"""One small matter with every kind of member, made through the real actions."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from accounts.models import User
from cases.actions import filings, matters
from cases.kinds import FilingKind
from cases.models import Case, Filing, Membership, Party
from tests import factories

LONDON = ZoneInfo("Europe/London")


def london(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@dataclass(frozen=True)
class World:
    case: Case
    claimant: Party
    defendant: Party
    abroad: Party
    owner: User
    editor: User
    reader: User
    expert: User
    stranger: User

    def address(self, rest: str) -> str:
        return f"/matters/{self.case.pk}/{rest}"

    def api(self, rest: str = "") -> str:
        return f"/api/matters/{self.case.pk}/{rest}"

    def filing(
        self, kind: FilingKind = FilingKind.PARTICULARS_OF_CLAIM, title: str = "Particulars"
    ) -> Filing:
        return filings.log_filing(
            by=factories.ACTOR, case=self.case, kind=kind, title=title, party=self.claimant
        )


@pytest.fixture
def world(db: None) -> World:
    owner = factories.a_user("owner@example.org", "Olive Owner")
    case = factories.a_case(owner)
    return World(
        case=case,
        claimant=factories.a_party(case),
        defendant=_defendant(case, "Baiyun Cloud (UK) Limited", Party.Place.ENGLAND_AND_WALES),
        abroad=_defendant(case, "Baiyun Cloud Technology Co., Ltd", Party.Place.CHINA),
        owner=owner,
        editor=factories.a_member(case, Membership.Role.EDITOR, "editor@example.org"),
        reader=factories.a_member(case, Membership.Role.READER, "reader@example.org"),
        expert=factories.a_member(case, Membership.Role.EXPERT, "expert@example.org"),
        stranger=factories.a_user("stranger@example.org", "Sam Stranger"),
    )


def _defendant(case: Case, name: str, place: Party.Place) -> Party:
    return matters.add_party(
        by=factories.ACTOR, case=case, name=name, role=Party.Role.DEFENDANT, place_of_service=place
    )
