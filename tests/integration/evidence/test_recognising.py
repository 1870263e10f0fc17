"""Scans: read once wherever they arrive, page by page, and flagged where they are hard to read."""

import io
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from cases.models import Case
from evidence import pipeline, selectors
from evidence.models import Exhibit, Intake, Rendition
from tests.factories import ACTOR, a_case, a_user, an_exhibit

pytestmark = pytest.mark.django_db

FACE = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
ADMISSION = "The defendant admitted on 21 September 2026\nthat it had copied the weights of Lumen 2."


def scan(words: str = ADMISSION) -> bytes:
    """Two pages of 150 dots an inch: one clear, one so blurred that few letters can be told."""
    pages = []
    for blur in (0.0, 2.4):
        page = Image.new("L", (900, 400), 255)
        ImageDraw.Draw(page).multiline_text((40, 60), words, 0, ImageFont.truetype(FACE, 22), spacing=20)
        pages.append(page.filter(ImageFilter.GaussianBlur(blur)))
    file = io.BytesIO()
    pages[0].save(file, "TIFF", dpi=(150, 150), save_all=True, append_images=pages[1:])
    return file.getvalue()


def taken_in(case: Case, content: bytes, name: str) -> Exhibit:
    exhibit = an_exhibit(case, content, name)
    pipeline.run(str(exhibit.pk), by=ACTOR)
    return Exhibit.objects.select_related("intake", "case").get(pk=exhibit.pk)


def test_a_scan_is_read_once_page_by_page_and_flagged_where_it_is_hard_to_read(
    case: Case, owner: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = taken_in(case, scan(), "scan.tif")
    assert first.intake.state == Intake.State.READY
    clear, blurred = first.pages.order_by("number")
    assert "copied the weights of Lumen 2" in clear.text
    assert (clear.confidence or 0) >= selectors.LEGIBLE > (blurred.confidence or 100)
    assert selectors.hard_to_read(first) == [2]
    shown = owner.get(reverse("evidence:exhibit", args=[case.pk, first.pk])).content.decode()
    assert "Hard to read" in shown
    assert reverse("evidence:page", args=[case.pk, first.pk, 2]) in shown

    # From here on tesseract is a program that fails: only what is remembered can be given.
    (tmp_path / "tesseract").write_text("#!/bin/sh\nexit 1\n")
    (tmp_path / "tesseract").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    again = taken_in(
        a_case(a_user("other@example.org"), claim_number="IL-2026-000124"), scan(), "the same.tif"
    )
    assert again.intake.state == Intake.State.READY
    kept = Rendition.objects.filter(kind=Rendition.Kind.SEARCHABLE_PDF)
    assert len(kept) == 2
    assert len({rendition.sha256 for rendition in kept}) == 1
    assert selectors.hard_to_read(again) == [2]
    other = taken_in(case, scan("Another letter."), "other.tif")
    assert other.intake.state == Intake.State.NOT_CONVERTED
