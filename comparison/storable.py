"""Whether a JSON value that came from elsewhere can be kept and shown."""

import json


def storable(value: object) -> bool:
    """Whether every database keeps it and every page can show it.

    JSON has ways of writing what neither takes: a zero byte, half of a pair of surrogates, a number that is
    infinite or none.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        text.encode()
    except ValueError:
        return False
    return "\\u0000" not in text
