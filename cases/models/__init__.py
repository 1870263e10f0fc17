"""The matter: who sues whom, for what, and what was filed, heard and is due."""

from cases.models.claims import Claim, ElementPosition, Party
from cases.models.due_dates import DueDate
from cases.models.matter import Case, CaseRelation, Membership
from cases.models.proceedings import Application, Filing, Hearing

__all__ = [
    "Application",
    "Case",
    "CaseRelation",
    "Claim",
    "DueDate",
    "ElementPosition",
    "Filing",
    "Hearing",
    "Membership",
    "Party",
]
