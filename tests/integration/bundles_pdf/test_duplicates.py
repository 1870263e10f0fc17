"""Real pages, scans and printed e-mails: what is the same is found, what only looks related is not."""

import io
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from mailbox import mbox
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageEnhance, ImageFilter
from weasyprint import HTML

from bundles.pdf.duplicates.alike import apart
from bundles.pdf.duplicates.compare import duplicates
from bundles.pdf.duplicates.fingerprint import fingerprint
from bundles.pdf.duplicates.pair import Pair
from bundles.pdf.duplicates.prints import Fingerprint, PagePrint
from evidence.files.convert import convert

WORDS = [
    "claim",
    "order",
    "model",
    "weights",
    "layer",
    "licence",
    "defendant",
    "served",
    "evidence",
    "exhibit",
]
WORDS += [
    "training",
    "corpus",
    "distilled",
    "output",
    "court",
    "injunction",
    "endpoint",
    "research",
    "statement",
]


def paper(path: Path, seed: int, *, pages: int = 1, size: str = "A4") -> Path:
    """A letter, its words drawn by the seed."""
    draw = random.Random(seed)  # noqa: S311 - words for a test
    html = "".join(
        f"<section><h2>Letter {seed}</h2>"
        + "".join(f"<p>{' '.join(draw.choices(WORDS, k=70))}.</p>" for _ in range(4))
        + "</section>"
        for _ in range(pages)
    )
    style = f"@page {{ size: {size}; margin: 20mm }} section {{ break-after: page }}"
    HTML(string=f"<style>{style}</style>{html}").write_pdf(path)
    return path


def scanned(path: Path, source: Path, *, turn: float = 0.4) -> Path:
    """The pages as they come back from a scanner: grey, a little turned, blurred and without text."""
    pictures = []
    with pypdfium2.PdfDocument(source) as document:
        for page in document:
            picture = page.render(scale=150 / 72, grayscale=True).to_pil().rotate(turn, fillcolor=248)
            picture = ImageEnhance.Contrast(picture).enhance(0.85).filter(ImageFilter.GaussianBlur(0.8))
            pictures.append(Image.open(jpeg(picture)))
    pictures[0].save(path, "PDF", resolution=150, save_all=True, append_images=pictures[1:])
    return path


def jpeg(picture: Image.Image) -> io.BytesIO:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=60)
    return buffer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("duplicates")


@pytest.fixture(scope="module")
def prints(folder: Path) -> dict[str, Fingerprint]:
    letter = paper(folder / "letter.pdf", 1, pages=2)
    other = paper(folder / "other.pdf", 2, pages=2)
    with pikepdf.open(letter) as pdf:
        pdf.docinfo["/Title"] = "Saved again"
        pdf.save(folder / "again.pdf")
    with pikepdf.open(other) as pdf, pikepdf.open(letter) as inside:
        pdf.pages.extend(inside.pages)
        pdf.save(folder / "exhibit.pdf")
    paper(folder / "rewrapped.pdf", 3, pages=2, size="A4")
    paper(folder / "wrapped.pdf", 3, pages=2, size="A5")
    with pikepdf.open(letter) as pdf:
        pdf.pages[1].contents_add(b"q 3 w 300 150 m 380 190 420 120 520 170 c 300 190 l 520 140 l S Q")
        pdf.save(folder / "signed.pdf")
    scanned(folder / "scan.pdf", letter)
    HTML(string="<p></p>").write_pdf(folder / "blank.pdf")
    return {path.stem: fingerprint(path, sha256=path.stem) for path in sorted(folder.glob("*.pdf"))}


Compare = Callable[..., Pair | None]


@pytest.fixture
def compare(prints: dict[str, Fingerprint]) -> Compare:
    """The pair found among two of the documents, the one to keep named first."""

    def run(*names: str) -> Pair | None:
        pairs = duplicates([(name, prints[name]) for name in names])
        assert len(pairs) < 2
        return pairs[0] if pairs else None

    return run


def test_the_same_file_is_certain(prints: dict[str, Fingerprint]) -> None:
    copies = [(key, prints["letter"]) for key in ("first", "second", "third")]
    pairs = duplicates(copies)
    assert [(pair.kind, pair.spare, pair.kept, pair.confidence) for pair in pairs] == [
        ("same-file", "second", "first", "certain"),
        ("same-file", "third", "first", "certain"),
    ]
    assert pairs[0].pages == ((1, 1), (2, 2))


@pytest.mark.parametrize(
    ("kept", "spare", "kind", "confidence", "pages"),
    [
        ("letter", "again", "same-text", "almost certain", ((1, 1), (2, 2))),
        ("letter", "scan", "same-look", "likely", ((1, 1), (2, 2))),
        ("exhibit", "letter", "same-pages", "likely", ((1, 3), (2, 4))),
        ("exhibit", "scan", "same-pages", "possible", ((1, 3), (2, 4))),
    ],
)
def test_what_is_the_same_is_found(
    compare: Compare, kept: str, spare: str, kind: str, confidence: str, pages: tuple[tuple[int, int], ...]
) -> None:
    pair = compare(kept, spare)
    assert pair is not None
    assert (pair.kind, pair.spare, pair.kept, pair.confidence, pair.pages) == (
        kind,
        spare,
        kept,
        confidence,
        pages,
    )


def test_the_same_words_on_other_pages_are_the_same_text(compare: Compare) -> None:
    pair = compare("rewrapped", "wrapped")
    assert pair is not None
    assert (pair.kind, pair.words) == (
        "same-text",
        "Every word is the same; only the pages end in other places.",
    )


def test_a_signed_copy_is_not_passed_off_as_the_same(compare: Compare) -> None:
    pair = compare("letter", "signed")
    assert pair is not None
    assert (
        pair.words
        == "Every word is the same, but page 2 looks different: one may be a scan, signed or annotated."
    )
    assert pair.confidence == "likely"


@pytest.mark.parametrize(
    "names", [("letter", "other"), ("scan", "other"), ("blank", "letter"), ("rewrapped", "scan")]
)
def test_letters_on_the_same_paper_are_not_the_same(compare: Compare, names: tuple[str, str]) -> None:
    assert compare(*names) is None


def test_forms_filled_in_differently_are_not_the_same_text(folder: Path) -> None:
    made = []
    for name in ("Aurelia Laboratories", "Baiyun Cloud"):
        path = folder / f"form-{name}.pdf"
        HTML(string=f"<p>{' '.join(WORDS)}</p><form><input name=party value='{name}'></form>").write_pdf(
            path, pdf_forms=True
        )
        made.append((name, fingerprint(path, sha256=name)))
        path.unlink()
    assert made[0][1].text
    assert made[0][1].text != made[1][1].text


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_scan_decoded_small_looks_like_the_page_drawn(folder: Path, tmp_path: Path, turn: int) -> None:
    looks = []
    for name, added in {"decoded": b"", "drawn": b" q 0 0 1 1 re f Q"}.items():
        with pikepdf.open(folder / "scan.pdf") as pdf:
            pdf.pages[0].rotate(turn, relative=True)
            pdf.pages[0].contents_add(added)
            pdf.save(tmp_path / f"{name}.pdf")
        looks.append(fingerprint(tmp_path / f"{name}.pdf", sha256=name).pages[0])
    assert apart(*looks) < 60


def test_a_kept_fingerprint_is_the_same(prints: dict[str, Fingerprint]) -> None:
    for made in prints.values():
        assert Fingerprint.from_json(json.loads(json.dumps(made.as_json()))) == made


def test_a_page_that_many_have_says_nothing() -> None:
    """The same form before thirteen different letters makes no seventy-eight pairs."""
    form = PagePrint("f" * 16, 60, "")
    letters = [
        (f"{nth}", Fingerprint(f"{nth}", f"{nth}", (form, PagePrint(f"{nth:016}", 80, ""))))
        for nth in range(13)
    ]
    assert duplicates(letters) == []
    assert len(duplicates(letters[:2])) == 1
    many = [(f"{nth}", replace(letters[0][1], sha256=f"{nth}", text=f"{nth}")) for nth in range(2000)]
    started = time.perf_counter()
    assert duplicates(many) == []
    assert time.perf_counter() - started < 5


def test_a_message_of_the_corpus_contains_the_one_that_it_forwards(shared: Path, tmp_path: Path) -> None:
    messages = mbox(shared / "corpus" / "intake" / "plan.mbox", create=False)
    (later,) = (message.as_bytes() for message in messages)
    messages.close()
    source, earlier = tmp_path / "later.eml", tmp_path / "earlier.pdf"
    source.write_bytes(later)
    HTML(
        string="<p>From: Tiamat.Mesopotamian<br>Sent: 21 February 2017<br>Subject: A good plan"
        "<p>Our friends do propose to draw graffiti in and<br>on Trump tower. An act of vandalism."
    ).write_pdf(earlier)
    pages = {"earlier": earlier, "later": convert(source, name="later.eml", workdir=tmp_path / "later").pdf}
    made = [(name, fingerprint(pdf, sha256=name)) for name, pdf in pages.items()]
    (pair,) = duplicates(made)
    assert (pair.kind, pair.spare, pair.kept) == ("email-chain", "earlier", "later")


def test_two_thousand_pages_are_compared_in_seconds() -> None:
    draw = random.Random(7)  # noqa: S311 - looks for a test
    looks = [f"{draw.getrandbits(1024):0256x}" for _ in range(2000)]
    documents = [
        (
            f"{nth}",
            Fingerprint(f"{nth}", f"{nth}", tuple(PagePrint("", 0, look) for look in looks[nth * 4 :][:4])),
        )
        for nth in range(500)
    ]
    documents[499] = ("copy", Fingerprint("copy", "copy", documents[0][1].pages))
    started = time.perf_counter()
    pairs = duplicates(documents)
    assert time.perf_counter() - started < 5
    assert [(pair.kind, pair.spare, pair.kept) for pair in pairs] == [("same-look", "copy", "0")]
