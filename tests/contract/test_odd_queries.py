"""What a browser would never send in an address is answered, not tripped over, on either database."""

from typing import Any

import pytest

from tests.contract.conftest import World
from tests.contract.table import TABLE
from tests.contract.test_urls import address

ASKED = (
    "q", "words", "page", "sort", "state", "show", "only", "kind", "type", "party", "person", "court", "year",
    "topic", "matter", "case", "filed", "withdrawn", "claim_number", "since", "until", "from", "to", "who",
    "verb", "limit", "offset", "checked", "jobs", "proposition",
)  # fmt: skip
ODD = {"a NUL": "\x00", "half a surrogate": "\udcff", "too large": "9" * 30, "negative": "-1", "no such": "²"}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_words_in_an_address_are_answered(world: World, odd: str) -> None:
    owner = world.client("owner")
    owner.raise_request_exception = False
    query = dict.fromkeys(ASKED, odd.encode("utf-8", "surrogateescape"))
    wrong = {}
    for name, entry in TABLE.items():
        if entry.method == "get":
            answer: Any = owner.get(address(name, world.values), query, HTTP_ACCEPT="*/*")
            for close in answer._resource_closers:
                close()
            if answer.status_code >= 500:
                wrong[name] = answer.status_code
    assert wrong == {}
