"""What a matter adds to a comparison's record: who holds the models, what became of them, and the expert."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

EXPERT_PARTS: Mapping[str, str] = {
    "name": "Name and address of the expert",
    "qualifications": "Qualifications and experience",
    "instructions": "Substance of the instructions, and facts on which the opinion rests",
    "own_knowledge": "Which of the facts stated are within the expert's own knowledge",
    "tested_by": "Who carried out the tests, their qualifications, and whether the expert supervised them",
    "literature": "Literature and other material relied on, beyond the papers listed here",
    "range_of_opinion": "The range of opinion, and reasons for the expert's own",
    "limits": "Qualifications of the opinion, where it cannot be given without any",
    "conclusions": "Summary of the expert's conclusions",
}
"""The parts of a report that only the expert can supply, by name."""


@dataclass(frozen=True, slots=True)
class Held:
    """A model as the matter registered it; empty where it says nothing.

    Args:
        label: vendor, name and version.
        access: what can be reached of it.
        licence: under which it is offered.
        obtained: from where, by whom, when.
        released: when.
        exhibit: by which mark it stands in evidence.
    """

    label: str
    access: str = ""
    licence: str = ""
    obtained: str = ""
    released: str = ""
    exhibit: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """The matter's facts.

    Args:
        case: its title.
        court: its name.
        claim_number: as the court gave it.
        reference: the claimant's model.
        suspect: the model complained of.
        made: when and by whom the comparison came into the matter, in words.
        dated: day and time of this report, ISO 8601.
        date: likewise in words.
        custody: when, who and what of each entry of the ledger about these models and this comparison.
        expert: by name of a part (``EXPERT_PARTS``) what the expert wrote.
    """

    case: str
    court: str
    claim_number: str
    reference: Held
    suspect: Held
    made: str
    dated: str
    date: str
    custody: Sequence[tuple[str, str, str]] = ()
    expert: Mapping[str, str] = field(default_factory=dict)
