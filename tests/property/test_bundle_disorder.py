"""However pages of a good bundle are shuffled, inserted or turned, the checker names the pages at fault."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Pdf

from bundles.pdf.build import build
from bundles.pdf.check import RuleResult, check
from tests.bench.bundle_pdfs import LANDSCAPE, LETTER, Sheet, make_pdf, spec_of

PAGES = 10
QUICK = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("disorder")
    files = [
        make_pdf(folder / "one.pdf", [Sheet()] * 4, name="one"),
        make_pdf(folder / "two.pdf", [Sheet(LANDSCAPE), Sheet(LETTER)], name="two"),
        make_pdf(folder / "three.pdf", [Sheet()] * 3, name="three"),
    ]
    assert build(spec_of(files), folder / "bundle.pdf").pages == PAGES
    return folder / "bundle.pdf"


def results(pdf: Pdf, path: Path) -> dict[str, RuleResult]:
    pdf.save(path)
    return {result.id: result for result in check(path).rules}


@QUICK
@given(order=st.permutations(range(1, PAGES)))
def test_shuffled_pages_show_numbers_that_are_not_theirs(
    bundle: Path, tmp_path: Path, order: list[int]
) -> None:
    with Pdf.open(bundle) as pdf:
        leaves = list(pdf.pages)
        for place, taken in enumerate(order, 1):
            pdf.pages[place] = leaves[taken]
        found = results(pdf, tmp_path / "shuffled.pdf")["EW-02"]
    moved = tuple(place + 1 for place, taken in enumerate(order, 1) if place != taken)
    if len(moved) <= PAGES / 2:
        assert found.pages == moved
    assert (found.status == "fail") == bool(moved)


@QUICK
@given(place=st.integers(1, PAGES), other=st.sampled_from([LETTER, LANDSCAPE]))
def test_an_inserted_page_puts_every_later_number_wrong(
    bundle: Path, tmp_path: Path, place: int, other: tuple[float, float, float, float]
) -> None:
    extra = make_pdf(tmp_path / "extra.pdf", [Sheet(other)], name="extra")
    with Pdf.open(bundle) as pdf, Pdf.open(extra) as added:
        pdf.pages.insert(place, added.pages[0])
        found = results(pdf, tmp_path / "inserted.pdf")["EW-02"]
    assert found.status == "fail"
    assert place + 1 in found.pages
    if place > PAGES / 2:
        assert found.pages == tuple(range(place + 1, PAGES + 2))


@QUICK
@given(page=st.integers(2, PAGES), angle=st.sampled_from([90, 180, 270]))
def test_a_turned_page_is_named(bundle: Path, tmp_path: Path, page: int, angle: int) -> None:
    with Pdf.open(bundle) as pdf:
        pdf.pages[page - 1].rotate(angle, relative=True)
        found = results(pdf, tmp_path / "turned.pdf")
    assert found["EW-07"].pages == (page,)
    assert found["EW-02"].pages == (page,)
    assert found["EW-04"].status == "pass"
