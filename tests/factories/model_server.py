"""A real server on this machine that answers as an OpenAI-compatible interface does, and fails as told."""

import json
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Served:
    """What a server was asked, and where it is.

    Args:
        url: of the interface.
        asked: bodies, in order.
        authorisations: headers, likewise.
        plan: what to do with each request in turn; afterwards, and for None, it answers well.
    """

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    authorisations: list[str | None] = field(default_factory=list)
    plan: list[str | None] = field(default_factory=list)


@contextmanager
def model_server(plan: Sequence[str | None] = (), *, usage: bool = True) -> Iterator[Served]:
    """The server, until the block ends.

    Args:
        plan: a status, with seconds for Retry-After as in ``429:5``, ``slow``, ``drip``, ``cut``, ``html``,
            ``empty``, ``bare`` (no log-probabilities), ``hangup``, ``redirect``, JSON to answer with, or
            None, for each request.
        usage: whether answers say what they cost.
    """
    served = Served(plan=list(plan))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            served.asked.append(body)
            served.authorisations.append(self.headers["authorization"])
            deed = served.plan[len(served.asked) - 1] if len(served.asked) <= len(served.plan) else None
            _do(self, deed or "", body, usage=usage)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _do(handler: BaseHTTPRequestHandler, deed: str, body: dict[str, Any], *, usage: bool) -> None:
    whole = json.dumps(_answer(body, bare=deed == "bare", usage=usage)).encode()
    code, _, seconds = deed.partition(":")
    if code.isdecimal():
        said = json.dumps({"error": f"refused {handler.headers['authorization']}"}).encode()
        _reply(handler, int(code), said, {"Retry-After": seconds} if seconds else {})
    elif deed == "redirect":
        _reply(handler, 302, b"", {"Location": "https://elsewhere.example/"})
    elif deed == "hangup":
        handler.connection.close()
    elif deed == "drip":
        _drip(handler, whole)
    else:
        if deed == "slow":
            time.sleep(1.0)
        if deed.startswith("{"):
            whole = deed.encode()
        short = {"cut": whole[: len(whole) // 2], "html": b"<html>busy</html>", "empty": b'{"choices": []}'}
        _reply(handler, 200, short.get(deed, whole))


def _drip(handler: BaseHTTPRequestHandler, whole: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(whole)))
    handler.end_headers()
    for place in range(len(whole)):
        try:
            handler.wfile.write(whole[place : place + 1])
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def _reply(
    handler: BaseHTTPRequestHandler, status: int, content: bytes, headers: dict[str, str] | None = None
) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(content)), **(headers or {})}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(content)


def _answer(body: dict[str, Any], *, bare: bool, usage: bool) -> dict[str, Any]:
    if "messages" in body:
        choice: dict[str, Any] = {"message": {"content": f"To {body['messages'][-1]['content']}"}}
        cost = (7, 5)
    else:
        prompt = body["prompt"]
        choice = {"text": f"After {prompt}"}
        if body.get("logprobs") and not bare:
            tokens = [f"t{token}" for token in prompt]
            choice["logprobs"] = {
                "tokens": tokens,
                "token_logprobs": [None, *(-0.5 * token for token in prompt[1:])],
                "top_logprobs": [
                    None,
                    *({text: -0.1, "token_id:900": -1.0, "strange": -2.0} for text in tokens[1:]),
                ],
            }
        cost = (len(prompt), body["max_tokens"])
    said = {"usage": {"prompt_tokens": cost[0], "completion_tokens": cost[1]}} if usage else {}
    return {"choices": [choice], **said}
