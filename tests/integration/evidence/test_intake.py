"""The intake of real files: every one comes to an end that says what it is."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from cases.models import Case
from evidence import pipeline, selectors, steps
from evidence.actions import exhibits
from evidence.models import Entity, Exhibit, Intake, Rendition
from evidence.proposals import propose
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit

pytestmark = pytest.mark.django_db

REFUSED = {
    "badzip.zip": "unsupported",
    "empty.pdf": "empty",
    "invalid.pdf": "broken",
    "password-hunter2.pdf": "encrypted",
    "password_protected.xlsx": "encrypted",
}


def _mail() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "The log"
    message["Date"] = "Mon, 21 Sep 2026 10:00:00 +0100"
    message.set_content("Attached.")
    message.add_attachment("first", filename="one.txt")
    message.add_attachment("second", filename="two.txt")
    return message.as_bytes()


MAIL = _mail()


def keep(case: Case, path: Path) -> Exhibit:
    exhibit = an_exhibit(case, path.read_bytes(), path.name)
    pipeline.run(str(exhibit.pk), by=ACTOR)
    return Exhibit.objects.select_related("intake", "case__court").get(pk=exhibit.pk)


@pytest.mark.parametrize(("name", "reason"), REFUSED.items())
def test_what_cannot_be_converted_says_why(case: Case, shared: Path, name: str, reason: str) -> None:
    exhibit = keep(case, shared / "corpus" / "intake" / name)
    assert (exhibit.intake.state, exhibit.intake.reason) == (Intake.State.NOT_CONVERTED, reason)
    assert exhibit.intake.message
    assert exhibit.intake.remedy
    assert selectors.intake_words(exhibit.intake).startswith("Not converted: ")
    assert not exhibit.renditions.exists()


@pytest.mark.parametrize("name", ["000_8d0c86ee34dc06c3.txt", "001_b84822ee529dbf9c.txt"])
def test_the_two_press_reports_go_through(case: Case, shared: Path, name: str) -> None:
    exhibit = keep(case, shared / "seeds" / name)
    assert exhibit.intake.state == Intake.State.READY
    pages = list(exhibit.pages.all())
    assert pages
    assert all(page.image_sha256 for page in pages)
    assert Entity.objects.filter(page__exhibit=exhibit, kind="model").exists()
    assert propose(exhibit) is not None


def test_attachments_are_children_once_even_when_the_intake_runs_twice(case: Case, tmp_path: Path) -> None:
    mail = an_exhibit(case, MAIL, "log.eml")
    steps.convert_original(steps.Context(mail, ACTOR, tmp_path, lambda done, total: None))
    assert not mail.children.exists(), "killed after the work and before its results were written"
    pipeline.run(str(mail.pk), by=ACTOR)
    pipeline.run(str(mail.pk), by=ACTOR)
    Intake.objects.filter(exhibit=mail).update(state=Intake.State.RUNNING)
    pipeline.run(str(mail.pk), by=ACTOR)
    names = mail.children.order_by("attachment_number").values_list("original_name", flat=True)
    assert list(names) == ["one.txt", "two.txt"]
    assert Rendition.objects.filter(exhibit=mail, kind=Rendition.Kind.PDF).count() == 1
    assert Intake.objects.get(exhibit=mail).state == Intake.State.READY


def test_each_message_of_a_mailbox_is_an_exhibit_with_its_own_attachments(case: Case) -> None:
    box = b"".join(b"From a@example.org Mon Sep 21 10:00:00 2026\n" + MAIL + b"\n" for _ in range(2))
    mailbox = an_exhibit(case, box, "inbox.mbox")
    for _ in range(3):
        for exhibit_id in selectors.unfinished():
            pipeline.run(exhibit_id, by=ACTOR)
    assert not Intake.objects.exclude(state=Intake.State.READY).exists()
    messages = list(mailbox.children.order_by("attachment_number"))
    assert [message.original_name for message in messages] == ["0001 The log.eml", "0002 The log.eml"]
    for message in messages:
        names = message.children.order_by("attachment_number").values_list("original_name", flat=True)
        assert list(names) == ["one.txt", "two.txt"]


def test_an_intake_that_a_fault_stopped_says_so_in_the_ledger(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = an_exhibit(case, MAIL, "log.eml")
    monkeypatch.setattr(pipeline, "MOST_ATTEMPTS", 0)
    pipeline.run(str(mail.pk), by=ACTOR)
    assert Intake.objects.get(exhibit=mail).state == Intake.State.FAILED
    event = Event.objects.get(thing_id=str(mail.pk), verb="could not finish the intake of")
    assert event.read_facts["message"] == "The worker did not survive this file 0 times."


def test_attachments_share_what_their_email_is(case: Case) -> None:
    mail = an_exhibit(case, MAIL, "log.eml")
    exhibits.describe(
        by=ACTOR, exhibit=mail, title="Log", privilege="litigation", confidentiality="confidential"
    )
    pipeline.run(str(mail.pk), by=ACTOR)
    first, second = mail.children.order_by("attachment_number")
    assert {first.privilege, second.privilege} == {"litigation"}
    exhibits.describe(by=ACTOR, exhibit=first, title="One", privilege="none", confidentiality="confidential")
    mail.refresh_from_db()
    exhibits.describe(by=ACTOR, exhibit=mail, title="Log", privilege="legal-advice", confidentiality="open")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.privilege, second.privilege) == ("none", "legal-advice")
    assert (first.confidentiality, second.confidentiality) == ("open", "open")
    mail.refresh_from_db()
    exhibits.withdraw(by=ACTOR, exhibit=mail, because="Sent by mistake")
    assert not selectors.standing(case.exhibits.all()).exists()
    exhibits.restore(by=ACTOR, exhibit=mail)
    assert selectors.standing(case.exhibits.all()).count() == 3
