from datetime import date

import pytest

from cases.kinds import FilingKind
from evidence.reading import Certainty, WarningCode
from tests.unit.evidence_reading.reading_documents import (
    BETWEEN,
    CLAIM_FORM,
    COURT_HEAD,
    DEFENCE_AND_COUNTERCLAIM,
    EMAIL,
    EXPERT_REPORT,
    LETTER,
    N244,
    ORDER,
    PARTICULARS,
    PARTIES,
    SCANNED_LETTER,
    WITNESS_STATEMENT,
    read,
)

DOCUMENTS = {
    "claim form": (CLAIM_FORM, FilingKind.CLAIM_FORM, "aurelia", date(2026, 9, 3), "Claim Form"),
    "particulars": (
        PARTICULARS,
        FilingKind.PARTICULARS_OF_CLAIM,
        "aurelia",
        date(2026, 9, 4),
        "Particulars of Claim",
    ),
    "defence and counterclaim": (
        DEFENCE_AND_COUNTERCLAIM,
        FilingKind.DEFENCE_AND_COUNTERCLAIM,
        "northgate",
        date(2026, 10, 2),
        "Defence and Counterclaim of the Second Defendant",
    ),
    "application": (N244, FilingKind.APPLICATION_NOTICE, "aurelia", date(2026, 9, 9), "Application notice"),
    "witness statement": (
        WITNESS_STATEMENT,
        FilingKind.WITNESS_STATEMENT,
        "aurelia",
        date(2026, 9, 14),
        "First Witness Statement of Dr Helena Park",
    ),
    "letter": (LETTER, FilingKind.LETTER, "aurelia", date(2026, 8, 17), "Lumen 2: copying of model weights"),
    "e-mail": (EMAIL, FilingKind.EMAIL, "baiyun", date(2026, 9, 14), "API access on 3 March 2025"),
    "order": (ORDER, FilingKind.ORDER, None, date(2026, 9, 29), "Order"),
    "expert report": (
        EXPERT_REPORT,
        FilingKind.EXPERT_REPORT,
        "baiyun",
        date(2026, 10, 26),
        "Expert Report of Professor James Ratcliffe",
    ),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_document_says_what_it_is(name: str) -> None:
    text, kind, party, day, title = DOCUMENTS[name]
    found = read(text, filename="scan0001.pdf")
    assert found.kind
    assert found.kind.value is kind
    assert found.kind.certainty is Certainty.READ
    assert (found.party.value if found.party else None) == party
    assert found.date
    assert (found.date.value, found.date.certainty) == (day, Certainty.READ)
    assert found.title
    assert found.title.value == title
    assert found.warnings == ()


@pytest.mark.parametrize("name", [name for name in DOCUMENTS if name not in {"letter", "e-mail"}])
def test_the_claim_number_is_read(name: str) -> None:
    found = read(DOCUMENTS[name][0]).claim_number
    assert found
    assert (found.value, found.certainty) == ("IL-2026-000123", Certainty.READ)


def test_a_noisy_scan_is_mended_and_says_so() -> None:
    found = read(SCANNED_LETTER)
    assert found.kind
    assert found.kind.value is FilingKind.LETTER
    assert found.date
    assert (found.date.value, found.date.certainty) == (date(2026, 9, 17), Certainty.GUESSED)
    assert "l7 Septernber 2O26" in found.date.why
    assert found.claim_number
    assert (found.claim_number.value, found.claim_number.certainty) == ("IL-2026-000123", Certainty.GUESSED)
    assert found.claim_number.quote == "IL-2O26-000l23"
    assert found.party is not None
    assert found.party.value == "aurelia"
    assert found.warnings == ()


def test_a_noisy_heading_is_a_guess() -> None:
    found = read(f"{COURT_HEAD}\n{BETWEEN}\nPART1CULARS 0F CLA1M\n1. The Claimant is a company.").kind
    assert found
    assert (found.value, found.certainty) == (FilingKind.PARTICULARS_OF_CLAIM, Certainty.GUESSED)


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("RE-AMENDED PARTICULARS OF CLAIM", FilingKind.PARTICULARS_OF_CLAIM),
        ("AMENDED DEFENCE OF THE FIRST DEFENDANT", FilingKind.DEFENCE),
        ("REPLY AND DEFENCE\nTO COUNTERCLAIM", FilingKind.REPLY_AND_DEFENCE_TO_COUNTERCLAIM),
        ("REPLY TO DEFENCE", FilingKind.REPLY),
        ("COUNTERCLAIM", FilingKind.COUNTERCLAIM),
        ("ACKNOWLEDGMENT OF SERVICE", FilingKind.ACKNOWLEDGEMENT_OF_SERVICE),
        ("CLAIMANT’S SKELETON ARGUMENT", FilingKind.SKELETON_ARGUMENT),
        ("SKELETON ARGUMENT ON BEHALF OF THE CLAIMANT", FilingKind.SKELETON_ARGUMENT),
        ("CERTIFICATE OF SERVICE", FilingKind.CERTIFICATE_OF_SERVICE),
        ("LIST OF DOCUMENTS: STANDARD DISCLOSURE", FilingKind.DISCLOSURE_LIST),
        ("EXTENDED DISCLOSURE LIST OF DOCUMENTS", FilingKind.DISCLOSURE_LIST),
        ("[DRAFT] ORDER", FilingKind.DRAFT_ORDER),
        ("DRAFT\nORDER", FilingKind.DRAFT_ORDER),
        ("CONSENT ORDER", FilingKind.ORDER),
        ("NOTICE OF CHANGE OF SOLICITOR", FilingKind.NOTICE),
        ("EXHIBIT “HP1”", FilingKind.EXHIBIT),
    ],
)
def test_headings(heading: str, kind: FilingKind) -> None:
    found = read(f"{COURT_HEAD}\n{BETWEEN}\n{heading}\n1. Text follows here.").kind
    assert found
    assert (found.value, found.certainty) == (kind, Certainty.READ)


@pytest.mark.parametrize(
    ("foot", "kind"),
    [
        ("N9 Response pack (04.24)", FilingKind.ACKNOWLEDGEMENT_OF_SERVICE),
        ("Form N215", FilingKind.CERTIFICATE_OF_SERVICE),
        ("N510 Notice for service out of the jurisdiction (12.20)", FilingKind.NOTICE),
        ("N265 List of documents: standard disclosure (10.05)", FilingKind.DISCLOSURE_LIST),
    ],
)
def test_form_numbers(foot: str, kind: FilingKind) -> None:
    found = read(f"In the High Court of Justice\nClaim no. IL-2026-000123\n{foot}").kind
    assert found
    assert found.value is kind


def test_a_heading_that_wraps_names_its_side() -> None:
    found = read(
        f"{COURT_HEAD}\n{BETWEEN}\nDEFENCE AND COUNTERCLAIM OF THE SECOND\nDEFENDANT (CPR PART 20)\n1. No."
    )
    assert found.party
    assert (found.party.value, found.party.quote) == ("northgate", "DEFENCE AND COUNTERCLAIM OF THE SECOND")
    assert found.title
    assert found.title.value == "Defence and Counterclaim of the Second Defendant (CPR Part 20)"


def test_an_exhibit_cover_is_not_the_statement_that_it_names() -> None:
    found = read(
        "This is the exhibit marked “HP1” referred to in the\nFIRST WITNESS STATEMENT OF DR HELENA PARK\n"
        "Dated: 14 September 2026"
    )
    assert found.kind
    assert found.kind.value is FilingKind.EXHIBIT
    assert found.title
    assert found.title.value == "Exhibit HP1"


def test_figures_that_read_two_ways_are_read_as_day_month_and_say_so() -> None:
    found = read("Whitlock Marsh LLP\n03/04/2026\nDear Sirs,\nWe write.\nYours faithfully,").date
    assert found
    assert (found.value, found.certainty) == (date(2026, 4, 3), Certainty.GUESSED)
    assert "day, month, year (the UK order): 3 April 2026" in found.why


def test_figures_that_read_one_way_are_read() -> None:
    found = read("Whitlock Marsh LLP\n25/03/2026\nDear Sirs,\nWe write.\nYours faithfully,").date
    assert found
    assert (found.value, found.certainty) == (date(2026, 3, 25), Certainty.READ)


def test_a_date_that_is_only_mentioned_is_not_the_documents_own() -> None:
    text = f"{COURT_HEAD}\nPARTICULARS OF CLAIM\n1. By a letter dated 1 June 2026 the Claimant asked."
    assert read(text).date is None


def test_a_date_still_to_come_is_a_warning() -> None:
    found = read(DEFENCE_AND_COUNTERCLAIM.replace("2 October 2026", "2 October 2027"))
    assert [warning.code for warning in found.warnings] == [WarningCode.FUTURE_DATE]
    assert "2 October 2027" in found.warnings[0].message


def test_another_matters_number_is_a_warning() -> None:
    found = read(PARTICULARS.replace("IL-2026-000123", "CL-2025-000777"))
    assert found.claim_number
    assert found.claim_number.value == "CL-2025-000777"
    assert [warning.code for warning in found.warnings] == [WarningCode.OTHER_CLAIM_NUMBER]
    assert "CL-2025-000777" in found.warnings[0].message


def test_the_labelled_number_goes_before_others() -> None:
    found = read("See also CL-2025-000777.\nClaim No: IL – 2026 – 000123\nPARTICULARS OF CLAIM").claim_number
    assert found
    assert (found.value, found.certainty) == ("IL-2026-000123", Certainty.READ)


def test_defendants_in_common_propose_the_first_as_a_guess() -> None:
    found = read(f"{COURT_HEAD}\n{BETWEEN}\nDEFENCE\n1. Denied.\nSolicitors for the Defendants").party
    assert found
    assert (found.value, found.certainty) == ("baiyun", Certainty.GUESSED)


def test_a_kind_with_one_possible_author_is_a_guess() -> None:
    found = read(f"{COURT_HEAD}\nPARTICULARS OF CLAIM\n1. Text.").party
    assert found
    assert (found.value, found.certainty) == ("aurelia", Certainty.GUESSED)
    assert read(f"{COURT_HEAD}\nDEFENCE\n1. Text.").party is None


def test_nothing_is_proposed_from_nothing() -> None:
    for text in ("", "\n\n", "1234 5678\nlorem ipsum dolor sit amet consectetur, and so on."):
        found = read(text)
        assert (found.kind, found.party, found.date, found.claim_number, found.title) == (None,) * 5
    assert read(PARTICULARS, parties=()).party is None


def test_the_files_name_is_a_last_resort_and_a_guess() -> None:
    found = read("", filename="2026-09-14 Witness Statement H Park.pdf")
    assert found.kind
    assert (found.kind.value, found.kind.page) == (FilingKind.WITNESS_STATEMENT, None)
    assert found.kind.certainty is Certainty.GUESSED
    assert "file’s name" in found.kind.why
    assert found.date
    assert found.date.value == date(2026, 9, 14)
    assert found.title
    assert found.title.value == "2026-09-14 Witness Statement H Park"
    assert read(PARTICULARS, filename="defence.pdf").kind != found.kind


def test_every_kind_has_a_label() -> None:
    labels = [kind.label for kind in FilingKind]
    assert len(set(labels)) == len(FilingKind) == 21
    assert FilingKind.REPLY_AND_DEFENCE_TO_COUNTERCLAIM.label == "Reply and defence to counterclaim"
    assert PARTIES[0].role == "claimant"
