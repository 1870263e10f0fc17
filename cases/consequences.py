"""Which rules start to run when a filing is served or submitted.

Only rules whose trigger is the act itself stand here; a date that depends on an order or a hearing is
entered by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from cases.kinds import FilingKind

Act = Literal["served", "submitted"]
Answering = Literal["in", "out", "filer", "other-side"]


@dataclass(frozen=True, slots=True)
class Consequence:
    """One rule that starts to run.

    Args:
        rule: id in the court's rule pack.
        answering: who has to act: the other side's parties served within the jurisdiction (``in``) or
            outside it (``out``), the party that filed, or everybody on the other side.
        caution: what this choice of rule takes for granted, beyond what the engine itself warns of.
    """

    rule: str
    answering: Answering
    caution: str = ""


WITHIN_THE_KINGDOM = (
    "Counted for service in Scotland or Northern Ireland (CPR 6.35). Served anywhere else, the period stands "
    "in the table of PD 6B or in the order that gave permission: look there before relying on this date."
)

CONSEQUENCES: Mapping[tuple[Act, FilingKind], tuple[Consequence, ...]] = {
    ("served", FilingKind.CLAIM_FORM): (Consequence("EW-SVC-5", "filer"),),
    ("served", FilingKind.PARTICULARS_OF_CLAIM): (
        Consequence("EW-RESP-1", "in"),
        Consequence("EW-RESP-5", "in"),
        Consequence("EW-RESP-6", "in"),
        Consequence("EW-OUT-1", "out", WITHIN_THE_KINGDOM),
        Consequence("EW-OUT-2", "out", WITHIN_THE_KINGDOM),
        Consequence("EW-OUT-2A", "out", WITHIN_THE_KINGDOM),
        Consequence("EW-SVC-6", "filer"),
        Consequence("EW-SVC-7", "filer"),
    ),
    ("submitted", FilingKind.ACKNOWLEDGEMENT_OF_SERVICE): (Consequence("EW-RESP-3", "filer"),),
    ("served", FilingKind.DEFENCE_AND_COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.EXPERT_REPORT): (Consequence("EW-EVID-7", "other-side"),),
}
