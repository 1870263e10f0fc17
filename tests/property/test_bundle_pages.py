"""Whatever documents go in, in whatever order, size and turn: numbers, links and bookmarks hold."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bundles.pdf.build import build
from bundles.pdf.check.reading import Bundle, open_bundle
from bundles.pdf.check.series import page_numbers
from tests.bench.bundle_pdfs import A4, LANDSCAPE, LETTER, Sheet, make_pdf, spec_of

BOXES = st.sampled_from([A4, LETTER, LANDSCAPE, (-30.0, 40.0, 565.0, 882.0), (0.0, 0.0, 842.0, 1191.0)])
SHEETS = st.builds(
    Sheet,
    box=BOXES,
    rotate=st.sampled_from([0, 90, 180, 270]),
    crop=st.sampled_from([None, (20.0, 60.0, 500.0, 560.0)]),
    unit=st.sampled_from([1.0, 1.0, 2.0]),
)
DOCUMENTS = st.lists(st.lists(SHEETS, min_size=1, max_size=4), min_size=1, max_size=5)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents=DOCUMENTS)
def test_any_mixture_of_pages_passes_and_every_number_is_right(documents: list[list[Sheet]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [make_pdf(folder / f"{nth}.pdf", sheets) for nth, sheets in enumerate(documents)]
        report = build(spec_of(files), folder / "out.pdf")
        assert report.check.passed, report.check
        assert report.pages == report.index_pages + sum(map(len, documents))
        page = report.index_pages + 1
        for entry, sheets in zip(report.entries, documents, strict=True):
            assert (entry.first_page, entry.last_page) == (page, page + len(sheets) - 1)
            page += len(sheets)
        bundle = open_bundle(folder / "out.pdf")
        assert isinstance(bundle, Bundle)
        with bundle:
            series = page_numbers(bundle)
        assert series is not None
        assert [(mark and mark.shown, mark and mark.turn) for mark in series.marks] == [
            (str(n + 1), 0) for n in range(report.pages)
        ]
