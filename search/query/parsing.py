"""Text to tree, by a small grammar; whatever cannot be read is answered with its place and the remedy."""

import re
from functools import cache

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError

from search.query import neutral
from search.query.dates import date_range
from search.query.errors import QueryError
from search.query.explanations import NOTHING_AFTER_FIELD, ended_early, explained
from search.query.tree import And, Citation, Field, Node, Not, Or, Phrase, Prefix, Word

FIELDS = ("party", "court", "date", "kind", "title", "citation")
MAX_CHARACTERS = 2_000
MAX_DEPTH = 40

_GRAMMAR = rf"""
start: any_of
?any_of: all_of (_OR all_of)*
?all_of: term (_AND? term)*
?term: (_NOT | _MINUS) term -> negated
     | _LPAR any_of _RPAR
     | FIELD _value -> fielded
     | _value
_value: CITATION | WEB_OR_ECLI | PHRASE | PREFIX | WORD

CITATION.9: /{neutral.PATTERN}/i
_AND.8: /AND(?![^\s()"“”])/
_OR.8: /OR(?![^\s()"“”])/
_NOT.8: /NOT(?![^\s()"“”])/
WEB_OR_ECLI.7: /(?:https?:\/\/|ECLI:|EU:[CTF]:)[^\s()"“”*]+/i
FIELD.6: /(?:{"|".join(FIELDS)}):\s*|[A-Za-z]\w*:(?=[^\s])/i
_MINUS.5: /(?<![^\s(])-(?=[^\s)-])/
PHRASE.4: /["“”][^"“”]*["“”]/
PREFIX.3: /[^\s()"“”*]+\*/
WORD.2: /[^\s()"“”*]+(?:\(\w+\)[^\s()"“”*]*)*/
_LPAR: "("
_RPAR: ")"
%ignore /\s+/
"""
_SEARCHABLE = re.compile(r"[^\W_]|§")


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=False)


def parse(text: str) -> Node:
    """The tree of a query as people type it; words side by side must all match.

    Raises:
        QueryError: for any text that is no query; it says where and what to write instead.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            f"The query is longer than {MAX_CHARACTERS:,} characters",
            remedy="Search for its main words.",
            position=MAX_CHARACTERS + 1,
        )
    if not text.strip():
        raise QueryError("The query is empty", remedy="Type a word to search for.", position=1)
    _check_depth(text)
    try:
        tree: Node | None = _ToTree().transform(_parser().parse(text))
    except UnexpectedInput as error:
        if isinstance(error, UnexpectedToken) and error.token.type == "$END":
            raise ended_early(list(_parser().lex(text)), len(text)) from None
        raise explained(text, error) from None
    except VisitError as error:
        if isinstance(error.orig_exc, QueryError):
            raise error.orig_exc from None
        raise
    if tree is None:
        raise QueryError("The query holds no word or number", remedy="Type a word to search for.", position=1)
    return tree


def _check_depth(text: str) -> None:
    depth = negations = 0
    for token in re.finditer(r"\(|\)|-|\bNOT\b|[^\s()\-]+|\s", text):
        if token.group() in ("(", ")"):
            depth += 1 if token.group() == "(" else -1
        negations = negations + 1 if token.group() in ("-", "NOT") else negations * token.group().isspace()
        if max(depth, negations) > MAX_DEPTH:
            raise QueryError(
                f"The query is nested more than {MAX_DEPTH} deep",
                remedy="Leave out parentheses or NOTs that are not needed.",
                position=token.start() + 1,
            )


@v_args(inline=True)
class _ToTree(Transformer[Token, Node | None]):
    """Builds the tree from the leaves up; a part that holds nothing to search for is None and is left out."""

    def start(self, tree: Node | None) -> Node | None:
        return tree

    def any_of(self, *parts: Node | None) -> Node | None:
        kept = tuple(part for part in parts if part is not None)
        return Or(kept) if len(kept) > 1 else next(iter(kept), None)

    def all_of(self, *parts: Node | None) -> Node | None:
        kept = tuple(part for part in parts if part is not None)
        return And(kept) if len(kept) > 1 else next(iter(kept), None)

    def negated(self, part: Node | None) -> Node | None:
        return None if part is None else Not(part)

    def fielded(self, field: Token, value: Node | None) -> Node | None:
        name = field.rstrip().removesuffix(":").lower()
        position = (field.start_pos or 0) + 1
        if name not in FIELDS:
            raise QueryError(
                f"There is no field “{name}”",
                remedy=f"The fields are {', '.join(FIELDS)}; put a text with a colon in quotation marks.",
                position=position,
            )
        if name == "date" and isinstance(value, Citation | Word | Phrase | Prefix):
            return date_range(value.text, position=position)
        if isinstance(value, Citation):
            return value if name == "citation" else Field(name, Phrase(value.text))
        if isinstance(value, Word | Phrase | Prefix):
            return Field(name, value)
        message = f"Nothing to look for follows “{name}:”"
        raise QueryError(message, remedy=NOTHING_AFTER_FIELD, position=position)

    def CITATION(self, token: Token) -> Node:
        return Citation(neutral.normal(token) or str(token))

    def PHRASE(self, token: Token) -> Node | None:
        text = " ".join(token[1:-1].split())
        if not text:
            raise QueryError(
                "The quotation marks are empty",
                remedy="Put the words between them or leave them out.",
                position=(token.start_pos or 0) + 1,
            )
        citation = neutral.normal(text)
        if citation:
            return Citation(citation)
        return Phrase(text) if _SEARCHABLE.search(text) else None

    def PREFIX(self, token: Token) -> Node | None:
        return Prefix(token[:-1]) if _SEARCHABLE.search(token) else None

    def WORD(self, token: Token) -> Node | None:
        return Word(str(token)) if _SEARCHABLE.search(token) else None

    WEB_OR_ECLI = WORD
