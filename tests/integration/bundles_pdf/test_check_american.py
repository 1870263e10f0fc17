"""Filings in American courts: each planted fault is found by its rule and by no other."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from bundles.pdf.check import CheckReport, check
from bundles.pdf.profile import load
from tests.integration.bundles_pdf.drawn_pages import (
    LETTER,
    Words,
    add_words,
    body,
    bookmark,
    drawn,
    redraw,
    saved,
)

Fault = Callable[[Pdf], None]


def page_of(number: int, *more: Words, bates: int = 0) -> list[Words]:
    stamps = [Words(300, 30, str(number))]
    if bates:
        stamps.append(Words(500, 50, f"ABC{bates:06}"))
    return [*body(f"Page {number} speaks of itself and of what was agreed between them."), *more, *stamps]


@pytest.fixture(scope="module")
def filing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    contents = [
        Words(100, 700, "TABLE OF CONTENTS"),
        Words(100, 660, "Exhibit 1, Agreement"),
        Words(500, 660, "2"),
        Words(100, 640, "Exhibit 2, Letter"),
        Words(500, 640, "4"),
        Words(300, 30, "1"),
    ]
    sticker = [Words(450, 740, "PLAINTIFF'S EXHIBIT 1"), Words(100, 50, "CONFIDENTIAL")]
    other = [Words(450, 740, "PLAINTIFF'S EXHIBIT 2")]
    with drawn(
        [
            contents,
            page_of(2, *sticker, bates=101),
            page_of(3, bates=102),
            page_of(4, *other, bates=103),
            page_of(5, bates=104),
        ],
        size=LETTER,
    ) as pdf:
        bookmark(pdf, ("Contents", 1), ("Exhibit 1", 2), ("Exhibit 2", 4))
        return saved(pdf, tmp_path_factory.mktemp("american") / "filing.pdf")


def launch(pdf: Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("calc.exe"))
    pdf.pages[2].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action))]
    )


def launch_after_another(pdf: Pdf) -> None:
    action = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Dictionary(S=Name.Launch))
    pdf.Root.Outlines.First.A = action


def attachment(pdf: Pdf) -> None:
    pdf.attachments["ledger.txt"] = b"figures"


def sound(pdf: Pdf) -> None:
    pdf.pages[1].obj.Annots = Array(
        [pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Sound, Rect=[0, 0, 9, 9]))]
    )


def script_on_opening(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def script_of_a_page(pdf: Pdf) -> None:
    pdf.pages[3].obj.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))


def a4_page(pdf: Pdf) -> None:
    pdf.pages[2].obj.MediaBox = Array([0, 0, 595, 842])


def social_security(pdf: Pdf) -> None:
    add_words(pdf, 3, Words(100, 400, "Her number is 123-45-6789."))


def account(pdf: Pdf) -> None:
    add_words(pdf, 3, Words(100, 400, "Account No. 4417-2290-18 was closed."))


def card(pdf: Pdf) -> None:
    add_words(pdf, 3, Words(100, 400, "paid with 4111 1111 1111 1111"))


def birth(pdf: Pdf) -> None:
    add_words(pdf, 3, Words(100, 400, "Date of birth: March 4, 1987"))


def number_in_a_note(pdf: Pdf) -> None:
    pdf.pages[2].obj.Annots = Array(
        [
            pdf.make_indirect(
                Dictionary(
                    Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String("SSN 123-45-6789")
                )
            )
        ]
    )


def number_in_the_metadata(pdf: Pdf) -> None:
    pdf.docinfo["/Subject"] = "SSN 123-45-6789"


def same_sticker_twice(pdf: Pdf) -> None:
    redraw(pdf, 4, page_of(4, Words(450, 740, "PLAINTIFF'S EXHIBIT 1"), bates=103))


def numbers_break_off(pdf: Pdf) -> None:
    redraw(pdf, 5, page_of(7, bates=104))


def bates_twice(pdf: Pdf) -> None:
    redraw(pdf, 3, page_of(3, bates=101))


def sticker_of_two_lines_twice(pdf: Pdf) -> None:
    lines = [Words(470, 752, "EXHIBIT"), Words(490, 740, "1")]
    redraw(pdf, 2, page_of(2, Words(300, 752, "CONFIDENTIAL"), *lines, bates=101))
    redraw(pdf, 4, page_of(4, *lines, bates=103))


def stamps_cover_each_other(pdf: Pdf) -> None:
    redraw(
        pdf,
        2,
        page_of(2, Words(450, 740, "PLAINTIFF'S EXHIBIT 1"), Words(470, 741, "CONFIDENTIAL"), bates=101),
    )


def no_contents(pdf: Pdf) -> None:
    redraw(pdf, 1, [Words(100, 700, "RECORD"), Words(300, 30, "1")])


FAULTS: list[tuple[Fault, str, tuple[int, ...]]] = [
    (launch, "US-01", (3,)),
    (launch_after_another, "US-01", ()),
    (attachment, "US-01", ()),
    (sound, "US-01", (2,)),
    (script_on_opening, "US-02", ()),
    (script_of_a_page, "US-02", (4,)),
    (a4_page, "US-06", (3,)),
    (social_security, "US-08", (3,)),
    (account, "US-08", (3,)),
    (card, "US-08", (3,)),
    (birth, "US-08", (3,)),
    (number_in_a_note, "US-08", (3,)),
    (number_in_the_metadata, "US-08", ()),
    (same_sticker_twice, "US-10", (4,)),
    (sticker_of_two_lines_twice, "US-10", (4,)),
    (numbers_break_off, "US-11", (5,)),
    (no_contents, "US-11", ()),
    (bates_twice, "US-12", (3,)),
    (stamps_cover_each_other, "US-12", (2,)),
]


def failing(report: CheckReport) -> list[tuple[str, tuple[int, ...]]]:
    return [(rule.id, rule.pages) for rule in report.rules if rule.status == "fail"]


def test_a_good_filing_breaks_no_rule(filing: Path) -> None:
    report = check(filing, profile="us-district")
    assert failing(report) == []
    statuses = {rule.id: rule.status for rule in report.rules}
    assert statuses["US-10"] == statuses["US-12"] == "pass"
    assert statuses["US-08"] == statuses["US-09"] == "unverified"  # no program sees a minor's name


@pytest.mark.parametrize(
    ("fault", "rule", "pages"), FAULTS, ids=lambda value: getattr(value, "__name__", None)
)
def test_only_the_broken_rule_fails(
    filing: Path, tmp_path: Path, fault: Fault, rule: str, pages: tuple[int, ...]
) -> None:
    with Pdf.open(filing) as pdf:
        fault(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert failing(check(tmp_path / "faulty.pdf", profile="us-district")) == [(rule, pages)]


def test_a_private_number_is_never_repeated_in_the_answer(filing: Path, tmp_path: Path) -> None:
    with Pdf.open(filing) as pdf:
        social_security(pdf)
        pdf.save(tmp_path / "faulty.pdf")
    assert "6789" not in str(check(tmp_path / "faulty.pdf", profile="us-district").as_json())


def test_last_four_digits_and_a_year_of_birth_may_stand(filing: Path, tmp_path: Path) -> None:
    with Pdf.open(filing) as pdf:
        add_words(
            pdf, 3, Words(100, 400, "Account ending 6789, SSN xxx-xx-6789, born in 1987, tel. 555-010-1234")
        )
        pdf.save(tmp_path / "redacted.pdf")
    assert failing(check(tmp_path / "redacted.pdf", profile="us-district")) == []


def test_a_form_and_a_large_file_are_warnings(filing: Path, tmp_path: Path) -> None:
    with Pdf.open(filing) as pdf:
        field = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("name"), V=String("x")))
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        pdf.save(tmp_path / "form.pdf")
    profile = load("us-district")
    small = replace(
        profile,
        limits=replace(
            profile.limits, channels=tuple(replace(one, mib=0.001) for one in profile.limits.channels)
        ),
    )
    warned = {rule.id for rule in check(tmp_path / "form.pdf", profile=small).rules if rule.status == "warn"}
    assert warned == {"US-02", "US-05"}


def test_encryption_is_refused_even_without_a_password(filing: Path, tmp_path: Path) -> None:
    with Pdf.open(filing) as pdf:
        pdf.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(user="", owner="owner"))
    assert failing(check(tmp_path / "locked.pdf", profile="us-district")) == [("US-01", ())]


def test_marks_of_another_kind_than_the_court_wants_are_a_warning(filing: Path) -> None:
    report = check(filing, profile=replace(load("us-district"), exhibit_labels="letters"))
    assert {rule.id: rule.status for rule in report.rules}["US-10"] == "warn"


def test_california_keeps_the_readers_zoom_and_sets_the_english_rule_aside(
    filing: Path, tmp_path: Path
) -> None:
    report = check(filing, profile="us-cal-appeal")
    statuses = {rule.id: rule.status for rule in report.rules}
    assert (statuses["CA-02"], statuses["EW-08"]) == ("pass", "not applicable")
    assert report.as_json()["conflicts"][0]["followed"] == "CA-02"
    with Pdf.open(filing) as pdf:
        pdf.Root.Outlines.First.Next.Dest = Array([pdf.pages[1].obj, Name.FitH, 700])
        pdf.save(tmp_path / "zooming.pdf")
    assert failing(check(tmp_path / "zooming.pdf", profile="us-cal-appeal")) == [("CA-02", (2,))]


def test_a_volume_of_excerpts_is_limited_and_holds_no_index(filing: Path) -> None:
    profile = load("us-9th-excerpts")
    assert failing(check(filing, profile=profile)) == [("9C-01", (1,))]
    short = replace(profile, limits=replace(profile.limits, volume_pages=4, index_volume=False))
    assert failing(check(filing, profile=short)) == [("9C-01", ())]
