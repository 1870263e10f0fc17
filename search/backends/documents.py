"""Documents as the embedded engine stores them."""

import re

import tantivy

from search.backends.analysis import encodable
from search.backends.base import Document
from search.query import neutral

_CASE_NAME = re.compile(r"\s-?v\.?-?\s|^(?:in )?re\s|^r\s*\(", re.IGNORECASE)


def indexed(document: Document) -> tantivy.Document:
    """The document as rows of the index.

    The name of a case is a proper name and is found letter for letter only ("Howell" is not "Howells"); any
    other title is also found by the stems of its words.
    """
    row = tantivy.Document()
    for name in ("id", "scope", "kind", "title", "text", "url", "citation", "party", "court", "paragraph"):
        row.add_text(name, encodable(getattr(document, name)))
    row.add_text("kind_key", encodable(document.kind))
    row.add_text("part", "paragraph" if document.paragraph else "whole")
    row.add_text("text_stem", encodable(document.text))
    if not _CASE_NAME.search(document.title):
        row.add_text("title_stem", encodable(document.title))
    for citation in neutral.find_all(document.citation):
        row.add_text("citation_key", citation)
    for citation in neutral.find_all(document.text):
        row.add_text("cited", citation)
    if document.date:
        row.add_integer("day", document.date.toordinal())
    return row
