"""API logs at scale: accounts, templates, groups of accounts, and outputs found among published samples."""

from comparison.logs.analyse import analyse

__all__ = ["analyse"]
