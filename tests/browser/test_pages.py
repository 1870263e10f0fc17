"""Every page, light on a desk and dark on a phone: no barrier, no sideways scrolling, no frame on paper."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.addresses import address, pages, visitor
from tests.browser.authenticator import code
from tests.browser.barriers import barriers
from tests.browser.conftest import Complaints, open_context, sign_in
from tests.browser.people import OWNER, WITH_FACTOR
from tests.browser.serving import Site

LOOKS: dict[str, dict[str, Any]] = {
    "light-1440": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "dark-390": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
}
FRAME = "header.bar, nav.rail, a.skip, .toasts, .button"
SHOWN = "all => all.filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"


@pytest.fixture(scope="module", params=LOOKS)
def visitors(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[dict[str, Page]]:
    """A window for each visitor: signed out, signed in, signed in with a second factor."""
    contexts = {who: open_context(browser, site, **LOOKS[request.param]) for who in ("", OWNER, WITH_FACTOR)}
    windows = {who: context.new_page() for who, context in contexts.items()}
    for who in (OWNER, WITH_FACTOR):
        page = windows[who]
        sign_in(page, who)
        if who == WITH_FACTOR:
            page.locator("input[name=code]").fill(code())
            page.keyboard.press("Enter")
        page.wait_for_url("/")
    yield windows
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize("name", pages())
def test_page(name: str, visitors: dict[str, Page], site: Site, complaints: Complaints) -> None:
    page = visitors[visitor(name)]
    page.emulate_media(media="screen")
    with complaints.listening(page):
        answer = page.goto(address(name, site.values))
        assert answer is not None
        assert answer.headers["content-type"].startswith("text/html")
        assert ("/account/login/" in page.url) == (name == "account_login"), "sent to sign in"
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "scrolls sideways"
        assert page.locator("h1").count() == 1
        page.emulate_media(media="print")
        assert page.locator(FRAME).evaluate_all(SHOWN) == [], "printed with the page"
