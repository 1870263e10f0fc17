"""A matter with parties, and a browser for each kind of visitor."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cases.models import Case, Membership, Party
from tests.factories import a_case, a_member, a_party, a_user

PARTICULARS = (
    "IN THE HIGH COURT OF JUSTICE\nBUSINESS AND PROPERTY COURTS OF ENGLAND AND WALES\n"
    "INTELLECTUAL PROPERTY LIST (ChD)\nClaim No. {number}\n\nBETWEEN\n\n"
    "AURELIA LABORATORIES LIMITED\nClaimant\nand\nBAIYUN CLOUD TECHNOLOGY CO., LTD\nDefendant\n\n"
    "PARTICULARS OF CLAIM\n\n1. The Claimant trains language models.\n\nDated {day}\n"
)


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> None:
    settings.STORE_ROOT = tmp_path / "store"


@pytest.fixture
def case(db: None) -> Case:
    case = a_case()
    a_party(case)
    a_party(case, "Baiyun Cloud Technology Co., Ltd", Party.Role.DEFENDANT)
    return case


@pytest.fixture
def browser(case: Case) -> Callable[[str], Client]:
    """A signed-in browser: owner, reader, expert, or a stranger with a matter of their own."""

    def signed_in(who: str) -> Client:
        client = Client()
        if who == "owner":
            client.force_login(case.memberships.get(role=Membership.Role.OWNER).user)
        elif who == "stranger":
            client.force_login(a_user("stranger@example.org", "Stranger"))
        else:
            client.force_login(a_member(case, who, f"{who}@example.org"))
        return client

    return signed_in


@pytest.fixture
def owner(browser: Callable[[str], Client]) -> Client:
    return browser("owner")


def particulars(number: str = "IL-2026-000123", day: str = "21 September 2026") -> bytes:
    return PARTICULARS.format(number=number, day=day).encode()
