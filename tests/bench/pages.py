"""How fast pages are with fifty thousand filings, beside the sign-in page of the same server.

Run it with ``python -m tests.bench pages``.
"""

import http.client
import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.bench import site

_FLOOR = "/account/login/"
_PATIENCE = 60  # seconds until the server must answer
_SLOW = 100  # milliseconds from which the slowest query is named
_WORKERS = 2  # of the Procfile: each has compiled its templates before timing begins


def measure(filings: int = 50_000, requests: int = 40) -> dict[str, Any]:
    """Milliseconds at p50 and p95 of each page, its queries, and the floor beside it.

    Args:
        filings: in one matter, which stands beside twenty small ones; one in 25 has an exhibit.
        requests: how often each page is asked for, one after the other.

    ``cpu_ms`` is the processor time of one answer in a process of its own, ``queries_cpu_ms`` that of its
    queries. The server is the Procfile's; the floor is its sign-in page, which needs no matter. ``ratio`` is
    to the floor at p50. A page that fails has ``failed`` with the status and the last line of the server's
    log instead.
    """
    with site.installation() as environment:
        begun = time.perf_counter()
        rows = site.call(environment, "tests.bench.pages_rows", str(filings))
        filled = time.perf_counter() - begun
        addresses = _addresses(rows, filings)
        log = Path(environment["ASSIZE_VAR"]) / "server.log"
        with _server(environment, log) as port:
            floor = _timed(port, _FLOOR, "", requests, log)
            pages = {
                name: _timed(port, address, rows["cookie"], requests, log)
                for name, address in addresses.items()
            }
        sound = {name: address for name, address in addresses.items() if "failed" not in pages[name]}
        asked = site.call(environment, "tests.bench.pages_queries", rows["cookie"], *sound.values())
    for name, address in sound.items():
        pages[name] |= _explained(pages[name], asked[address], floor)
    return {
        "filings": filings,
        "fill_seconds": round(filled, 1),
        "floor": floor,
        "worst_p95_ms": max((pages[name]["p95_ms"] for name in sound), default=None),
        "failed": sorted(set(pages) - set(sound)),
        "each": pages,
    }


def _addresses(rows: dict[str, str], filings: int) -> dict[str, str]:
    matter = f"/matters/{rows['case']}"
    deep = max(1, filings // 50 - 10)
    return {
        "matters": "/",
        "overview": f"{matter}/",
        "docket": f"{matter}/docket/",
        "docket, deep page": f"{matter}/docket/?page={deep}",
        "docket, narrowed": f"{matter}/docket/?kind=witness-statement&state=waiting",
        "docket, by title": f"{matter}/docket/?sort=title",
        "docket, by party": f"{matter}/docket/?sort=-party",
        "docket, words": f"{matter}/docket/?words=injunction+77",
        "filing": f"{matter}/docket/{rows['filing']}/",
        "exhibits": f"{matter}/exhibits/",
        "exhibit": f"{matter}/exhibits/{rows['exhibit']}/",
        "chronology": f"{matter}/chronology/",
        "chronology, deep page": f"{matter}/chronology/?page={max(1, filings // 40 - 10)}",
        "due": "/due/",
        "search": "/search/?q=injunction+AND+attention",
        "ledger": f"{matter}/ledger/",
        "ledger, deep page": f"{matter}/ledger/?page={max(1, filings // 100 - 10)}",
    }


@contextmanager
def _server(environment: dict[str, str], log: Path) -> Iterator[int]:
    """The Procfile's server answers on this port of the loopback until the block ends."""
    lines = (site.PROJECT / "Procfile").read_text().splitlines()
    command = next(line.removeprefix("web:").strip() for line in lines if line.startswith("web:"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with log.open("wb") as written:
        server = subprocess.Popen(
            ["bash", "-c", f"exec {command}"],
            cwd=site.PROJECT,
            env={**environment, "HOST": "127.0.0.1", "PORT": str(port)},
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _await(port, server, log)
            yield port
        finally:
            server.terminate()
            try:
                server.wait(10)
            finally:
                if server.poll() is None:
                    os.killpg(server.pid, signal.SIGKILL)
                    server.wait()


def _await(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"the server did not start: {_last_line(log)}")


def _timed(port: int, address: str, cookie: str, requests: int, log: Path) -> dict[str, Any]:
    for _ in range(2 * _WORKERS):
        status, _ = _get(port, address, cookie)
        if status != http.HTTPStatus.OK:
            return {"failed": f"HTTP {status} for {address}: {_last_line(log)}"}
    taken = [_get(port, address, cookie) for _ in range(requests)]
    milliseconds = [spent for _, spent in taken]
    return {"p50_ms": _quantile(milliseconds, 50), "p95_ms": _quantile(milliseconds, 95)}


def _get(port: int, address: str, cookie: str) -> tuple[int, float]:
    """Status, and milliseconds until the last byte was there."""
    begun = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        response.read()
    finally:
        connection.close()
    return response.status, (time.perf_counter() - begun) * 1000


def _explained(page: dict[str, Any], asked: dict[str, Any], floor: dict[str, Any]) -> dict[str, Any]:
    """Ratio to the floor, processor time, count of queries, and the slowest query of a slow page."""
    names = ["cpu_ms", "queries", "queries_cpu_ms"]
    if page["p95_ms"] > _SLOW:
        names += ["slowest_cpu_ms", "slowest"]
    return {"ratio": round(page["p50_ms"] / floor["p50_ms"], 1), **{name: asked[name] for name in names}}


def _last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()
    return lines[-1][:300] if lines else "the server said nothing"


def _quantile(milliseconds: list[float], percent: int) -> float:
    return round(statistics.quantiles(milliseconds, n=100)[percent - 1], 1)
