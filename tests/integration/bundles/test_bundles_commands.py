"""``build_bundle`` for a matter: whose exhibits and bundles it reaches."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from bundles import actions
from cases.models import Membership
from core.errors import NotAllowed, NotFound
from evidence.actions import exhibits
from evidence.models import Exhibit
from ledger.models import Event
from tests.factories import ACTOR, a_case, a_member, a_user, an_exhibit
from tests.integration.bundles.conftest import PARTICULARS

SPEC = """
[bundle]
title = "Hearing bundle"
case = "Aurelia v Baiyun"
claim_number = "IL-2026-000123"
[[section]]
title = "A. Documents"
[[section.entry]]
exhibit = "HP1"
"""


@pytest.fixture
def marked(db: None) -> Exhibit:
    exhibit = an_exhibit(a_case(), PARTICULARS.read_bytes(), PARTICULARS.name, ready=True)
    exhibits.describe(by=ACTOR, exhibit=exhibit, title="Particulars", mark="HP1")
    return exhibit


@pytest.fixture
def by_mark(tmp_path: Path) -> Path:
    spec = tmp_path / "spec.toml"
    spec.write_text(SPEC)
    return spec


def test_an_exhibit_named_by_its_mark_comes_from_the_matter(
    marked: Exhibit, by_mark: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("build_bundle", by_mark, out=tmp_path / "out.pdf", json=True)
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["title"], entry["sha256"], entry["status"]) == ("Particulars", marked.sha256, "included")


def test_an_exhibit_is_for_those_only_who_may_know_of_it(
    marked: Exhibit, by_mark: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    expert = a_member(marked.case, Membership.Role.EXPERT, "expert@example.org")
    stranger = a_user("stranger@example.org")
    for email in (stranger.email, "nobody@example.org"):
        with pytest.raises(NotFound, match="There is no matter"):
            call_command("build_bundle", by_mark, out=out, email=email)
    call_command("build_bundle", by_mark, out=out, email=expert.email)
    out.unlink()
    exhibits.describe(
        by=ACTOR, exhibit=marked, title="Particulars", mark="HP1", privilege=Exhibit.Privilege.LITIGATION
    )
    with pytest.raises(NotFound, match="no exhibit marked HP1"):
        call_command("build_bundle", by_mark, out=out, email=expert.email)
    assert not out.exists()


def test_a_matters_bundle_is_built_as_the_member_named(marked: Exhibit, tmp_path: Path) -> None:
    case, out = marked.case, tmp_path / "out.pdf"
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Letters"])
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[marked])
    named = {"case": case.claim_number, "bundle": bundle.title, "out": out}
    for email, refusal in (
        (a_user("stranger@example.org").email, NotFound),
        (a_member(case).email, NotAllowed),
    ):
        with pytest.raises(refusal):
            call_command("build_bundle", **named, email=email)
    assert not bundle.builds.exists()
    owner = case.memberships.get(role=Membership.Role.OWNER).user
    call_command("build_bundle", **named, email=owner.email.upper())
    assert out.exists()
    assert bundle.builds.get().asked_by_id == owner.pk
    told = Event.objects.filter(chain__key=case.chain, origin="command", actor_user_id=owner.pk)
    assert [event.verb for event in told.order_by("pk")] == ["asked for a build of", "built"]
