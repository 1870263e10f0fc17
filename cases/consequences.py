"""Which rules start to run when a filing is served or submitted.

Only rules whose trigger is the act itself stand here; a date that depends on an order or a hearing is
entered by a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
        facts: what the rule depends on, as assumed here; the engine says so in its warnings.
    """

    rule: str
    answering: Answering
    facts: Mapping[str, str] = field(default_factory=dict)


ACKNOWLEDGED = {"acknowledged": "yes"}

CONSEQUENCES: Mapping[tuple[Act, FilingKind], tuple[Consequence, ...]] = {
    ("served", FilingKind.CLAIM_FORM): (Consequence("EW-SVC-5", "filer"),),
    ("served", FilingKind.PARTICULARS_OF_CLAIM): (
        Consequence("EW-RESP-1", "in"),
        Consequence("EW-RESP-6", "in", ACKNOWLEDGED),
        Consequence("EW-OUT-1", "out"),
        Consequence("EW-OUT-2A", "out", ACKNOWLEDGED),
        Consequence("EW-SVC-6", "filer"),
        Consequence("EW-SVC-7", "filer"),
    ),
    ("submitted", FilingKind.ACKNOWLEDGEMENT_OF_SERVICE): (Consequence("EW-RESP-3", "filer"),),
    ("served", FilingKind.DEFENCE_AND_COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.COUNTERCLAIM): (Consequence("EW-CC-1", "other-side"),),
    ("served", FilingKind.EXPERT_REPORT): (Consequence("EW-EVID-7", "other-side"),),
}
