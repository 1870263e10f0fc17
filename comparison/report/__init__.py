"""The expert's report of a comparison: laid out from its record alone, and from what a matter adds."""

from comparison.report.matter import EXPERT_PARTS, Held, Matter
from comparison.report.writing import write_report

__all__ = ["EXPERT_PARTS", "Held", "Matter", "write_report"]
