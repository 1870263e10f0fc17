"""What a bundle says of itself, checked before it is written."""

import re
from datetime import date
from typing import TypedDict
from zoneinfo import ZoneInfo

from bundles.actions.titles import checked_title
from bundles.models import Bundle
from bundles.pdf import profile as rules
from cases.models import Hearing
from core import clock
from core.errors import InvalidInput
from evidence.models import Exhibit

LETTER = re.compile(r"[A-Z0-9]{1,4}")
BATES = re.compile(r"[A-Z0-9_. -]*", re.IGNORECASE)


class Settings(TypedDict, total=False):
    """A bundle's settings, as ``Bundle`` explains them; what is not given stays as it is."""

    title: str
    hearing: Hearing | None
    hearing_date: date | None
    profile: str
    on_failure: str
    letter: str
    late: str
    largest_mib: int | None
    bates_prefix: str
    bates_start: int
    master: Bundle | None
    statement: Exhibit | None
    exhibit_mark: str
    statement_marks: str


def set_on(bundle: Bundle, said: Settings) -> None:
    """The settings stand on the bundle, checked, not yet saved.

    Raises:
        InvalidInput: one of them cannot be used, or does not go with another; names its field.
    """
    for name, value in said.items():
        setattr(bundle, name, value)
    bundle.title = checked_title(bundle.title)
    bundle.hearing_date = bundle.hearing_date or _day_of(bundle.hearing)
    _check_numbering(bundle, rules.load(bundle.profile))
    _check_core(bundle)
    _check_exhibit(bundle)


def _check_numbering(bundle: Bundle, profile: rules.Profile) -> None:
    bundle.letter = bundle.letter.strip().upper()
    if bundle.letter and not LETTER.fullmatch(bundle.letter):
        raise InvalidInput(
            f"“{bundle.letter}” is not a bundle's letter.",
            remedy="Give one to four letters or figures, such as A.",
            field="letter",
        )
    if bundle.late not in profile.numbering.late:
        raise InvalidInput(
            f"{profile.title}: later documents go to the end, and numbers such as 45A are not allowed.",
            remedy="Choose the end of the bundle, or other rules.",
            field="late",
        )
    if bundle.largest_mib == 0:
        raise InvalidInput(
            "No file fits into 0 MB.", remedy="Leave it empty for no limit.", field="largest_mib"
        )
    bundle.bates_prefix = bundle.bates_prefix.strip()
    if not BATES.fullmatch(bundle.bates_prefix):
        raise InvalidInput(
            f"“{bundle.bates_prefix}” cannot stand before a Bates number.",
            remedy="Use letters, figures, dots, dashes and underscores.",
            field="bates_prefix",
        )


def _check_core(bundle: Bundle) -> None:
    if bundle.kind != Bundle.Kind.CORE:
        if bundle.master:
            raise InvalidInput(
                "Only a core bundle takes its pages from a main bundle.",
                remedy="Begin a core bundle.",
                field="master",
            )
        return
    if bundle.master is None or bundle.master.case_id != bundle.case_id:
        raise InvalidInput(
            "A core bundle takes its pages from a main bundle of the same matter.",
            remedy="Choose which one.",
            field="master",
        )
    if bundle.master.kind == Bundle.Kind.CORE:
        raise InvalidInput(
            f"{bundle.master} is a core bundle itself.", remedy="Choose the main bundle.", field="master"
        )


def _check_exhibit(bundle: Bundle) -> None:
    """Law: CPR PD 32, 18.3 to 18.6: an exhibit belongs to one statement, and no mark is used twice."""
    bundle.exhibit_mark = "".join(bundle.exhibit_mark.split()).upper()
    if bundle.kind != Bundle.Kind.EXHIBIT:
        return
    if bundle.statement is None or bundle.statement.case_id != bundle.case_id:
        raise InvalidInput(
            "An exhibit belongs to a witness statement of the same matter.",
            remedy="Choose the statement.",
            field="statement",
        )
    if not bundle.exhibit_mark:
        raise InvalidInput(
            "The exhibit's mark is missing.",
            remedy="Give the witness's initials and a number, such as HP2.",
            field="exhibit_mark",
        )
    others = Bundle.objects.filter(case=bundle.case, kind=Bundle.Kind.EXHIBIT).exclude(pk=bundle.pk)
    if others.filter(exhibit_mark__iexact=bundle.exhibit_mark).exists():
        raise InvalidInput(
            f"Another exhibit is marked {bundle.exhibit_mark} already.",
            remedy="A witness's exhibits are numbered on from one statement to the next: take the next one.",
            field="exhibit_mark",
        )


def _day_of(hearing: Hearing | None) -> date | None:
    return clock.local_date(hearing.starts_at, ZoneInfo(hearing.case.court.time_zone)) if hearing else None
