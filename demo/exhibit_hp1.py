"""Exhibit HP1: a front page, two landscape pages, a list and a page turned by /Rotate 90."""

import random
from io import BytesIO
from pathlib import Path

import jinja2
import pikepdf
import weasyprint

from demo.court_paper import heading_html

LAYERS, HEADS, MEAN = 36, 32, 98.7
LOWEST, HIGHEST = {2: 97.9}, {21: 99.3}


def layer_means() -> list[float]:
    """Returns the mean correlation of each of the 36 layers, in per cent; their mean is 98.7."""
    rng = random.Random(98)  # noqa: S311 - invented figures, not secrets
    fixed = LOWEST | HIGHEST
    tenths = {layer: round(fixed.get(layer, rng.uniform(98.2, 99.1)) * 10) for layer in range(1, LAYERS + 1)}
    movable = [layer for layer in tenths if layer not in fixed]
    while difference := round(MEAN * 10 * LAYERS) - sum(tenths.values()):
        layer, step = rng.choice(movable), 1 if difference > 0 else -1
        if 982 <= tenths[layer] + step <= 991:
            tenths[layer] += step
    return [tenths[layer] / 10 for layer in sorted(tenths)]


def _chart(means: list[float]) -> str:
    """Returns the bars of the layers as SVG: 130 units to one per cent, from 97%."""
    parts = [
        '<svg viewBox="0 0 890 400" width="25cm" height="11.2cm" font-family="Noto Sans" font-size="10">'
    ]
    for step in range(6):
        y, per_cent = 350 - step * 65, 97 + step / 2
        parts.append(f'<path d="M55 {y} H875" stroke="#bbb"/>')
        parts.append(f'<text x="48" y="{y + 4}" text-anchor="end">{per_cent:.1f}%</text>')
    for layer, mean in enumerate(means, 1):
        height, x = (mean - 97) * 130, 37.5 + layer * 22.5
        parts.append(
            f'<rect x="{x}" y="{350 - height:.1f}" width="16" height="{height:.1f}" fill="#31507d"/>'
        )
        parts.append(f'<text x="{x + 8}" y="366" text-anchor="middle">{layer}</text>')
    line = 350 - (MEAN - 97) * 130
    parts.append(f'<path d="M55 {line:.1f} H875" stroke="#a11" stroke-width="1.5" stroke-dasharray="6 4"/>')
    parts.append('<text x="465" y="390" text-anchor="middle">Layer</text></svg>')
    return "".join(parts)


def _exhibit_html(source: Path, stylesheet: str) -> str:
    means = layer_means()
    third = LAYERS // 3
    layer_rows = [
        [(layer + 1, f"{means[layer]:.1f}") for layer in (row, row + third, row + 2 * third)]
        for row in range(third)
    ]
    # The figures and words are our own, so nothing in the page needs escaping.
    template = jinja2.Template(source.read_text("utf-8"))
    page: str = template.render(
        stylesheet=stylesheet,
        heading=heading_html("Exhibit HP1"),
        heads=f"{LAYERS * HEADS:,}",
        mean=f"{sum(means) / LAYERS:.1f}",
        layer_rows=layer_rows,
        chart=_chart(means),
    )
    return page


def write_exhibit(source: Path, stylesheet: str, out: Path) -> None:
    """``out`` holds the exhibit; page 5 is a portrait sheet that /Rotate 90 shows as landscape."""
    laid_out = BytesIO(weasyprint.HTML(string=_exhibit_html(source, stylesheet)).write_pdf())
    with pikepdf.open(laid_out) as pdf:
        page = pdf.pages[-1]
        width, height = (float(side) for side in page.mediabox[2:])
        page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = pikepdf.Array([0, 0, height, width])
        page.Rotate = 90
        pdf.save(out, deterministic_id=True)
