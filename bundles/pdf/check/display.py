"""From a page's own space to what is shown, fast enough to be asked for every letter."""

from bundles.pdf.geometry import View


class Display:
    """Maps points and boxes of one page to where they are shown, in points from the bottom left."""

    def __init__(self, view: View) -> None:
        self.width, self.height = view.width, view.height
        a, b, c, d, self._e, self._f = view.matrix
        determinant = a * d - b * c
        self._a, self._b = d / determinant, -c / determinant
        self._c, self._d = -b / determinant, a / determinant

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where the user-space point is shown."""
        x, y = x - self._e, y - self._f
        return self._a * x + self._b * y, self._c * x + self._d * y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The shown left, bottom, right and top of the user-space box."""
        u0, v0 = self.point(x0, y0)
        u1, v1 = self.point(x1, y1)
        return min(u0, u1), min(v0, v1), max(u0, u1), max(v0, v1)
