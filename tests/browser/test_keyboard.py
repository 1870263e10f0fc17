"""The whole main job by keyboard alone, from signing in to signing out."""

import logging
import re
import time
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.browser.authenticator import code
from tests.browser.barriers import barriers
from tests.browser.conftest import Complaints
from tests.browser.documents import amended
from tests.browser.keys import Keyboard
from tests.browser.people import PASSWORD, WITH_FACTOR

TITLE = "Particulars of Claim, as amended"


def sign_in(page: Page, keys: Keyboard) -> None:
    page.goto("/due/")
    keys.reach(page.locator("input[name=login]"))
    keys.write(WITH_FACTOR)
    keys.press("Tab")
    keys.write(PASSWORD)
    keys.press("Enter")
    keys.reach(page.locator("input[name=code]"))
    assert barriers(page) == []
    keys.write(code())
    keys.press("Enter")
    page.wait_for_url("**/due/")


def read_the_keys(page: Page, keys: Keyboard) -> None:
    dialog = page.get_by_role("dialog", name="Keys of this page")
    keys.press("?")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("Search", exact=True)).to_be_visible()
    assert barriers(page) == []
    keys.press("Escape")
    expect(dialog).to_be_hidden()


def find(page: Page, keys: Keyboard) -> None:
    keys.press("/")
    assert keys.has_focus(page.locator("[data-search]"))
    keys.write('"resident weights" OR weights kind:exhibit')
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()
    keys.press("j", "Enter")
    page.wait_for_url(re.compile(r"/pages/\d+/"))
    expect(page.locator(".page-words mark").first).to_be_visible()
    expect(page.locator(".viewer-page rect").first).to_be_visible()


def go_round(page: Page, keys: Keyboard) -> None:
    for key, heading in (("o", "Aurelia"), ("e", "Exhibits"), ("c", "Claims and evidence"), ("d", "Docket")):
        keys.press("g", key)
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()


def log_a_filing(page: Page, keys: Keyboard, document: Path, complaints: Complaints) -> None:
    """Logs it; ``--log-cli-level INFO`` shows the seconds that the machine took from drop to saved."""
    keys.open(page.get_by_role("link", name="Log a filing"))
    chooser = page.locator("input[type=file]")
    keys.reach(chooser)
    chooser.set_input_files(document)
    keys.reach(page.get_by_role("button", name="Receive and review"))
    dropped = time.monotonic()
    keys.press("Enter")
    page.wait_for_url("**/log/review/**")
    expect(page.locator("[data-reading]")).to_have_count(0, timeout=60_000)
    expect(page.locator(".proposal")).not_to_have_count(0)
    expect(page.get_by_label("Kind")).to_have_value("particulars-of-claim")
    read = time.monotonic() - dropped
    title = page.get_by_label("Title")
    keys.reach(title, by="Shift+Tab")
    keys.write(" ")
    keys.press("Control+Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    complaints.asked_for(422)
    keys.press("Tab", "Enter")
    assert keys.has_focus(page.get_by_label("Title")), "the summary leads to the field"
    keys.write(TITLE)
    pressed = time.monotonic()
    keys.press("Control+Enter")
    expect(page.get_by_text(f": {TITLE}.")).to_be_visible()
    saved = time.monotonic() - pressed
    logging.getLogger(__name__).info("%.1f seconds from drop to saved", read + saved)


def build(page: Page, keys: Keyboard) -> tuple[str, pypdfium2.PdfDocument]:
    """Moves a document, builds the bundle; answers the title that was moved, and the PDF."""
    keys.press("g", "b")
    page.get_by_role("heading", level=1, name="Bundles").wait_for()
    keys.open(page.get_by_role("link", name="Hearing bundle", exact=True).first)
    entries = page.locator(".bundle-section").first.locator(".item > a")
    entries.first.wait_for()
    moved = entries.nth(1).inner_text()
    keys.reach(entries.nth(1))
    with page.expect_response("**/arrange/"):
        keys.press("Alt+ArrowUp")
    expect(page.locator("[data-announce]")).to_contain_text("1 of")
    assert keys.has_focus(entries.first), "the focus stays with what was moved"
    page.reload()
    expect(entries.first).to_have_text(moved)
    keys.open(page.get_by_role("link", name="Build", exact=True).first)
    keys.open(page.get_by_role("button", name="Build the bundle"))
    page.wait_for_url("**/builds/**")
    page.wait_for_url(re.compile(r"/versions/\d+/"), timeout=120_000)
    expect(page.get_by_role("heading", name="Verdict of the checker")).to_be_visible()
    expect(page.locator("table.verdict tbody tr")).not_to_have_count(0)
    keys.reach(page.get_by_role("link", name="Download", exact=True))
    with page.expect_download() as download:
        keys.press("Enter")
    return moved, pypdfium2.PdfDocument(download.value.path())


def sign_out(page: Page, keys: Keyboard) -> None:
    keys.open(page.locator("summary[aria-label^=Account]"))
    keys.open(page.get_by_role("button", name="Sign out"))
    page.wait_for_url("**/login/**")
    page.goto("/due/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_main_job(page: Page, complaints: Complaints, tmp_path: Path) -> None:
    keys = Keyboard(page)
    sign_in(page, keys)
    read_the_keys(page, keys)
    find(page, keys)
    go_round(page, keys)
    log_a_filing(page, keys, amended(tmp_path), complaints)
    keys.press("g", "d")
    expect(page.get_by_role("row", name=TITLE)).to_be_visible()
    keys.press("g", "e")
    expect(page.get_by_role("row", name=TITLE)).to_be_visible()
    moved, pdf = build(page, keys)
    facts = page.locator(".version-facts")
    expect(facts).to_contain_text(f"{len(pdf)}, of which")
    first = next(number for number in range(len(pdf)) if moved in text(pdf, number))
    assert first == 0, "the index names it on page 1"
    assert text(pdf, len(pdf) - 1).strip().endswith(str(len(pdf)))
    sign_out(page, keys)


def text(pdf: pypdfium2.PdfDocument, number: int) -> str:
    return str(pdf[number].get_textpage().get_text_range())


@pytest.fixture
def page(page: Page) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    return page
