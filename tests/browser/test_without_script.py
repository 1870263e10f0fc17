"""Each address works in a browser that runs no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.addresses import address
from tests.browser.conftest import Complaints, open_context, sign_in
from tests.browser.documents import amended
from tests.browser.serving import Site


@pytest.fixture
def page(browser: Browser, site: Site, complaints: Complaints) -> Iterator[Page]:
    """A page that runs no script, signed in."""
    context = open_context(browser, site, java_script_enabled=False)
    page = context.new_page()
    complaints.listen(page)
    sign_in(page)
    page.wait_for_url("/")
    expect(page.get_by_role("heading", name="My matters")).to_be_visible()
    yield page
    context.close()


def test_log_a_filing(page: Page, site: Site, tmp_path: Path) -> None:
    page.goto(address("evidence:log", site.values))
    page.locator("input[type=file]").set_input_files(amended(tmp_path))
    page.get_by_role("button", name="Receive and review").click()
    title = page.get_by_label("Title")
    title.fill("Particulars without script")
    page.get_by_label("Kind").select_option("particulars-of-claim")
    save = page.locator("button[data-save]")
    save.click()
    if "review" in page.url:  # what was read meanwhile gave cause to look once more
        expect(title).to_have_value("Particulars without script")
        save.click()
    expect(page.get_by_text(": Particulars without script.")).to_be_visible()
    page.goto(address("cases:docket", site.values))
    expect(page.get_by_role("row", name="Particulars without script")).to_be_visible()


def test_move_an_entry(page: Page, site: Site) -> None:
    page.goto(address("bundles:bundle", site.values))
    section = page.locator(".bundle-section").nth(1)
    entries = section.locator(".item > a")
    before = entries.all_inner_texts()
    section.get_by_role("button", name="Move down:").first.click()
    assert entries.all_inner_texts()[:2] == [before[1], before[0]]
    section.get_by_role("button", name="Move up:").nth(1).click()
    assert entries.all_inner_texts() == before


def test_search_and_open_a_hit(page: Page, site: Site) -> None:
    page.goto(address("cases:docket", site.values))
    page.locator("[data-search]").fill("weights kind:exhibit")
    page.locator("[data-search]").press("Enter")
    page.locator(".found a").first.click()
    expect(page.locator(".page-words mark").first).to_be_visible()
