"""Whatever figures come out, no report says more than they do, and every figure in it is the record's."""

import re
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from comparison.evaluation import words as findings_words
from comparison.evaluation.measures import MEASURES, Measured
from comparison.evaluation.population import Row
from comparison.evaluation.record import OWN_TESTS
from comparison.report.document import Paragraph
from comparison.report.figures import typographic
from comparison.report.reviewed import known
from comparison.report.source import Source, read_source
from comparison.report.typeset import html
from comparison.report.writing import document
from comparison.statistics.calibration.population import STRATA
from comparison.statistics.calibration.verbal import ENFSI
from tests.factories.comparison_records import member, record
from tests.factories.reasons import REASONS
from tests.property.test_comparison_words import TOO_MUCH

VALUES = st.sampled_from([0.0, 1.0, -1.0, 0.985, 1e-7, 12345.678, 1e6]) | st.floats(-1.0, 1.0).map(
    lambda value: value if abs(value) > 1e-200 else 0.0
)
FIGURE = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?(?: × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+))?")
LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


@st.composite
def records(draw: st.DrawFn) -> bytes:
    """Values, none, tests of their own, and populations that are absent, of another stratum, or enough."""
    methods = draw(st.lists(st.sampled_from(sorted(MEASURES)), unique=True, min_size=1, max_size=5))
    measured = {}
    rows: list[Row] = []
    independent, derived = draw(st.sampled_from([(0, 0), (2, 0), (0, 3), (5, 5), (9, 6)]))
    strata = [draw(st.sampled_from(STRATA)) for _ in range(independent + derived)]
    if draw(st.booleans()):
        strata = [draw(st.sampled_from(STRATA))] * (independent + derived)
    for method in methods:
        own = -draw(st.integers(0, 3000)) / 10 if method in OWN_TESTS else None
        value = draw(st.none() | VALUES) if own is None else draw(st.just(-own) | st.none())
        said = (draw(REASONS), "The suspect was copied from here.") if value is None else ()
        measured[method] = Measured(value, None if value is None else own, said)
        rows += [
            member(method, f"lineage-{n}", draw(VALUES), stratum=stratum, derived=n >= independent)
            for n, stratum in enumerate(strata)
        ]
    return record(measured, rows, draw(st.none() | st.sampled_from([*STRATA, *strata])))


def laid(content: bytes) -> tuple[Source, Any]:
    """The source and its page's tree."""
    source = read_source(content, None)
    return source, lxml.html.fromstring(html(document(source)).html)


def agrees(said: str, figure: float) -> bool:
    """Whether a printed figure is this one within the digits that are printed."""
    found = FIGURE.fullmatch(said.replace("\u00a0", " "))
    assert found, said
    whole = found[0].translate(LOWERED).split(" × ")[0].replace(",", "")
    power = int(found[1].translate(LOWERED)) if found[1] else 0
    decimals = len(whole.partition(".")[2])
    return abs(float(whole) * 10.0**power - figure) <= 0.5000001 * 10.0 ** (power - decimals)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_no_report_says_more_than_the_figures(content: bytes) -> None:
    source, page = laid(content)
    text = " ".join(page.text_content().split())
    assert TOO_MUCH.search(text) is None
    assert "[[" not in text, "every reference leads somewhere"
    rows = {row[0].text_content().strip(): row for row in page.xpath("//*[@id='findings-table']/tbody/tr")}
    assert list(rows) == [found["method"] for found in source.findings]
    for found in source.findings:
        _, value, null, p, holm, ratio, verbal = (
            cell.text_content().strip() for cell in rows[found["method"]]
        )
        for said, figure in ((value, found["value"]), (p, found["p"]), (holm, found["holm"])):
            assert (said == "—") == (figure is None)
            if figure is not None and not said.startswith("below"):
                assert agrees(said, figure), (said, figure)
            elif figure is not None:
                assert figure < 1e-298
        if found["null"]:
            for said, key in zip(null.split(" to "), ("min", "max"), strict=True):
                assert agrees(said, found["null"][key]), (said, key)
        if found["lr"] is None:
            assert (ratio, verbal) == ("—", "—")
            continue
        said, low, high = re.split(r" \(| to |\)", ratio)[:3]
        least, most = found["lr_bound"]
        for printed, figure in (
            (said, found["lr"]),
            (low, least),
            (high, most),
        ):
            assert agrees(printed, figure)
        assert least * 0.999999 <= found["lr"] <= most * 1.000001
        assert verbal == found["verbal"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_no_strength_is_stated_but_that_of_a_finding(content: bytes) -> None:
    source, page = laid(content)
    for scale in page.xpath("//*[@id='scale-table']"):
        scale.drop_tree()
    text = " ".join(page.text_content().split())
    stated = {
        words
        for _, words in ENFSI
        if re.search(rf"(?<!moderately )(?<!very )(?<!extremely )\b{words}\b", text)
    }
    allowed = {found["verbal"].split(" for the")[0] for found in source.findings if found["verbal"]}
    if fused := source.calibration["fused"]:
        allowed.add(fused["verbal"].split(" for the")[0])
        assert fused["lr_bound"][0] * 0.999999 <= fused["lr"] <= fused["lr_bound"][1] * 1.000001
        assert f": {fused['verbal']}. It rests on" in text
    assert stated <= allowed


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(records())
def test_every_sentence_is_a_reviewed_one(content: bytes) -> None:
    source = read_source(content, None)
    outcomes = {typographic(findings_words.outcome(dict(found))) for found in source.findings}
    caveats = {typographic(text) for found in source.findings for text in found["caveats"]}
    propositions = {f"{key}. {text}" for key, text in findings_words.PROPOSITIONS.items()}
    for section in document(source).sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                assert known(block.text) or block.text in outcomes, block.text
                for point in block.points:
                    said = re.sub(r" \([a-z, -]+\)$", "", point)
                    assert known(point) or {point, said} & (caveats | propositions), point


@pytest.mark.parametrize("text", ["The suspect was made by theft.", "match: it is so.", ""])
def test_other_sentences_are_not_known(text: str) -> None:
    assert not known(text)


@pytest.mark.parametrize(("said", "figure", "right"), [
    ("0.3", 0.304, True), ("0.30", 0.306, False), ("1.2 × 10⁻³⁴", 1.249e-34, True), ("−1", -1.0, True),
    ("1.2 × 10⁻³⁴", 1.3e-34, False), ("8.61", 8.6, False),
])  # fmt: skip
def test_the_comparison_of_figures_finds_a_wrong_one(said: str, figure: float, right: bool) -> None:
    assert agrees(said, figure) is right
