"""How text becomes searchable tokens: the same for documents and queries."""

from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

# The section sign is a token of its own, so that "§247" and "§ 247" are the same two tokens, found by either
# spelling; Chinese and Japanese are written without spaces, so each character is a token.
_CJK = r"\p{Han}\p{Hiragana}\p{Katakana}"
_TOKEN = rf"§|[{_CJK}]|[\p{{L}}\p{{M}}\p{{N}}--{_CJK}]+"
_LONGEST_TOKEN = 200

STOPWORDS = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have",
        "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "such", "that", "the", "their",
        "then", "there", "these", "they", "this", "to", "was", "were", "which", "with",
    }
)  # fmt: skip


@cache
def exact() -> TextAnalyzer:
    """Lower-case tokens without accents, nothing left out."""
    return _tokens().build()


@cache
def stemmed() -> TextAnalyzer:
    """The same tokens, reduced to their English stems."""
    return _tokens().filter(Filter.stemmer("english")).build()


@cache
def verbatim() -> TextAnalyzer:
    """The whole text as one token."""
    return TextAnalyzerBuilder(Tokenizer.raw()).build()


def tokens(text: str) -> list[str]:
    """The exact tokens of a text."""
    return exact().analyze(encodable(text))


def start_of_last_token(text: str) -> int:
    """Where the last token of the text begins, in characters; the text must hold one."""
    return exact().pre_tokenize(encodable(text)).tokens[-1].char_offset_from


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """The English stem of one exact token."""
    return next(iter(stemmed().analyze(token)), token)


def encodable(text: str) -> str:
    """The text with lone surrogates, which broken files yield and UTF-8 cannot hold, replaced by "?"."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _tokens() -> TextAnalyzerBuilder:
    return (
        TextAnalyzerBuilder(Tokenizer.regex(_TOKEN))
        .filter(Filter.remove_long(_LONGEST_TOKEN))
        .filter(Filter.lowercase())
        .filter(Filter.ascii_fold())
    )
