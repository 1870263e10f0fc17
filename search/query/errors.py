"""What is wrong with a query, where, and how to put it right."""

from core.errors import InvalidInput


class QueryError(InvalidInput):
    """The query cannot be read.

    Args:
        message: what is wrong.
        remedy: how to write it instead.
        position: where, counted in characters from 1.
    """

    def __init__(self, message: str, *, remedy: str, position: int) -> None:
        super().__init__(f"{message} (at character {position}).", remedy=remedy, field="query")
        self.position = position
