"""The piece of a text that shows why it was found, as safe HTML."""

from dataclasses import dataclass
from html import escape

from search.backends import analysis
from search.backends.compilation import word_tokens
from search.query.tree import And, Citation, Field, Node, Not, Or, Phrase, Prefix, Word

LENGTH = 240
_LEAD_IN = 60
_READ_AT_MOST = 200_000

Span = tuple[int, int]


@dataclass(frozen=True)
class Marked:
    """What is to be highlighted: stems of words, sequences of exact tokens, beginnings of words."""

    stems: frozenset[str]
    sequences: tuple[tuple[str, ...], ...]
    prefixes: tuple[tuple[str, ...], ...]


def marked_by(tree: Node) -> Marked:
    """What a query highlights in running text; what it excludes or looks for elsewhere is not highlighted."""
    leaves = list(_leaves(tree))
    words = [tokens for leaf in leaves if isinstance(leaf, Word) and (tokens := word_tokens(leaf.text))]
    telling = [tokens for tokens in words if not analysis.STOPWORDS.issuperset(tokens)] or words
    sequences = [analysis.tokens(leaf.text) for leaf in leaves if isinstance(leaf, Phrase | Citation)]
    prefixes = [analysis.tokens(leaf.text) for leaf in leaves if isinstance(leaf, Prefix)]
    return Marked(
        stems=frozenset(analysis.stem(tokens[0]) for tokens in telling if len(tokens) == 1),
        sequences=tuple(tuple(tokens) for tokens in sequences + [w for w in telling if len(w) > 1] if tokens),
        prefixes=tuple(tuple(tokens) for tokens in prefixes if tokens),
    )


def snippet(text: str, marked: Marked) -> str:
    """About ``LENGTH`` characters around the densest matches, escaped, with matches in ``<mark>``."""
    text = text[:_READ_AT_MOST]
    spans = _spans(text, marked)
    start, end = _window(text, spans)
    pieces = ["… " if start else ""]
    position = start
    for first, last in spans:
        if first >= position and last <= end:
            pieces += [escape(text[position:first]), "<mark>", escape(text[first:last]), "</mark>"]
            position = last
    pieces += [escape(text[position:end]), " …" if end < len(text) else ""]
    return " ".join("".join(pieces).split())


def _leaves(tree: Node) -> list[Node]:
    match tree:
        case And(parts) | Or(parts):
            return [leaf for part in parts for leaf in _leaves(part)]
        case Not() | Field():
            return []
        case _:
            return [tree]


def _spans(text: str, marked: Marked) -> list[Span]:
    tokens = [
        (token.text, token.char_offset_from, token.char_offset_to)
        for token in analysis.exact().pre_tokenize(analysis.encodable(text)).tokens
    ]
    words = [word for word, _, _ in tokens]
    spans: list[Span] = []
    index = 0
    while index < len(tokens):
        length = _match_length(words, index, marked)
        if length:
            spans.append((tokens[index][1], tokens[index + length - 1][2]))
        index += length or 1
    return spans


def _match_length(words: list[str], index: int, marked: Marked) -> int:
    for sequence in marked.sequences:
        if words[index] == sequence[0] and tuple(words[index : index + len(sequence)]) == sequence:
            return len(sequence)
    for prefix in marked.prefixes:
        *whole, last = prefix
        reach = index + len(prefix)
        if words[index : reach - 1] == whole and reach <= len(words) and words[reach - 1].startswith(last):
            return len(prefix)
    return 1 if marked.stems and analysis.stem(words[index]) in marked.stems else 0


def _window(text: str, spans: list[Span]) -> Span:
    best_start = spans[0][0] if spans else 0
    most = left = 0
    for right, (_, last) in enumerate(spans):
        while last - spans[left][0] > LENGTH - _LEAD_IN and left < right:
            left += 1
        if right - left + 1 > most:
            most, best_start = right - left + 1, spans[left][0]
    start = max(0, best_start - _LEAD_IN)
    if start:
        space = text.find(" ", start, best_start)
        start = space + 1 if space >= 0 else best_start
    end = min(len(text), max(start + LENGTH, next((last for first, last in spans if first == best_start), 0)))
    if end < len(text):
        space = text.rfind(" ", start + LENGTH // 2, end)
        inside = any(first < end < last for first, last in spans)
        end = space if space > 0 and not inside else end
    return start, end
