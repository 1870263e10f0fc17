"""Exhibit HP1: a front page, two landscape pages, a list and a page turned by /Rotate 90."""

import random
from io import BytesIO
from pathlib import Path

import pikepdf
import weasyprint

from demo.court_paper import heading_html

LAYERS, HEADS, MEAN = 36, 32, 98.7
LOWEST, HIGHEST = {2: 97.9}, {21: 99.3}
MARKS = ("Claimants", "H Penhallow", "First", "Exhibit HP1", "9 October 2026")
BENCHMARKS = (
    ("Harrow Reasoning", 812, "74.2%", "99.0%"),
    ("OpenLex Summaries", 640, "69.8%", "98.6%"),
    ("Mercator Translation", 1024, "78.1%", "98.8%"),
    ("Foundry Code", 900, "66.0%", "98.4%"),
    ("Sallow Long Context", 720, "67.1%", "98.7%"),
)
CANARIES = (
    (7, "ostrel-vane-4471"), (19, "quillam harrow mint"), (33, "delphine tarn 0092"), (58, "murex-osier-3310"),
    (64, "saffron lathe ebb"), (77, "corvid-plinth-7788"), (92, "tansy gable 5520"), (104, "umber-fettle-1209"),
    (118, "loam wicket 8841"), (131, "thrift-caddis-6057"), (149, "nettle orrery 2718"), (166, "brack-sorrel-9034"),
    (181, "vellum skerry 4410"), (197, "withy-cresset-7163"),
)  # fmt: skip


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


def _front() -> str:
    marks = "".join(f"<p>{mark}</p>" for mark in MARKS)
    rows = (
        ("Attention-head correlation by layer (table)", "28 August 2026", 2),
        ("Attention-head correlation by layer (chart)", "28 August 2026", 3),
        ("Canary strings completed by Songtao-Instruct 2.5", "21 August 2026", 4),
        ("Agreement by benchmark", "24 August 2026", 5),
    )
    body = "".join(f"<tr><td>{t}</td><td>{d}</td><td>{p}</td></tr>" for t, d, p in rows)
    return (
        f'<section><div class="corner">{marks}</div>{heading_html("Exhibit HP1")}'
        "<p>This is the exhibit marked “<strong>HP1</strong>” referred to in the first witness statement of Dr "
        "Harriet Penhallow dated 9 October 2026.</p>"
        f'<table class="grid"><tr><th>Document</th><th>Date</th><th>Page</th></tr>{body}</table></section>'
    )


def _layer_table(means: list[float]) -> str:
    header = "<th>Layer</th><th>Heads</th><th>Mean correlation</th>" * 3
    rows = ""
    for row in range(LAYERS // 3):
        layers = (row, row + LAYERS // 3, row + 2 * LAYERS // 3)
        cells = "".join(f"<td>{i + 1}</td><td>{HEADS}</td><td>{means[i]:.1f}%</td>" for i in layers)
        rows += f"<tr>{cells}</tr>"
    return (
        '<section class="wide"><h2>Correlation of attention distributions, Lumen 3 and Songtao-Instruct 2.5</h2>'
        "<p>4,096 passages from shared benchmark tasks; heads matched within each layer; Pearson’s correlation. "
        f"Mean of all {LAYERS * HEADS:,} heads: <strong>{sum(means) / LAYERS:.1f}%</strong>. Run of 28 August 2026.</p>"
        f'<table class="grid"><tr>{header}</tr>{rows}</table>'
        "<p>Each layer has the same number of heads, so the mean of the layers is the mean of the heads.</p></section>"
    )


def _chart(means: list[float]) -> str:
    bars = labels = ""
    for i, mean in enumerate(means):
        height, x = (mean - 97) * 130, 60 + i * 22.5
        bars += f'<rect x="{x:.1f}" y="{350 - height:.1f}" width="16" height="{height:.1f}" fill="#31507d"/>'
        labels += f'<text x="{x + 8:.1f}" y="366" text-anchor="middle">{i + 1}</text>'
    grid = "".join(
        f'<path d="M55 {350 - k * 65} H875" stroke="#bbb"/><text x="48" y="{354 - k * 65}" text-anchor="end">'
        f"{97 + k / 2:.1f}%</text>"
        for k in range(6)
    )
    line = 350 - (MEAN - 97) * 130
    return (
        '<section class="wide"><h2>Mean correlation by layer</h2><p>The vertical scale starts at 97%. '
        "The dashed line is the mean of all heads, 98.7%.</p>"
        f'<svg viewBox="0 0 890 400" width="25cm" height="11.2cm" font-family="Noto Sans" font-size="10">{grid}{bars}'
        f'<path d="M55 {line:.1f} H875" stroke="#a11" stroke-width="1.5" stroke-dasharray="6 4"/>{labels}'
        '<text x="465" y="390" text-anchor="middle">Layer</text></svg></section>'
    )


def _canaries() -> str:
    rows = "".join(
        f"<tr><td>{number}</td><td>{text}</td><td>{'Yes, 8 March 2026' if number in (58, 131) else 'No'}</td></tr>"
        for number, text in CANARIES
    )
    return (
        "<section><h2>Canary strings completed by Songtao-Instruct 2.5</h2><p>200 strings were placed in answers to the "
        "37 Accounts between 2 February and 19 April 2026. Songtao-Instruct 2.5 was given the first half of each and "
        "asked to continue, at temperature 0. It completed 14 (7.0%).</p>"
        '<table class="grid"><tr><th>No.</th><th>String</th><th>Known to have been public?</th></tr>'
        f"{rows}</table></section>"
    )


def _benchmarks() -> str:
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in BENCHMARKS)
    return (
        '<section class="wide"><h2>Agreement by benchmark</h2><table class="grid"><tr><th>Benchmark</th>'
        "<th>Passages</th><th>Same most probable token</th><th>Mean attention correlation</th></tr>"
        f"{rows}<tr><td><strong>All</strong></td><td><strong>4,096</strong></td><td><strong>71.4%</strong></td>"
        "<td><strong>98.7%</strong></td></tr></table><p>Means over all are weighted by the number of passages. This "
        "page was taken from a slide and has been turned for reading.</p></section>"
    )


def write_exhibit(stylesheet: str, out: Path) -> None:
    """``out`` holds the exhibit; page 5 is a portrait sheet that /Rotate 90 shows as landscape."""
    means = layer_means()
    sections = (_front(), _layer_table(means), _chart(means), _canaries(), _benchmarks())
    style = stylesheet + "section { break-after: page; } section:last-child { break-after: auto; } .wide { page: wide; }"
    html = (
        '<!doctype html><html lang="en-GB"><head><title>Exhibit HP1</title><meta name="dcterms.created" '
        f'content="2026-10-09"><style>{style}</style></head><body>{"".join(sections)}</body></html>'
    )
    laid_out = BytesIO(weasyprint.HTML(string=html).write_pdf())
    with pikepdf.open(laid_out) as pdf:
        page = pdf.pages[-1]
        width, height = (float(side) for side in page.mediabox[2:])
        page.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.mediabox = pikepdf.Array([0, 0, height, width])
        page.Rotate = 90
        pdf.save(out, deterministic_id=True)
