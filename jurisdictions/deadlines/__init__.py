"""Procedural deadlines from rule packs: plain Python, every step of the count shown with its source."""

from jurisdictions.deadlines.calendar import Calendar, load_calendars
from jurisdictions.deadlines.compute import NO_FACTS, compute
from jurisdictions.deadlines.errors import RuleNotEncoded, RulePackError
from jurisdictions.deadlines.models import Computation, Document, Rule, RulePack, ServiceRule, Step
from jurisdictions.deadlines.pack import load_pack
from jurisdictions.deadlines.service import deemed_service

__all__ = [
    "NO_FACTS",
    "Calendar",
    "Computation",
    "Document",
    "Rule",
    "RuleNotEncoded",
    "RulePack",
    "RulePackError",
    "ServiceRule",
    "Step",
    "compute",
    "deemed_service",
    "load_calendars",
    "load_pack",
]
