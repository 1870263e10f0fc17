"""Each page answered in this process, its work and its database queries measured in processor time.

Processor time hardly changes when others are at work on the machine, unlike the time on the clock.
"""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client

_ROUNDS = 3


def main(cookie: str, *addresses: str) -> dict[str, dict[str, Any]]:
    """By address: processor milliseconds, how many queries, and the slowest with its milliseconds."""
    return {address: _asked(cookie, address) for address in addresses}


def _asked(cookie: str, address: str) -> dict[str, Any]:
    client = Client(headers={"cookie": cookie, "host": "127.0.0.1"})
    client.get(address)  # compiles the templates
    return min((_once(client, address) for _ in range(_ROUNDS)), key=lambda told: float(told["cpu_ms"]))


def _once(client: Client, address: str) -> dict[str, Any]:
    queries: list[tuple[float, str]] = []

    def watch(execute: Callable[..., Any], sql: str, parameters: Any, many: bool, context: Any) -> Any:
        begun = time.thread_time()
        try:
            return execute(sql, parameters, many, context)
        finally:
            queries.append(((time.thread_time() - begun) * 1000, sql))

    begun = time.thread_time()
    with connection.execute_wrapper(watch):
        client.get(address)
    spent = (time.thread_time() - begun) * 1000
    slowest = max(queries, default=(0.0, ""))
    return {
        "cpu_ms": round(spent, 1),
        "queries": len(queries),
        "queries_cpu_ms": round(sum(milliseconds for milliseconds, _ in queries), 1),
        "slowest_cpu_ms": round(slowest[0], 1),
        "slowest": _without_columns(slowest[1])[:400],
    }


def _without_columns(sql: str) -> str:
    """The query from its first FROM on, which says what it does; columns say little."""
    start = sql.find(" FROM ")
    return sql[start + 1 :] if start >= 0 else sql
