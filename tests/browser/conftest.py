"""Debian's Chromium against the real site; a complaint of console, policy or server fails the test."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Response,
    expect,
    sync_playwright,
)

from tests.browser import serving
from tests.browser.people import OWNER, PASSWORD
from tests.browser.serving import Site

PATIENCE = 30_000  # milliseconds; a busy machine is slow, not wrong
expect.set_options(timeout=PATIENCE)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--disable-sync",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # A module at a time, as its tests share a site; but each look of all pages is half of the work.
            callspec = getattr(item, "callspec", None)
            look = callspec.params.get("visitors") if callspec else None
            item.add_marker(pytest.mark.xdist_group(look or item.path.stem))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demonstration, prepared once for all test processes; each works on a copy."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (common / "browser.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (common / "prepared" / "values.json").exists():
            shutil.rmtree(common / "prepared", ignore_errors=True)
            serving.prepare(common / "prepared")
    folder = Path(shutil.copytree(common / "prepared", base / "site"))
    with serving.served(folder) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    assert chromium, "Chromium is missing; `setup/install test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS))
        yield browser
        browser.close()


class Complaints(list[str]):
    """What a page complained of so far."""

    def listen(self, page: Page) -> None:
        """The console's errors (the content security policy's too), exceptions and refusals are noted."""
        page.on("console", self._said)
        page.on("pageerror", self._thrown)
        page.on("response", self._answered)

    @contextmanager
    def listening(self, page: Page) -> Iterator[None]:
        """As ``listen``, in a window that other tests use too."""
        self.listen(page)
        try:
            yield
        finally:
            page.remove_listener("console", self._said)
            page.remove_listener("pageerror", self._thrown)
            page.remove_listener("response", self._answered)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.append(f"{message.location}: {message.text}")

    def _thrown(self, error: Error) -> None:
        self.append(str(error))

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.append(f"{response.url} answered {response.status}")

    def asked_for(self, status: int) -> None:
        """The refusal that the test provoked, and what the console says of it, is no complaint."""
        refusals = [one for one in self if one.endswith(f"answered {status}") or f"status of {status}" in one]
        assert refusals, f"nothing was answered {status}"
        self[:] = [one for one in self if one not in refusals]


@pytest.fixture
def complaints() -> Iterator[Complaints]:
    complaints = Complaints()
    yield complaints
    assert complaints == []


def open_context(browser: Browser, site: Site, **looks: object) -> BrowserContext:
    """A fresh browser profile at the site."""
    context = browser.new_context(base_url=site.root, locale="en-GB", **looks)  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE)
    return context


def sign_in(page: Page, email: str = OWNER) -> None:
    """The password is given; whoever has a second factor still owes the code."""
    page.goto("/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").press("Enter")


@pytest.fixture
def page(browser: Browser, site: Site, complaints: Complaints) -> Iterator[Page]:
    """A page in a profile of its own, signed out."""
    context = open_context(browser, site)
    page = context.new_page()
    complaints.listen(page)
    yield page
    context.close()
