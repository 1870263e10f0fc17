"""A comparison is set up, registered, run and read by keyboard alone."""

from playwright.sync_api import Page, expect

from tests.browser.addresses import address
from tests.browser.barriers import barriers
from tests.browser.conftest import sign_in
from tests.browser.keys import Keyboard
from tests.browser.serving import Site

TITLE = "Pilot B against Pilot A, by keyboard"


def choose(keys: Keyboard, page: Page, label: str, word: str) -> None:
    """The word is typed into a list until its entry is chosen."""
    keys.reach(page.get_by_label(label, exact=True))
    page.keyboard.type(word)


def test_from_setting_up_to_the_findings(page: Page, site: Site) -> None:
    keys = Keyboard(page)
    sign_in(page)
    page.wait_for_url("/")
    page.goto(address("comparison:matter", site.values))
    keys.open(page.get_by_role("link", name="Set up a comparison"))
    keys.reach(page.get_by_label("Title"))
    keys.write(TITLE)
    choose(keys, page, "Reference", "Professor Marit Solheim, Pilot A")
    choose(keys, page, "Suspect", "Professor Marit Solheim, Pilot B")
    keys.open(page.get_by_role("button", name="Next: methods and population"))
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    for box in page.locator("input[name=methods]").all():
        if box.is_checked() != (box.get_attribute("value") in ("hashes", "raw-norm")):
            keys.reach(box)
            keys.press("Space")
    choose(keys, page, "Reference population (optional)", "Pilot models")
    keys.reach(page.locator("input[name=stratum]:checked"))
    keys.press("ArrowDown")
    keys.reach(page.locator("summary", has_text="How the service answered"))
    keys.press("Enter")
    expect(page.get_by_label("Temperature of the service")).to_be_visible()
    assert barriers(page) == []
    keys.open(page.get_by_role("button", name="Save the draft"))
    expect(page.get_by_text("independent origins of the stratum")).to_be_visible()
    keys.open(page.get_by_role("button", name="Register the saved draft"))
    expect(page.get_by_text("It is never changed from now on.")).to_be_visible()
    keys.open(page.get_by_role("button", name="Run it"))
    findings = page.get_by_role("link", name="Read the findings")
    expect(findings).to_be_visible(timeout=120_000)
    keys.open(findings)
    expect(page.get_by_role("heading", name="Controls: models whose relation was known")).to_be_visible()
    keys.open(page.get_by_role("link", name="H1: from the weights"))
    expect(page.get_by_role("heading", name="H1 against H3", exact=True)).to_be_visible()
    keys.press("w")
    expect(page.locator("details.why[open]").first).to_be_visible()
    assert barriers(page) == []
