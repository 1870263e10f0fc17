"""A locked PDF and the person who knows its password."""

import io
import logging

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from pikepdf import Name
from rest_framework.test import APIClient

from cases.models import Case, Membership
from core.errors import Conflict, InvalidInput
from evidence import custody, pipeline
from evidence.actions.intake import unlock
from evidence.models import Exhibit, Intake, Rendition
from evidence.storage import store
from ledger.models import Event
from tests.factories import ACTOR, an_exhibit

pytestmark = pytest.mark.django_db

PASSWORD = "Zebra crossing 7 é"


def locked_pdf() -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        pdf.pages[0].Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        pdf.pages[0].Contents = pdf.make_stream(
            b"BT /F1 24 Tf 60 700 Td (Settled on 21 September 2026) Tj ET"
        )
        pdf.attachments["calls.csv"] = b"a,b\n"
        pdf.save(file, encryption=pikepdf.Encryption(owner="owner", user=PASSWORD))
    return file.getvalue()


@pytest.fixture
def locked(case: Case) -> Exhibit:
    exhibit = an_exhibit(case, locked_pdf(), "settlement.pdf")
    pipeline.run(str(exhibit.pk), by=ACTOR)
    return Exhibit.objects.select_related("intake", "case").get(pk=exhibit.pk)


def test_the_password_opens_a_copy_and_is_kept_nowhere(
    locked: Exhibit, owner: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    page = reverse("evidence:exhibit", args=[locked.case_id, locked.pk])
    there = reverse("evidence:unlock", args=[locked.case_id, locked.pk])
    assert there in owner.get(page).content.decode()
    wrong = owner.post(there, {"password": "guess 1234"})
    assert wrong.status_code == 422
    assert "does not open the PDF" in wrong.content.decode()
    assert "guess 1234" not in wrong.content.decode()
    assert owner.post(there, {"password": PASSWORD}).status_code == 302
    pipeline.run(str(locked.pk), by=ACTOR)
    locked.refresh_from_db()
    assert Intake.objects.get(exhibit=locked).state == Intake.State.READY
    assert "Settled on 21 September 2026" in locked.pages.get().text
    assert [child.original_name for child in locked.children.all()] == ["calls.csv"]
    with pytest.raises(pikepdf.PasswordError), pikepdf.open(store().path(locked.sha256)):
        pass
    assert store().verify(locked.sha256)
    kept = Rendition.objects.get(exhibit=locked, kind=Rendition.Kind.UNLOCKED)
    with pikepdf.open(store().path(kept.sha256)) as pdf:
        assert not pdf.is_encrypted
    assert any("unlocked it with its password" in str(told["text"]) for told in custody.of(locked))
    assert there not in owner.get(page).content.decode()
    said = caplog.text + "".join(str(event.read_facts) for event in Event.objects.all())
    said += "".join(path.read_bytes().decode("latin-1") for path in store().root.rglob("*") if path.is_file())
    assert PASSWORD not in said
    assert "Zebra" not in said


def test_it_can_be_unlocked_over_the_api(locked: Exhibit, case: Case) -> None:
    client = APIClient()
    client.force_authenticate(case.memberships.get(role=Membership.Role.OWNER).user)
    there = reverse("api:exhibit-unlock", args=[case.pk, locked.pk])
    assert client.post(there, {"password": "guess"}, format="json").status_code == 400
    answer = client.post(there, {"password": PASSWORD}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "waiting")
    assert PASSWORD not in answer.content.decode()
    assert client.post(there, {"password": PASSWORD}, format="json").status_code == 409


def test_only_a_locked_pdf_is_unlocked(case: Case, locked: Exhibit) -> None:
    with pytest.raises(InvalidInput):
        unlock(by=ACTOR, exhibit=locked, password="")
    letter = an_exhibit(case, b"Dear Sirs", "letter.txt")
    with pytest.raises(Conflict):
        unlock(by=ACTOR, exhibit=letter, password=PASSWORD)
    assert not Rendition.objects.exists()
