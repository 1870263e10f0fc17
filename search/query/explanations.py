"""What a grammar error means to the person who typed the query."""

from collections.abc import Sequence

from lark import Token, UnexpectedInput, UnexpectedToken

from search.query.errors import QueryError

NOTHING_AFTER_FIELD = 'Write court:UKSC or court:"High Court".'
_OPERATORS = ("_AND", "_OR", "_NOT", "_MINUS", "FIELD")


def explained(text: str, error: UnexpectedInput) -> QueryError:
    """The grammar's error in words, with its place and the remedy."""
    position = (error.pos_in_stream or 0) + 1
    if not isinstance(error, UnexpectedToken):
        return _stray_character(text[position - 1], position)
    token: Token = error.token
    before = text[: position - 1].rstrip()
    if token.type == "_RPAR" and before.endswith("("):
        remedy = "Put words between them or leave them out."
        return QueryError("The parentheses are empty", remedy=remedy, position=len(before))
    if token.type == "_RPAR" and not before.endswith((":", "AND", "OR", "NOT")):
        remedy = "Add “(” before it or remove it."
        return QueryError("A closing parenthesis has no opening one", remedy=remedy, position=position)
    if before.endswith(":"):
        message = "Nothing to look for follows the field"
        return QueryError(message, remedy=NOTHING_AFTER_FIELD, position=position)
    return QueryError(
        f"“{token}” has nothing on one side to search for",
        remedy="Write a word on both sides of AND and OR and after NOT; to find the word, put it in quotes.",
        position=position,
    )


def ended_early(tokens: Sequence[Token], length: int) -> QueryError:
    """Why a query of this many characters, cut into these tokens, cannot end where it does."""
    last = tokens[-1]
    if last.type in _OPERATORS:
        return QueryError(
            f"Nothing follows “{last.strip()}”",
            remedy="Add what to search for, or remove it.",
            position=(last.start_pos or 0) + 1,
        )
    opened: list[Token] = []
    for token in tokens:
        if token.type == "_LPAR":
            opened.append(token)
        elif token.type == "_RPAR" and opened:
            opened.pop()
    position = (opened[-1].start_pos or 0) + 1 if opened else length
    return QueryError(
        "A parenthesis is not closed", remedy="Add “)” where the group ends.", position=position
    )


def _stray_character(character: str, position: int) -> QueryError:
    if character in '"“”':
        remedy = f"Add {character.replace('“', '”')} after the phrase."
        return QueryError("A quotation mark is not closed", remedy=remedy, position=position)
    if character == "*":
        remedy = "Write it straight after the start of a word: train*."
        return QueryError("An asterisk stands alone", remedy=remedy, position=position)
    return QueryError(f"“{character}” cannot be read here", remedy="Remove it.", position=position)
