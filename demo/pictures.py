"""Documents that come as pictures: a scanned letter, a faxed delivery note, an image of a web page."""

import textwrap
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

DPI = 200
A4 = (1654, 2339)
FONTS = Path("/usr/share/fonts/truetype/noto")
STATUS_ROWS = (
    ("sgp-1 (Jurong)", "Operational", "weights resident: Singapore", "31 ms"),
    ("uk-lon-1 (London)", "Operational", "weights resident: London", "12 ms"),
    ("fra-1 (Frankfurt)", "Degraded", "gateway only", "64 ms"),
    ("ngb-1 (Ningbo)", "Operational", "weights resident: Ningbo", "18 ms"),
)


def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"Noto{name}.ttf", size)


def _as_scanned(page: Image.Image, degrees: float, seed: int) -> Image.Image:
    """Returns the page a little turned, unevenly lit and grainy, in 16 greys."""
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255).filter(
        ImageFilter.GaussianBlur(0.7)
    )
    rng = np.random.default_rng(seed)
    height, width = A4[1], A4[0]
    light = np.linspace(0, -14, width)[None, :] + np.linspace(-4, 2, height)[:, None]
    grain = rng.normal(0, 5.5, (height, width))
    grey = np.clip(np.asarray(turned, float) * 0.86 + 26 + light + grain, 0, 255)
    specks = rng.integers(0, [[height], [width]], (2, 260))
    grey[specks[0], specks[1]] = 70
    return Image.fromarray((grey // 16 * 17).astype(np.uint8))


def _signature(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.text((x, y), "D. Hallworth", font=_font("Serif-Italic", 54), fill=55)
    wave = [(x + 6 * i, y + 84 + round(9 * np.sin(i / 2.1))) for i in range(60)]
    draw.line(wave, fill=70, width=4)


def write_scanned_letter(source: Path, out: Path) -> None:
    """``out`` holds the letter in ``source`` as a grey scan at 200 dots an inch, without a text layer."""
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    letterhead, *address = source.read_text("utf-8").split("\n")
    draw.text((200, 170), letterhead, font=_font("Serif-Bold", 44), fill=25)
    draw.line((200, 235, 1454, 235), fill=60, width=3)
    y, font = 255, _font("Serif-Regular", 29)
    for line in address:
        bold = line.startswith("Aurelia Laboratories Limited:")
        for part in textwrap.wrap(line, 78) or [""]:
            draw.text((200, y), part, font=_font("Serif-Bold", 29) if bold else font, fill=30)
            y += 43 if part else 25
        if line == "Yours faithfully":
            _signature(draw, 205, y + 4)
    draw.rectangle((1130, 380, 1440, 520), outline=90, width=4)
    draw.text((1160, 395), "RECEIVED", font=_font("Sans-Bold", 46), fill=90)
    draw.text((1182, 455), "22 JUL 2026", font=_font("Sans-Regular", 34), fill=90)
    _as_scanned(page, 0.7, 20).convert("P", palette=Image.Palette.ADAPTIVE, colors=16).save(
        out, dpi=(DPI, DPI), optimize=True
    )


def _fax_page(number: int, lines: tuple[tuple[str, str], ...]) -> Image.Image:
    page = Image.new("L", A4, 255)
    draw = ImageDraw.Draw(page)
    top = f"18-NOV-2025 16:52   FROM: STRAITS ANCHOR TUAS   TO: +65 6555 0142   PAGE {number:02d} OF 02"
    draw.text((90, 40), top, font=_font("Sans-Regular", 27), fill=0)
    y = 190
    for style, text in lines:
        if style == "rule":
            draw.line((150, y + 12, 1504, y + 12), fill=0, width=3)
            y += 40
            continue
        if style == "row":
            for x, cell in zip((150, 300, 1000, 1210), text.split("|"), strict=True):
                draw.text((x, y), cell, font=_font("Sans-Regular", 29), fill=0)
        else:
            sizes = {"big": ("Sans-Bold", 50), "bold": ("Sans-Bold", 31), "hand": ("Serif-Italic", 44)}
            draw.text((150, y), text, font=_font(*sizes.get(style, ("Sans-Regular", 30))), fill=0)
        y += {"big": 90, "hand": 72}.get(style, 52)
    return page.rotate(-0.25, Image.Resampling.BICUBIC, fillcolor=255).point(
        lambda v: 255 if v > 140 else 0, "1"
    )


def write_delivery_note(source: Path, out: Path) -> None:
    """``out`` holds the two faxed pages in ``source`` as one black-and-white TIFF (CCITT group 4)."""
    texts = source.read_text("utf-8").split("\n===\n")
    pages = [
        _fax_page(n, tuple((line.partition("~")[0], line.partition("~")[2]) for line in text.splitlines()))
        for n, text in enumerate(texts, 1)
    ]
    pages[0].save(out, save_all=True, append_images=pages[1:], compression="group4", dpi=(DPI, DPI))


def write_status_page(out: Path) -> None:
    """``out`` holds the image of the status page as it stood at 09:14 on 5 October 2026."""
    page = Image.new("RGB", (1600, 1000), "#f4f6f9")
    draw = ImageDraw.Draw(page)
    draw.rectangle((0, 0, 1600, 64), fill="#dfe3e8")
    draw.rounded_rectangle((170, 12, 1430, 52), 18, fill="white")
    draw.text(
        (195, 16), "https://status.baiyuncloud.example/regions", font=_font("Sans-Regular", 24), fill="#333"
    )
    for x, colour in ((30, "#e0605a"), (65, "#e0b04a"), (100, "#62b25b")):
        draw.ellipse((x, 22, x + 22, 44), fill=colour)
    draw.rectangle((0, 64, 1600, 190), fill="#17304f")
    draw.text((80, 84), "Baiyun Cloud  |  Service status", font=_font("Sans-Bold", 40), fill="white")
    draw.text((80, 138), "Songtao-Instruct 2.5: regions", font=_font("Sans-Regular", 27), fill="#c9d6e6")
    draw.text(
        (80, 225),
        "Last refreshed: Monday 5 October 2026, 09:14 BST",
        font=_font("Sans-Regular", 26),
        fill="#444",
    )
    for row, (region, state, note, delay) in enumerate(STATUS_ROWS):
        y = 290 + row * 140
        draw.rounded_rectangle((80, y, 1520, y + 116), 12, fill="white", outline="#ccd3db", width=2)
        colour = "#2f8f4e" if state == "Operational" else "#b9770e"
        draw.ellipse((110, y + 44, 138, y + 72), fill=colour)
        draw.text((165, y + 34), region, font=_font("Sans-Bold", 33), fill="#14202e")
        draw.text((590, y + 36), state, font=_font("Sans-Regular", 30), fill=colour)
        draw.text((850, y + 36), note, font=_font("Sans-Regular", 30), fill="#14202e")
        draw.text((1400, y + 36), delay, font=_font("Sans-Regular", 30), fill="#444")
    draw.text(
        (80, 890),
        "Incidents in the last 30 days: 2. Uptime of uk-lon-1: 99.93%.",
        font=_font("Sans-Regular", 26),
        fill="#444",
    )
    page.save(out, quality=88, dpi=(96, 96))
