"""Who may reach what of an exhibit."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cases.kinds import FilingKind
from cases.models import Case
from evidence.actions import exhibits
from evidence.actions.filings import Document, Draft, log
from evidence.models import Exhibit
from tests.factories import ACTOR, a_case, an_exhibit

pytestmark = pytest.mark.django_db
READ = ("exhibit", "original", "pdf")
WRITE = ("describe", "withdraw", "restore", "retry", "unlock", "link")


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def addresses(case: Case, exhibit: Exhibit) -> list[str]:
    ids: list[Any] = [case.pk, exhibit.pk]
    pages = [reverse(f"evidence:{name}", args=[*ids, 1]) for name in ("page", "image")]
    rooms = [reverse(f"evidence:{name}", args=[case.pk]) for name in ("log", "exhibits", "claims")]
    api = [reverse(f"api:{name}", args=ids) for name in ("exhibit", "exhibit-pages", "exhibit-entities")]
    listing = [reverse("api:exhibits", args=[case.pk]), reverse("api:exhibit-links", args=ids)]
    return [*(reverse(f"evidence:{name}", args=ids) for name in READ), *pages, *rooms, *api, *listing]


def written(case: Case, exhibit: Exhibit) -> list[str]:
    ids = [case.pk, exhibit.pk]
    own = [reverse(f"evidence:{name}", args=ids) for name in (*WRITE, "reading")]
    rooms = [reverse(f"evidence:{name}", args=[case.pk]) for name in ("log", "review", "receive")]
    api = [
        reverse(f"api:{name}", args=ids) for name in ("exhibit-withdraw", "exhibit-restore", "exhibit-links")
    ]
    return [
        *own,
        *rooms,
        *api,
        *(reverse(f"api:{name}", args=[case.pk]) for name in ("exhibits", "log-filing")),
    ]


def test_a_stranger_finds_nothing_and_a_reader_writes_nothing(
    case: Case, browser: Callable[[str], Client]
) -> None:
    exhibit = an_exhibit(case, ready=True)
    stranger, reader = browser("stranger"), browser("reader")
    for address in addresses(case, exhibit):
        assert stranger.get(address).status_code == 404, address
        shown = reader.get(address)
        assert shown.status_code == 200, address
        assert body(shown), address
        assert Client().get(address).status_code in (302, 403), address
    for address in written(case, exhibit):
        assert stranger.post(address).status_code == 404, address
        assert reader.post(address).status_code == 403, address
    assert reader.get(reverse("evidence:review", args=[case.pk])).status_code == 403
    page = reader.get(reverse("evidence:exhibit", args=[case.pk, exhibit.pk])).content.decode()
    assert "Describe it" not in page
    assert "Withdraw it" not in page


def test_an_exhibit_is_not_reached_through_another_matter(owner: Client, case: Case) -> None:
    elsewhere = a_case(case.memberships.get().user, "Another", "IL-2026-000555")
    exhibit = an_exhibit(case)
    for name in READ:
        assert owner.get(reverse(f"evidence:{name}", args=[elsewhere.pk, exhibit.pk])).status_code == 404


def test_an_outside_expert_sees_no_privileged_exhibit(case: Case, browser: Callable[[str], Client]) -> None:
    expert = browser("expert")
    exhibit = an_exhibit(case, b"Advice of counsel on merits.\n", "advice.txt", ready=True)
    twin = an_exhibit(case, b"Advice of counsel on merits.\n", "copy.txt", ready=True)
    exhibits.describe(by=ACTOR, exhibit=exhibit, title="Advice on merits", privilege="legal-advice")
    draft = Draft(FilingKind.LETTER, "Letter", [Document(Exhibit.objects.get(pk=exhibit.pk))])
    log(by=ACTOR, case=case, draft=draft)
    for address in addresses(case, exhibit):
        rooms = address.endswith(("log/", "exhibits/", "claims/"))
        answer = expert.get(address)
        assert answer.status_code == (200 if rooms else 404), address
        assert b"Advice on merits" not in body(answer)
    copy = expert.get(reverse("evidence:exhibit", args=[case.pk, twin.pk])).content
    assert b"Advice on merits" not in copy, "not named as the same file either"


def test_files_are_sent_so_that_no_browser_runs_them(case: Case, owner: Client) -> None:
    page = b"<html><script>alert(1)</script><p>Terms of use</p></html>"
    exhibit = an_exhibit(case, page, "terms.html", ready=True)
    ids = [case.pk, exhibit.pk]
    original = owner.get(reverse("evidence:original", args=ids))
    assert original["Content-Disposition"].startswith("attachment")
    assert original["Content-Type"] == "application/octet-stream"
    assert original["X-Content-Type-Options"] == "nosniff"
    assert b"".join(original) == page
    pdf = owner.get(reverse("evidence:pdf", args=ids))
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("inline")
    assert b"".join(pdf).startswith(b"%PDF-")
    saved = owner.get(reverse("evidence:pdf", args=ids), {"save": "1"})
    assert saved["Content-Disposition"].startswith("attachment")
    assert body(saved).startswith(b"%PDF-")
    image = owner.get(reverse("evidence:image", args=[*ids, 1]))
    assert image["Content-Type"] == "image/webp"
    assert "private" in image["Cache-Control"]
    assert body(image).startswith(b"RIFF")
    again = owner.get(reverse("evidence:image", args=[*ids, 1]), headers={"If-None-Match": image["ETag"]})
    assert again.status_code == 304
