"""Queries as people type them: text in, tree out; no Django, no search engine."""

from search.query.errors import QueryError
from search.query.parsing import FIELDS, parse
from search.query.tree import And, Citation, DateRange, Field, Node, Not, Or, Phrase, Prefix, Word, as_text

__all__ = [
    "FIELDS", "And", "Citation", "DateRange", "Field", "Node", "Not", "Or", "Phrase", "Prefix",
    "QueryError", "Word", "as_text", "parse",
]  # fmt: skip
