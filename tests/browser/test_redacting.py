"""A rectangle is drawn by mouse and by keyboard, marked, and the copy without it made by the worker."""

from playwright.sync_api import Page, expect

from tests.browser.addresses import address
from tests.browser.conftest import sign_in
from tests.browser.serving import Site

COPY_SECONDS = 90


def edges(page: Page) -> list[float]:
    names = ("left", "top", "right", "bottom")
    return [float(page.locator(f"input[name={name}]").input_value()) for name in names]


def test_draw_a_rectangle_and_make_the_copy(page: Page, site: Site) -> None:
    sign_in(page)
    page.wait_for_url("/")
    page.goto(address("bundles:redactions", site.values | {"exhibit_id": site.values["unfiled"]}))
    sheet = page.locator("[data-redact] svg").bounding_box()
    assert sheet
    at = [
        (sheet["x"] + sheet["width"] * x, sheet["y"] + sheet["height"] * y)
        for x, y in ((0.1, 0.05), (0.6, 0.1))
    ]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=3)
    page.mouse.up()
    drawn = edges(page)
    assert [round(edge) for edge in drawn] == [10, 5, 60, 10]
    expect(page.locator("rect.drawn")).to_be_focused()
    for key in ("ArrowRight", "Shift+ArrowDown", "Control+ArrowLeft"):
        page.keyboard.press(key)
    moved = [round(after - before, 1) for after, before in zip(edges(page), drawn, strict=True)]
    assert moved == [0.9, 0.0, 0.9, 1.0]
    page.keyboard.press("Enter")
    expect(page.locator(".rectangles li.marked")).to_have_count(1)
    page.get_by_role("button", name="Make the redacted copy").press("Enter")
    expect(page.get_by_role("heading", name="Made and verified")).to_be_visible(timeout=COPY_SECONDS * 1000)
