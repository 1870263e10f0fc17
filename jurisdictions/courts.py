"""What the shipped data says of a court's rules and calendar, for callers that need no database."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from core.errors import NotFound
from jurisdictions.deadlines import Calendar, RulePack, load_calendars, load_pack
from jurisdictions.deadlines.pack import RULES

COURTS = Path(__file__).parent / "data" / "courts.toml"


@dataclass(frozen=True, slots=True)
class CourtRules:
    """Under which rules and over which closed days a court's periods are counted."""

    code: str
    name: str
    pack: RulePack
    calendar: Calendar


def court_rules(code: str) -> CourtRules:
    """The rules and the calendar of the court with this code.

    Raises:
        NotFound: no such court, or one whose rules Assize does not have.
    """
    courts = {row["code"]: row for row in tomllib.loads(COURTS.read_text(encoding="utf-8"))["court"]}
    row = courts.get(code)
    if row is None:
        raise NotFound(f"There is no court {code}.", remedy=f"Use one of: {', '.join(sorted(courts))}.")
    if not row["rule_pack"] or not row["calendar"]:
        known = ", ".join(sorted(name for name, one in courts.items() if one["rule_pack"]))
        raise NotFound(
            f"Assize has no rules of {row['name']}.",
            remedy=f"Work the date out by hand, or use one of: {known}.",
        )
    pack = load_pack(RULES / f"{row['rule_pack']}.toml")
    return CourtRules(code, row["name"], pack, load_calendars()[row["calendar"]])
