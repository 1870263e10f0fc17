"""Writing TOML in one way only, so that a text's hash is that of what it says."""

import json
import re
from collections.abc import Mapping

from comparison.evaluation.errors import JobInvalid

Value = str | int | float | bool | list[str]
BARE = re.compile(r"[A-Za-z0-9_-]+")


def table(heading: str, rows: Mapping[str, Value | None]) -> str:
    """A table under its heading, in the order given; rows whose value is None are left out.

    Raises:
        JobInvalid: a value is neither text, number, truth value nor list of texts.
    """
    lines = [f"{key(name)} = {_value(value)}" for name, value in rows.items() if value is not None]
    return "\n".join([heading, *lines, ""])


def key(name: str) -> str:
    """A key of a table: a plain word as it is, anything else in quotation marks."""
    return name if BARE.fullmatch(name) else quoted(name)


def quoted(text: str) -> str:
    """A text in quotation marks."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise JobInvalid(f"{text!r} holds half a character.", remedy="Write the text anew.") from error
    # JSON's escapes are those of TOML, but for the one control character that JSON leaves as it is.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return quoted(value)
        case list() if all(isinstance(one, str) for one in value):
            return f"[{', '.join(map(quoted, value))}]"
    raise JobInvalid(
        f"{value!r} cannot stand in a job.", remedy="Use texts, numbers, true, false or lists of texts."
    )
