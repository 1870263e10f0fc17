"""The parts of redaction that can be told right or wrong by themselves."""

import io

import pikepdf
import pytest
from pikepdf import Name, Pdf
from PIL import Image

from bundles.pdf.geometry import View
from bundles.pdf.redact.box import Box
from bundles.pdf.redact.find.numbers import IBAN_LENGTHS, is_card, is_iban, is_national_insurance, is_ssn
from bundles.pdf.redact.metadata import strip_metadata, without_notes
from bundles.pdf.redact.rebuild import label_place
from bundles.pdf.redact.words import Word, fold


def word(text: str, left: float, top: float, *, size: float = 0.01) -> Word:
    """A word of square letters beside each other."""
    letters = tuple((left + nth * size, top, left + (nth + 1) * size, top + size) for nth in range(len(text)))
    return Word(text, fold(text), letters)


def test_a_box_covers_every_pixel_that_it_touches() -> None:
    assert Box(1, 0.101, 0.2, 0.299, 0.3001).pixels(100, 1000) == (10, 200, 30, 301)
    assert Box.in_points(1, (0, 0, 595, 842), (595, 842)).pixels(10, 10) == (0, 0, 10, 10)


@pytest.mark.parametrize(
    ("edges", "covered", "whole"),
    [
        ((0.0, 0.0, 1.0, 1.0), 4, True),
        ((0.1, 0.1, 0.12, 0.11), 2, False),
        ((0.1, 0.107, 0.14, 0.12), 4, False),  # the lower third of each letter
        ((0.1, 0.109, 0.14, 0.12), 0, False),
    ],
)
def test_which_letters_a_box_hides(
    edges: tuple[float, float, float, float], covered: int, whole: bool
) -> None:
    name, box = word("Nair", 0.1, 0.1), Box(1, *edges)
    assert name.covered([box]) == covered
    assert name.whole([box]) is whole


def test_one_word_in_one_place_whoever_reads_it() -> None:
    assert word("Nair", 0.1, 0.1).same(word("NAIR", 0.102, 0.101))
    assert not word("Nair", 0.1, 0.1).same(word("Nair", 0.1, 0.5))
    assert fold("José Ünver ﬁn") == "jose unver fin"


@pytest.mark.parametrize(
    ("text", "check", "right"),
    [
        ("4111 1111 1111 1111", is_card, True),
        ("4111 1111 1111 1112", is_card, False),
        ("0000 0000 0000 0000", is_card, False),
        ("3782 822463 10005", is_card, True),
        ("GB82 WEST 1234 5698 7654 32", is_iban, True),
        ("GB82 WEST 1234 5698 7654 33", is_iban, False),
        ("DE89 3704 0044 0532 0130 00", is_iban, True),
        ("XX82 WEST 1234 5698 7654 32", is_iban, False),
        ("123-45-6789", is_ssn, True),
        ("666-45-6789", is_ssn, False),
        ("123-00-6789", is_ssn, False),
        ("AB 12 34 56 C", is_national_insurance, True),
        ("GB 12 34 56 C", is_national_insurance, False),
        ("QA 12 34 56 C", is_national_insurance, False),
    ],
)
def test_check_digits(text: str, check: object, right: bool) -> None:
    assert callable(check)
    assert check(text) is right


def test_no_country_has_an_account_number_too_short_to_keep_four_of() -> None:
    assert all(length >= 15 for length in IBAN_LENGTHS.values())


def test_a_photograph_loses_its_notes_and_keeps_its_pixels() -> None:
    picture = Image.linear_gradient("L").resize((64, 64))
    exif = Image.Exif()
    exif[0x010E] = "Wintergreen"
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", comment=b"Wintergreen", exif=exif)
    assert buffer.getvalue().count(b"Wintergreen") == 2
    plain = without_notes(buffer.getvalue())
    assert b"Wintergreen" not in plain
    assert Image.open(io.BytesIO(plain)).tobytes() == Image.open(buffer).tobytes()
    assert without_notes(b"no JPEG") == b"no JPEG"


def test_a_jpeg_2000_with_notes_is_not_copied() -> None:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((32, 32)).save(buffer, "JPEG2000")
    with Pdf.new() as pdf:
        plain = pikepdf.Stream(pdf, buffer.getvalue(), Filter=Name.JPXDecode)
        strip_metadata(plain)
        assert plain.read_raw_bytes() == buffer.getvalue()
        noted = pikepdf.Stream(pdf, buffer.getvalue() + b"\0\0\0\x10uuid" + bytes(8), Filter=Name.JPXDecode)
        with pytest.raises(pikepdf.PdfError, match="notes inside"):
            strip_metadata(noted)


def test_a_label_stands_in_its_box_or_nowhere() -> None:
    view = View(0, 0, 595, 842, 0, 1.0)
    size, place = label_place(Box(1, 0.1, 0.1, 0.4, 0.13, "Privilege"), view) or (0, (0, 0, 0, 0))
    assert 4 <= size <= 9
    assert 0.1 <= place[0] <= place[2] <= 0.4
    assert 0.1 <= place[1] <= place[3] <= 0.13
    assert label_place(Box(1, 0.1, 0.1, 0.11, 0.13, "Privilege"), view) is None
    assert label_place(Box(1, 0.1, 0.1, 0.4, 0.13), view) is None
