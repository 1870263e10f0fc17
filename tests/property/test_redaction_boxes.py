"""Wherever boxes fall on whatever words: none that they cover can be extracted, and those they spare stay."""

import tempfile
from pathlib import Path

import pypdfium2
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Page, Pdf

from bundles.pdf.geometry import view_of
from bundles.pdf.redact import Box, redact
from bundles.pdf.redact.errors import RedactionFailed
from bundles.pdf.redact.words import Word, read_words
from tests.factories.leaky_pdf import everything_in

WORDS = (
    *("Amberley", "Bexhill", "Corbridge", "Dunwich", "Evesham", "Fordingham", "Glastonbury", "Haverhill"),
    *("Ilminster", "Kettering", "Lavenham", "Malmesbury", "Northiam", "Ormskirk", "Petworth", "Quorndon"),
)
EDGES = st.tuples(*[st.floats(0.02, 0.85)] * 2, *[st.floats(0.03, 0.5)] * 2)
BOXES = st.lists(EDGES, min_size=1, max_size=3).map(
    lambda edges: [
        Box(1, left, top, min(1.0, left + across), min(1.0, top + down)) for left, top, across, down in edges
    ]
)


def lines_of(path: Path, words: list[str], turn: int) -> Path:
    """A small page with two words to a line, upright as displayed."""
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        leaf = pdf.make_indirect(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, 320, 260]),
                Rotate=turn,
                Resources=Dictionary(Font=Dictionary(F1=font)),
            )
        )
        pdf.pages.append(Page(leaf))
        view = view_of(leaf)
        rows = [" ".join(words[nth : nth + 2]) for nth in range(0, len(words), 2)]
        text = " ".join(f"({row}) Tj 0 -26 Td" for row in rows)
        matrix = " ".join(f"{value:g}" for value in view.matrix)
        content = f"q {matrix} cm BT /F1 14 Tf 24 {view.height - 30:g} Td {text} ET Q"
        leaf.Contents = pdf.make_stream(content.encode())
        pdf.save(path)
    return path


def words_in(path: Path) -> list[Word]:
    document = pypdfium2.PdfDocument(path)
    try:
        return read_words(document[0])
    finally:
        document.close()


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=4, max_size=12, unique=True),
    boxes=BOXES,
    turn=st.sampled_from([0, 90, 180, 270]),
)
def test_no_covered_word_can_be_extracted(words: list[str], boxes: list[Box], turn: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = lines_of(Path(folder) / "in.pdf", words, turn)
        before = words_in(source)
        assert {word.text for word in before} == set(words)
        out = Path(folder) / "out.pdf"
        try:
            report = redact(source, boxes, out, dpi=150)
        except RedactionFailed:
            # A box that leaves half of a word to be read is refused, and then nothing is let out.
            assert not out.exists()
            assume(False)
        covered = [word for word in before if word.covered(boxes)]
        assert report.pages[0].words_removed == len(covered)
        left = {word.folded for word in words_in(out)}
        inside = everything_in(out)
        for word in covered:
            assert word.folded not in left
            assert word.folded not in inside
