"""Reading from TOML what to ask of which address, how fast, and what it may cost."""

import hashlib
import ipaddress
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from comparison.blackbox.errors import AskingInvalid

KINDS = ("chat", "completions")
TABLES = ("endpoint", "prompts", "request", "budget", "pace")
VARIABLE = re.compile(r"[A-Z][A-Z0-9_]*")
FIXED = (
    "model", "messages", "prompt", "stream", "n", "max_tokens", "best_of", "max_completion_tokens",
)  # fmt: skip
"""Keys of a request that do not stand in [request]: what is asked, and what would make answers dearer."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be spent; nothing is sent that could go beyond it.

    Args:
        requests: attempts in all.
        tokens: of prompts and answers together; None for no limit.
        money: in the currency of the prices; None for no limit.
        price_in: of a million tokens of prompts.
        price_out: of a million tokens of answers.
    """

    requests: int
    tokens: int | None
    money: float | None
    price_in: float
    price_out: float


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast, and how patiently.

    Args:
        a_minute: requests at most.
        timeout: seconds for one whole answer.
        attempts: for each prompt.
        wait: seconds before the second attempt; twice as long before each further one.
        longest_wait: seconds; a server that asks for more ends the run, which can go on later.
    """

    a_minute: float
    timeout: float
    attempts: int
    wait: float
    longest_wait: float


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked.

    Args:
        url: of the interface, without the last part.
        kind: ``chat`` or ``completions``.
        model: as the interface calls it.
        key_variable: the environment variable that holds the key; empty for none.
        prompts: text, messages, or ids, in order.
        prompts_sha256: of their file.
        max_tokens: of an answer.
        request: further keys of the request, such as temperature and logprobs.
        budget: what may be spent.
        pace: how fast.
    """

    url: str
    kind: str
    model: str
    key_variable: str
    prompts: tuple[Any, ...]
    prompts_sha256: str
    max_tokens: int
    request: dict[str, Any]
    budget: Budget
    pace: Pace

    @property
    def address(self) -> str:
        """Where requests go."""
        return f"{self.url}/{'chat/completions' if self.kind == 'chat' else 'completions'}"

    def body(self, number: int) -> bytes:
        """The request for one prompt, the same bytes whenever it is asked."""
        prompt = self.prompts[number]
        asked: dict[str, Any] = {"model": self.model, "max_tokens": self.max_tokens, **self.request}
        if self.kind == "chat":
            text = isinstance(prompt, str)
            asked["messages"] = [{"role": "user", "content": prompt}] if text else prompt
        else:
            asked["prompt"] = prompt
        return json.dumps(asked, sort_keys=True, ensure_ascii=False).encode()


def read_asking(path: Path) -> Asking:
    """The specification in a TOML file; the file of prompts is relative to its folder.

    Raises:
        AskingInvalid: naming what is wrong and what to write.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise AskingInvalid(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error
    except ValueError as error:
        raise AskingInvalid(f"{path.name} is not valid TOML: {error}.", remedy="Correct it.") from error
    tables = {name: content.get(name, {}) for name in TABLES}
    for name in content:
        if name not in TABLES or not isinstance(content[name], dict):
            raise AskingInvalid(f"{name} is no table known here.", remedy=f"Known: {', '.join(TABLES)}.")
    endpoint = _Table("endpoint", tables["endpoint"], ("url", "kind", "model", "key", "max_tokens"))
    prompts = _Table("prompts", tables["prompts"], ("file", "field"))
    kind = endpoint.text("kind")
    if kind not in KINDS:
        raise AskingInvalid(f"There is no kind {kind}.", remedy=f"Write one of: {', '.join(KINDS)}.")
    key = endpoint.text("key", "")
    if key and not VARIABLE.fullmatch(key):
        raise AskingInvalid(
            "key is not the name of an environment variable.",
            remedy='Put the key itself into the environment, and write its name, such as key = "API_KEY".',
        )
    request = dict(tables["request"])
    if forbidden := sorted(set(request) & set(FIXED)):
        raise AskingInvalid(
            f"{forbidden[0]} does not stand in [request].",
            remedy="Take it out: it follows from [endpoint] and the prompts, or makes answers dearer than "
            "the budget knows.",
        )
    try:
        json.dumps(request, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise AskingInvalid(
            "[request] holds a date, or a number that is none.", remedy="JSON knows neither; correct it."
        ) from error
    read, sha256 = _prompts(path.parent / prompts.text("file"), prompts.text("field", "prompt"), kind)
    return Asking(
        url=_address(endpoint.text("url")),
        kind=kind,
        model=endpoint.text("model"),
        key_variable=key,
        prompts=read,
        prompts_sha256=sha256,
        max_tokens=int(endpoint.number("max_tokens", None, least=0, whole=True)),
        request=request,
        budget=_budget(
            _Table("budget", tables["budget"], ("requests", "tokens", "money", "price_in", "price_out"))
        ),
        pace=_pace(
            _Table("pace", tables["pace"], ("a_minute", "timeout", "attempts", "wait", "longest_wait"))
        ),
    )


def _budget(table: "_Table") -> Budget:
    money = table.number("money", -1.0, least=0) if "money" in table.values else None
    if money is not None and not {"price_in", "price_out"} <= set(table.values):
        raise AskingInvalid(
            "A budget in money needs prices.",
            remedy="Write price_in and price_out, of a million tokens each.",
        )
    return Budget(
        requests=int(table.number("requests", None, least=1, whole=True)),
        tokens=int(table.number("tokens", None, least=1, whole=True)) if "tokens" in table.values else None,
        money=money,
        price_in=table.number("price_in", 0.0, least=0),
        price_out=table.number("price_out", 0.0, least=0),
    )


def _pace(table: "_Table") -> Pace:
    return Pace(
        a_minute=table.number("a_minute", 60.0, least=0.1),
        timeout=table.number("timeout", 60.0, least=0.05),
        attempts=int(table.number("attempts", 5, least=1, whole=True)),
        wait=table.number("wait", 2.0, least=0.001),
        longest_wait=table.number("longest_wait", 300.0, least=0.001),
    )


def _address(url: str) -> str:
    """The address, which is https, or http on this machine, and holds neither user nor question."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        _ = parts.port
        host.encode("idna")
    except ValueError as error:
        raise AskingInvalid(f"{url} is not an address.", remedy="Write it as https://host/v1.") from error
    if parts.username or parts.password or parts.query or parts.fragment:
        raise AskingInvalid(
            "The address holds a user, a password or a question.",
            remedy="Write the bare address; a key comes from the environment.",
        )
    if (
        not host
        or re.search(r"\s", url)
        or not (parts.scheme == "https" or (parts.scheme == "http" and _here(host)))
    ):
        raise AskingInvalid(
            f"{url} is not asked.", remedy="Write an address with https; http is for this machine only."
        )
    return url.rstrip("/")


def _here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _prompts(path: Path, field: str, kind: str) -> tuple[tuple[Any, ...], str]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise AskingInvalid(f"{path} cannot be read: {error.strerror}.", remedy="Check the path.") from error
    found = [
        _prompt(line, field, kind, f"{path.name}, line {number}")
        for number, line in enumerate(content.split(b"\n"), start=1)
        if line.strip()
    ]
    if not found:
        raise AskingInvalid(f"{path.name} holds no prompt.", remedy="Write one on each line.")
    return tuple(found), hashlib.sha256(content).hexdigest()


def _prompt(line: bytes, field: str, kind: str, where: str) -> Any:
    """The one prompt on a line. A list of texts would be several, each with an answer of its own."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise AskingInvalid(f"{where}, is not JSON: {error}.", remedy="Correct it.") from error
    prompt = row.get(field) if isinstance(row, dict) else None
    inside: type = dict if kind == "chat" else int
    parts = isinstance(prompt, list) and all(isinstance(one, inside) for one in prompt)
    if not prompt or not (isinstance(prompt, str) or parts):
        form = "messages" if kind == "chat" else "a list of ids"
        raise AskingInvalid(
            f"{where}, does not give one prompt as {field}.", remedy=f"Write text or {form} on each line."
        )
    try:
        json.dumps(prompt, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise AskingInvalid(
            f"{where}, holds half of a character.", remedy="Write the whole character, or take it out."
        ) from error
    return prompt


@dataclass(frozen=True)
class _Table:
    """A table of the file, of which every key is known."""

    name: str
    values: dict[str, Any]
    known: tuple[str, ...]

    def __post_init__(self) -> None:
        if unknown := sorted(set(self.values) - set(self.known)):
            raise AskingInvalid(
                f"{unknown[0]} is not known in [{self.name}].", remedy=f"Known: {', '.join(self.known)}."
            )

    def text(self, key: str, usual: str | None = None) -> str:
        value = self.values.get(key, usual)
        if not isinstance(value, str) or not (value.strip() or usual == value):
            raise AskingInvalid(f"[{self.name}] gives no {key}.", remedy=f'Write {key} = "…".')
        return value.strip()

    def number(self, key: str, usual: float | None, *, least: float, whole: bool = False) -> float:
        value = self.values.get(key, usual)
        fits = isinstance(value, int if whole else int | float) and not isinstance(value, bool)
        if not fits or value is None or not least <= value < 1e15:
            raise AskingInvalid(
                f"{key} in [{self.name}] is not a number of {least:g} or more.", remedy=f"Write {key} = …."
            )
        return float(value)
