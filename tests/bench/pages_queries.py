"""Each page answered once in this process with its database queries counted and timed."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


def main(cookie: str, *addresses: str) -> dict[str, dict[str, Any]]:
    """By address: how many queries, their milliseconds together, and the slowest with its own."""
    return {address: _asked(cookie, address) for address in addresses}


def _asked(cookie: str, address: str) -> dict[str, Any]:
    client = Client(headers={"cookie": cookie, "host": "127.0.0.1"}, raise_request_exception=False)
    client.get(address)  # templates and the language of queries are compiled on first use
    with CaptureQueriesContext(
        connection,
    ) as captured:
        client.get(address)
    queries = [(float(query["time"]) * 1000, query["sql"]) for query in captured.captured_queries]
    slowest = max(queries, default=(0.0, ""))
    return {
        "queries": len(queries),
        "queries_ms": round(sum(milliseconds for milliseconds, _ in queries)),
        "slowest_ms": round(slowest[0]),
        "slowest": slowest[1],
    }
