"""What the checker found, rule by rule."""

from dataclasses import dataclass
from typing import Any, Literal

Status = Literal["pass", "fail", "warn", "not applicable", "unverified"]


@dataclass(frozen=True)
class RuleResult:
    """One rule's verdict; ``pages`` (from 1) are where it fails or could not be decided."""

    id: str
    status: Status
    pages: tuple[int, ...]
    detail: str
    source: str = ""


@dataclass(frozen=True)
class CheckReport:
    """Every rule of the profile with its verdict, in the profile's order."""

    rules: tuple[RuleResult, ...]

    @property
    def passed(self) -> bool:
        """Whether no rule fails; rules that nobody could decide do not count as failures."""
        return all(rule.status != "fail" for rule in self.rules)

    def as_json(self) -> dict[str, Any]:
        """The verdict as plain values, ready for ``json.dumps``."""
        return {
            "passed": self.passed,
            "rules": [
                {"id": rule.id, "status": rule.status, "pages": list(rule.pages), "detail": rule.detail}
                for rule in self.rules
            ],
        }


def named_pages(pages: list[int]) -> str:
    """The first few page numbers in words, ``pages 3, 4, 9 and 12 more``."""
    shown = ", ".join(map(str, pages[:5]))
    more = f" and {len(pages) - 5} more" if len(pages) > 5 else ""
    return f"page{'s' if len(pages) > 1 else ''} {shown}{more}"
