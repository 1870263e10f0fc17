"""Which rules start to run when a filing is served or submitted.

Only rules whose trigger is the act itself stand here; a date that depends on an order or a hearing is
entered by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cases.kinds import FilingKind
from cases.models import Party

Act = Literal["served", "submitted"]
Answering = Literal["in", "uk", "abroad", "filer", "other-side"]
BY_PLACE: tuple[Answering, ...] = ("in", "uk", "abroad")
Place = Party.Place


@dataclass(frozen=True, slots=True)
class Consequence:
    """One rule that starts to run.

    Args:
        rule: id in the court's rule pack.
        answering: who has to act: the other side's parties served within the jurisdiction (``in``), in the
            rest of the United Kingdom (``uk``) or ``abroad``, the party that filed, or everybody on the
            other side.
        inside: the rule runs from particulars, and these stand in the claim form.
    """

    rule: str
    answering: Answering
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """What the place of service means for a party's time to respond.

    Args:
        answering: under which rules it is counted.
        caution: what that takes for granted, beyond what the engine itself warns of.
        known: false where the place did not decide it, so that the date is no more than a safe one.
    """

    answering: Answering
    caution: str = ""
    known: bool = True


_SHORTEST = "Counted as for service in England and Wales, the shortest period held here."
_ENGLAND = Where("in")
_KINGDOM = Where(
    "uk", "For service without permission (CPR 6.32): an order that gave permission states its own periods."
)
_TABLE = Where(
    "abroad",
    "Counted from the day recorded as that of service: the deemed dates of CPR 6.14 and 6.26 are for "
    "service within the United Kingdom.",
)

WHERE: Mapping[str, Where] = {
    "": Where(
        "in",
        f"Where the party is served is not recorded. {_SHORTEST} Record the place with the party (People): "
        "the date is then counted anew.",
        known=False,
    ),
    Place.ENGLAND_AND_WALES: _ENGLAND,
    Place.SCOTLAND: _KINGDOM,
    Place.NORTHERN_IRELAND: _KINGDOM,
    Place.CHINA: _TABLE,
    Place.HONG_KONG: _TABLE,
    Place.SINGAPORE: _TABLE,
    Place.UNITED_STATES: _TABLE,
    Place.ELSEWHERE: Where(
        "in",
        f"The party is served in a place of whose period there is no figure here. {_SHORTEST} Read CPR 6.35 "
        "and the table of PD 6B, or the order that gave permission, and enter the date by hand.",
        known=False,
    ),
}
"""By place of service. Law: CPR 6.32-6.35; PD 6B paras 6.3-6.4 and Table."""

CONSEQUENCES: Mapping[tuple[Act, FilingKind], tuple[Consequence, ...]] = {
    ("served", FilingKind.CLAIM_FORM): (Consequence("EW-SVC-5", "filer"),),
    ("served", FilingKind.PARTICULARS_OF_CLAIM): (
        Consequence("EW-RESP-1", "in"),
        Consequence("EW-RESP-5", "in"),
        Consequence("EW-RESP-6", "in"),
        Consequence("EW-OUT-1", "uk"),
        Consequence("EW-OUT-2", "uk"),
        Consequence("EW-OUT-2A", "uk"),
        Consequence("EW-OUT-3", "abroad"),
        Consequence("EW-OUT-4", "abroad"),
        Consequence("EW-OUT-4A", "abroad"),
        Consequence("EW-SVC-6", "filer"),
        Consequence("EW-SVC-7", "filer"),
    ),
    ("submitted", FilingKind.ACKNOWLEDGEMENT_OF_SERVICE): (Consequence("EW-RESP-3", "filer"),),
    ("served", FilingKind.DEFENCE_AND_COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.EXPERT_REPORT): (Consequence("EW-EVID-7", "other-side"),),
}

PARTICULARS_INSIDE: tuple[Consequence, ...] = (
    Consequence("EW-RESP-2", "in"),
    Consequence("EW-RESP-5", "in", inside=True),
    Consequence("EW-RESP-6", "in", inside=True),
    Consequence("EW-OUT-1", "uk", inside=True),
    Consequence("EW-OUT-2", "uk", inside=True),
    Consequence("EW-OUT-2A", "uk", inside=True),
    Consequence("EW-OUT-3", "abroad"),
    Consequence("EW-OUT-4", "abroad"),
    Consequence("EW-OUT-4A", "abroad"),
    Consequence("EW-SVC-7", "filer", inside=True),
)
"""What the service of a claim form that contains its particulars sets running; they are on file already."""
