"""What a title of a bundle or a section may be."""

from core.errors import InvalidInput

LONGEST = 200
"""Characters of a title of a bundle or a section."""


def checked_title(words: str) -> str:
    """The title without blanks around it.

    Raises:
        InvalidInput: it is empty or too long.
    """
    words = words.strip()
    if not words:
        raise InvalidInput("A title is missing.", remedy="Write what it is called.", field="title")
    if len(words) > LONGEST:
        raise InvalidInput(
            f"The title has {len(words)} characters.", remedy=f"Shorten it to {LONGEST}.", field="title"
        )
    return words
