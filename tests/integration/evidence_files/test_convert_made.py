import base64
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from pikepdf import Name
from PIL import Image

from core.errors import NotConverted
from evidence.files.limits import DEFAULT, Limits
from evidence.files.pageimage import render
from tests.integration.evidence_files.conftest import Convert, Words


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(file, "PNG")
    return file.getvalue()


PNG = png()


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    for name, value in headers.items():
        made[name] = value
    return made


def page_sizes(pdf: Path) -> list[tuple[int, ...]]:
    with pikepdf.open(pdf) as opened:
        return [tuple(round(float(side)) for side in page.mediabox[2:]) for page in opened.pages]


def refusal(convert: Convert, name: str, content: bytes, *, limits: Limits = DEFAULT) -> str:
    with pytest.raises(NotConverted) as refused:
        convert(name, content, limits=limits)
    assert refused.value.remedy
    return refused.value.reason


def test_an_email_shows_its_headers_and_hands_over_what_came_with_it(convert: Convert, words: Words) -> None:
    inner = message(From="eve@example.org", To="bob@example.org", Subject="Weights")
    inner.set_content("The checkpoint is attached.")
    mail = message(
        From="Ann <ann@example.org>",
        To="bob@example.org",
        Subject="Fwd: Weights",
        Date="Tue, 3 Mar 2026 09:15:00 +0000",
    )
    mail.set_content("plain")
    mail.add_alternative(
        '<p>See <b>below</b> <img src="cid:logo"> <img src="https://track.example/x.gif"></p>', subtype="html"
    )
    _, with_picture = mail.iter_parts()
    with_picture.add_related(PNG, "image", "png", cid="<logo>")
    mail.add_attachment(inner)
    mail.add_attachment(b"a,b\n1,2\n", maintype="text", subtype="csv", filename="../../calls.csv")
    conversion = convert("mail.eml", mail.as_bytes())
    text = words(conversion.pdf)
    for shown in (
        "From Ann <ann@example.org>",
        "Subject Fwd: Weights",
        "Date Tue, 03 Mar 2026 09:15:00 +0000",
        "See below",
    ):
        assert shown in text
    assert [each.name for each in conversion.attachments] == ["Weights.eml", "calls.csv"]
    assert conversion.attachments[1].path.read_bytes().split() == [b"a,b", b"1,2"]
    assert b"The checkpoint is attached." in conversion.attachments[0].path.read_bytes()
    assert conversion.notes == (
        "Not loaded, because it is not part of the file: https://track.example/x.gif",
    )
    with pikepdf.open(conversion.pdf) as pdf:
        assert len(pdf.pages[0].Resources.XObject) == 1


def test_a_web_page_reaches_for_nothing(convert: Convert, words: Words, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("privileged advice")
    page = f"""<html><head><style>@import url(http://127.0.0.1:9/a.css);</style>
      <script>document.write('scripted')</script></head><body><h1>Notice</h1>
      <img src="file://{secret}"><img src="http://127.0.0.1:9/b.png"><iframe src="file://{secret}"></iframe>
      <p style="background:url(http://127.0.0.1:9/c.png);color:white">Read this</p></body></html>"""
    conversion = convert("page.html", page.encode())
    text = words(conversion.pdf)
    assert text == "Notice Read this"
    assert sum("Not loaded" in note for note in conversion.notes) == 2


def test_plain_text_wraps_starts_pages_and_keeps_columns(convert: Convert, words: Words) -> None:
    conversion = convert("notes.txt", ("word " * 400 + "\fSecond sheet\n").encode())
    assert words(conversion.pdf).endswith("Second sheet")
    assert len(page_sizes(conversion.pdf)) == 2
    aligned = convert("table.txt", b"Layer     Correlation\n1         0.987\n2         0.954\n")
    with pikepdf.open(aligned.pdf) as pdf:
        fonts = str([font.BaseFont for font in pdf.pages[0].Resources.Font.values()])
    assert "DejaVu" in fonts


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_its_encoding(convert: Convert, words: Words, encoding: str) -> None:
    text = "The claimant’s café in Zürich paid £5,000 – a naïve façade, señor, in the coöperative’s words."
    assert words(convert("x.txt", text.encode(encoding)).pdf) == text


@pytest.mark.usefixtures("without_office")
def test_a_workbook_shows_values_hidden_sheets_and_formulas(convert: Convert, words: Words) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "API calls"
    sheet.append(["Model", "Calls", "Share", "Total"])
    sheet.append(["Lynx-2", 250000, 0.987, "=SUM(B2:B2)"])
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0", "0.0%"
    hidden = book.create_sheet("Drafts")
    hidden["A1"], hidden.sheet_state = "withheld", "hidden"
    file = io.BytesIO()
    book.save(file)
    conversion = convert("calls.xlsx", file.getvalue())
    text = words(conversion.pdf)
    for shown in (
        "API calls",
        "250,000",
        "98.7%",
        "=SUM(B2:B2)",
        "Drafts (hidden sheet)",
        "withheld",
        "Text rendition",
    ):
        assert shown in text
    assert any("hidden in the workbook" in note for note in conversion.notes)


def test_a_wide_table_is_cut_into_blocks_of_columns(convert: Convert, words: Words) -> None:
    content = (
        ",".join(f"a long column heading {n}" for n in range(30)) + "\n" + ",".join(str(n) for n in range(30))
    )
    conversion = convert("wide.csv", content.encode())
    assert "Columns A to" in words(conversion.pdf)
    width, height = page_sizes(conversion.pdf)[0]
    assert width > height


@pytest.mark.usefixtures("without_office")
def test_word_numbering_survives_headings_between(convert: Convert, words: Words) -> None:
    document = docx.Document()
    for number in range(1, 7):
        if number in (3, 5):
            document.add_heading(f"Part {number}", 2)
        document.add_paragraph(f"Allegation {number}", style="List Number")
    file = io.BytesIO()
    document.save(file)
    text = words(convert("particulars.docx", file.getvalue()).pdf)
    for number in range(1, 7):
        assert f"{number}. Allegation {number}" in text


def test_pictures_keep_their_printed_size_frames_and_orientation(convert: Convert) -> None:
    scan, photo, stack = io.BytesIO(), io.BytesIO(), io.BytesIO()
    Image.new("1", (2480, 3508), 1).save(scan, "PNG", dpi=(300, 300))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (4000, 3000), "teal").save(photo, "JPEG", exif=exif)
    Image.new("L", (850, 1100)).save(
        stack, "TIFF", dpi=(100, 100), save_all=True, append_images=[Image.new("L", (1100, 850))]
    )
    assert page_sizes(convert("scan.png", scan.getvalue()).pdf) == [(595, 842)]
    assert page_sizes(convert("stack.tif", stack.getvalue()).pdf) == [(612, 792), (792, 612)]
    turned = convert("photo.jpg", photo.getvalue())
    with pikepdf.open(turned.pdf) as pdf:
        assert pdf.pages[0].Rotate == 90
        assert pdf.pages[0].Resources.XObject["/Im0"].read_raw_bytes() == photo.getvalue()


# Blue beside white, 96 by 64 pixels: nothing that Assize installs can write this format.
HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAUJtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA"
    "AAAAAA5waXRtAAAAAAABAAAAImlsb2MAAAAAREAAAQABAAAAAAFmAAEAAAAAAAAAJQAAACNpaW5mAAAAAAABAAAAFWluZmUC"
    "AAAAAAEAAGh2YzEAAAAAwmlwcnAAAACkaXBjbwAAAHhodmNDAQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNw"
    "AAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoDCBBZbqSSmubgQEDAgAAAMACAAAAwAIQCIAAQAHRAHB"
    "crAiQAAAABRpc3BlAAAAAAAAAGAAAABAAAAAEHBpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAoMAAAAtbWRhdAAA"
    "ACEoAa8LYPrGwdf/++j63qxR9mCvDP3z7cPhifkIy7ChRE8="
)


@pytest.mark.parametrize("kind", ["HEIC", "WEBP", "GIF", "BMP"])
def test_pictures_of_telephones_and_screens_become_pages(convert: Convert, tmp_path: Path, kind: str) -> None:
    content = HEIC
    if kind != "HEIC":
        file = io.BytesIO()
        picture = Image.new("RGB", (96, 64), "white")
        picture.paste((20, 60, 160), (0, 0, 48, 64))
        picture.save(file, kind)
        content = file.getvalue()
    made = convert("photo", content)
    with Image.open(io.BytesIO(render(made.pdf, 1, width=96))) as page:
        left, right = page.getpixel((24, 32)), page.getpixel((72, 32))
    assert left == pytest.approx((20, 60, 160), abs=12)
    assert right == pytest.approx((255, 255, 255), abs=12)
    assert refusal(convert, "photo", content, limits=Limits(pixels=1000)) == "too-large"


def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_unpacked(convert: Convert) -> None:
    """A PNG of 60,000 by 60,000 pixels in a few bytes."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")]
    content = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )
    with pytest.raises(NotConverted, match="60,000 by 60,000 pixels") as refused:
        convert("huge.png", content)
    assert refused.value.reason == "too-large"
    assert "120 million" in refused.value.message


def test_pdfs_are_refused_or_repaired_for_what_they_are(convert: Convert, words: Words) -> None:
    sound = convert("x.txt", b"Order of the court").pdf.read_bytes()
    assert refusal(convert, "cut.pdf", sound[:200]) == "broken"
    no_pages = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.save(no_pages)
    assert refusal(convert, "none.pdf", no_pages.getvalue()) == "empty"
    damaged = convert("damaged.pdf", sound.replace(b"startxref", b"startxxxx"))
    assert words(damaged.pdf) == "Order of the court"
    assert "repaired" in damaged.notes[0]
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(sound)) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="owner", user=""))
    lifted = convert("restricted.pdf", locked.getvalue())
    assert "restricts" in lifted.notes[0]
    with pikepdf.open(lifted.pdf) as pdf:
        assert not pdf.is_encrypted


def test_files_inside_a_pdf_are_handed_over(convert: Convert) -> None:
    """Those of a portfolio, and those pinned to a page, each once."""
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["calls.csv"] = b"a,b\n"
        pinned = pikepdf.AttachedFileSpec(
            pdf, b"Dear Sirs", filename="letter.txt", description="", mime_type="text/plain",
            creation_date="", mod_date="",
        )  # fmt: skip
        both = pdf.attachments["calls.csv"].obj
        pdf.pages[0].Annots = pikepdf.Array(
            pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9], FS=each)
            for each in (pinned.obj, both)
        )
        pdf.Root.Collection = pikepdf.Dictionary(Type=Name.Collection)
        pdf.save(file)
    made = convert("holder.pdf", file.getvalue())
    found = [(each.name, each.path.read_bytes()) for each in made.attachments]
    assert found == [("calls.csv", b"a,b\n"), ("letter.txt", b"Dear Sirs")]
    assert made.notes[0].startswith("A PDF portfolio")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"Dear Sirs\n"),
        ("a.html", b"<html><p>Dear Sirs</p></html>"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.png", PNG),
        ("a.eml", b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nDear b\n"),
    ],
)
def test_the_same_input_gives_the_same_bytes(convert: Convert, name: str, content: bytes) -> None:
    assert convert(name, content).pdf.read_bytes() == convert(name, content).pdf.read_bytes()


def test_what_exceeds_the_limits_is_stopped_and_named(convert: Convert) -> None:
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    assert refusal(convert, "bomb.xlsx", book.getvalue(), limits=Limits(unpacked_bytes=10**6)) == "too-large"
    assert refusal(convert, "a.txt", b"word " * 1000, limits=Limits(text_characters=100)) == "too-large"
    assert refusal(convert, "a.csv", b"1,2\n" * 1000, limits=Limits(cells=100)) == "too-large"
    assert refusal(convert, "a.png", PNG, limits=Limits(pixels=100)) == "too-large"
    assert refusal(convert, "a.txt", b"word", limits=Limits(source_bytes=3)) == "too-large"
    assert refusal(convert, "a.txt", b"word\n" * 100_000, limits=Limits(seconds=1.5)) == "timeout"
    assert (
        refusal(convert, "a.txt", b"word\n" * 20_000, limits=Limits(memory_bytes=400 * 1024**2))
        == "too-large"
    )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("cut.png", PNG[: len(PNG) // 2], "broken"),
        ("blank.txt", b" \n\n", "empty"),
        ("strange", bytes(range(256)) * 4, "unknown"),
    ],
)
def test_what_cannot_be_converted_says_why(convert: Convert, name: str, content: bytes, reason: str) -> None:
    assert refusal(convert, name, content) == reason
