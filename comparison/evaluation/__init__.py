"""Two models compared by the methods of a specification, and how strong what was found is as evidence."""

from comparison.evaluation.compare import compare

__all__ = ["compare"]
