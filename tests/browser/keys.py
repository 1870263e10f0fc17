"""Somebody who has a keyboard and no mouse, and must see where they are."""

from playwright.sync_api import Locator, Page

# A ring on the element or on what surrounds it, on the screen, and nothing lying over all of it.
SEEN = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here.matches('main')) return '';
  const ring = one => { const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
    return outlined || style.boxShadow !== 'none'; };
  const around = [here, here.parentElement, here.parentElement.parentElement];
  const what = here.outerHTML.slice(0, 160);
  if (!around.some(ring)) return 'no ring: ' + what;
  const box = here.getBoundingClientRect();
  const points = [[.5, .5], [.1, .1], [.9, .9], [.1, .9], [.9, .1]].map(([x, y]) =>
    document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
  return points.some(one => one && (here.contains(one) || one.contains(here))) ? '' : 'hidden: ' + what;
}"""


class Keyboard:
    """Presses keys on one page; every stop on the way must be visible."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        """The keys, one after the other, once the page that they are for listens to them."""
        self.page.wait_for_load_state()
        for key in keys:
            self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        """The text instead of what stands in the field that has the focus."""
        self.press("Control+a")
        self.page.keyboard.type(text)

    def reach(self, wanted: Locator, by: str = "Tab", most: int = 120) -> None:
        """The element has the focus, after pressing Tab as often as it takes."""
        wanted.wait_for()
        for _ in range(most):
            if self.has_focus(wanted):
                return
            self.press(by)
            unseen = self.page.evaluate(SEEN)
            assert unseen == "", unseen
        raise AssertionError(f"{most} times {by} did not reach {wanted}")

    def has_focus(self, wanted: Locator) -> bool:
        """Whether the next key goes to this element."""
        return bool(wanted.evaluate("one => one === document.activeElement"))

    def open(self, wanted: Locator) -> None:
        """The link or button was reached and pressed."""
        self.reach(wanted)
        self.press("Enter")
