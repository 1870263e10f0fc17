"""Asking an OpenAI-compatible interface: in order, within the budget, patiently, and with a transcript."""

import json
import os
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import httpx

from comparison.blackbox.asking import Asking
from comparison.blackbox.errors import AskingInvalid, EndpointRefused
from comparison.blackbox.spending import Cost, actual, most, spent
from comparison.blackbox.transcript import FILE, FORMAT, Transcript
from core import clock
from core.errors import Conflict
from core.locks import if_free

LOCK = "asking.lock"
LARGEST_ANSWER = 32 * 1024 * 1024
"""Bytes."""
MOST_TOKENS = 10**15
"""Of one answer; a count beyond is none."""
FOR_GOOD = (401, 403, 404)
"""Refusals that every further request would meet as well."""
OF_THE_PROMPT = (400, 413, 422)
"""Refusals of this prompt only."""
VISIBLE = re.compile(r"[!-~]{8,}")
"""What a header can carry, and long enough to be told from the words of an answer that it is hidden in."""
KEPT_HEADERS = ("date", "retry-after", "x-request-id", "openai-model", "server", "content-type")
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an asking ended.

    Args:
        answered: prompts with an answer.
        refused: prompts that the server refused.
        failed: prompts of which every attempt failed.
        left: prompts that were not asked for want of budget.
        cost: of all runs with this transcript.
    """

    answered: int
    refused: int
    failed: int
    left: int
    cost: Cost


@dataclass
class _Answer:
    """What came back of one attempt; ``problem`` is empty for a whole answer."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    usage: tuple[int, int] | None = None
    problem: str = ""


def ask(asking: Asking, out_dir: Path, *, progress: Progress | None = None) -> Outcome:
    """Every prompt was asked in order, as far as the budget went; ``out_dir`` holds the transcript.

    A folder with the transcript of the same asking is taken up: what was answered is not asked again, and
    what was spent counts.

    Args:
        asking: what to ask.
        out_dir: made if absent.
        progress: is told prompts done, prompts in all and what is being done.

    Raises:
        AskingInvalid: the key is not in the environment; the transcript is another asking's, or altered.
        EndpointRefused: the server refuses for good, or asks to wait too long.
        Conflict: another process is asking with this folder.
    """
    key = _key(asking)
    if out_dir.is_file():
        raise AskingInvalid(f"{out_dir} is a file.", remedy="Name a folder.")
    out_dir.mkdir(parents=True, exist_ok=True)
    with if_free(out_dir / LOCK) as free:
        if not free:
            raise Conflict(
                f"Another process is asking with {out_dir}.",
                remedy="Wait for it; both would spend the budget.",
            )
        transcript = Transcript(out_dir / FILE, key)
        _begin(transcript, asking)
        return _Run(asking, transcript, key, progress or _silent).all()


def settled(entries: list[dict[str, Any]]) -> dict[int, str]:
    """How each prompt ended: ``answered``, ``refused`` or ``failed``; those still open are not in it."""
    return {entry["prompt"]: entry["outcome"] for entry in entries if entry.get("outcome")}


class _Run:
    def __init__(self, asking: Asking, transcript: Transcript, key: str, tell: Progress) -> None:
        self.asking, self.transcript, self.tell = asking, transcript, tell
        self.cost = spent(asking, transcript.entries)
        self.attempts = Counter(entry["prompt"] for entry in transcript.entries if entry["kind"] == "sent")
        self.last_sent = float("-inf")
        self.headers = {"content-type": "application/json", "accept": "application/json"}
        if key:
            self.headers["authorization"] = f"Bearer {key}"

    def all(self) -> Outcome:
        done = settled(self.transcript.entries)
        total = len(self.asking.prompts)
        # Nothing but the address that was named is reached: no redirect, and no proxy of the environment.
        with httpx.Client(follow_redirects=False, trust_env=False, headers=self.headers) as client:
            for number in range(total):
                if number in done:
                    continue
                self.tell(len(done), total, f"prompt {number + 1}")
                outcome = self._prompt(client, number)
                if not outcome:
                    break
                done[number] = outcome
        counts = {word: list(done.values()).count(word) for word in ("answered", "refused", "failed")}
        return Outcome(**counts, left=total - len(done), cost=self.cost)

    def _prompt(self, client: httpx.Client, number: int) -> str:
        """How the prompt ended; empty where the budget does not allow for another attempt."""
        first = 1 + self.attempts[number]
        last = first + self.asking.pace.attempts - 1
        for attempt in range(first, last + 1):
            if not (self.cost + most(self.asking, number)).within(self.asking.budget):
                return ""
            self._keep_pace()
            answer = self._attempt(client, number, attempt, last=attempt == last)
            if answer.status in FOR_GOOD:
                said = self.transcript.without_key(answer.text)
                raise EndpointRefused(
                    f"The server refuses with status {answer.status}: {said[:200]}",
                    remedy="Check address, model and key, and ask again with the same folder.",
                )
            if not answer.problem:
                return "answered"
            if answer.status in OF_THE_PROMPT:
                return "refused"
            if attempt < last or "retry-after" in answer.headers:
                self._wait(answer, attempt - first)
        return "failed"

    def _attempt(self, client: httpx.Client, number: int, attempt: int, *, last: bool) -> _Answer:
        body = self.asking.body(number)
        entry = {"kind": "sent", "prompt": number, "attempt": attempt, "address": self.asking.address}
        self.transcript.write({**entry, "request": body.decode()})
        before = self.cost
        self.cost = before + most(self.asking, number)
        begun = time.monotonic()
        answer = self._send(client, body)
        outcome = ""
        if not answer.problem:
            outcome = "answered"
        elif answer.status in OF_THE_PROMPT:
            outcome = "refused"
        elif last and answer.status not in FOR_GOOD:
            outcome = "failed"
        entry = {
            "kind": "answered", "prompt": number, "attempt": attempt, "status": answer.status,
            "headers": answer.headers, "answer": answer.text, "problem": answer.problem,
            "usage": answer.usage, "seconds": round(time.monotonic() - begun, 3), "outcome": outcome,
        }  # fmt: skip
        self.transcript.write(entry)
        self.cost = before + actual(self.asking, entry)
        return answer

    def _send(self, client: httpx.Client, body: bytes) -> _Answer:
        limit = self.asking.pace.timeout
        answer = _Answer()
        begun, held = time.monotonic(), bytearray()
        try:
            with client.stream("POST", self.asking.address, content=body, timeout=limit) as reply:
                answer.status = reply.status_code
                answer.headers = {name: reply.headers[name] for name in KEPT_HEADERS if name in reply.headers}
                for piece in reply.iter_bytes():
                    held += piece
                    if time.monotonic() - begun > limit:
                        answer.problem = f"the answer was not whole after {limit:g} seconds"
                        break
                    if len(held) > LARGEST_ANSWER:
                        answer.problem = f"the answer is over {LARGEST_ANSWER // 2**20} MiB"
                        break
        except httpx.TimeoutException:
            answer.problem = f"there was no answer within {limit:g} seconds"
        except httpx.HTTPError as error:
            answer.problem = f"the connection failed: {type(error).__name__}: {error}"
        answer.text = held.decode("utf-8", "backslashreplace")
        if not answer.problem:
            _judge(answer)
        return answer

    def _keep_pace(self) -> None:
        wait = self.last_sent + 60 / self.asking.pace.a_minute - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self.last_sent = time.monotonic()

    def _wait(self, answer: _Answer, failures: int) -> None:
        pace = self.asking.pace
        asked = retry_after(answer.headers.get("retry-after", ""))
        seconds = max(asked, min(pace.wait * 2**failures, pace.longest_wait))
        if seconds > pace.longest_wait:
            raise EndpointRefused(
                f"The server asks to wait {seconds:.0f} seconds.",
                remedy="Ask again later with the same folder; what was answered is kept.",
            )
        time.sleep(seconds)


def retry_after(value: str) -> float:
    """The seconds that a server asks to wait; it gives them, or a date."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - clock.now()).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def _judge(answer: _Answer) -> None:
    """What is wrong with a reply that came whole, if anything, and what it says that it cost."""
    try:
        content = json.loads(answer.text)
    except (ValueError, RecursionError):
        content = None
    usage = content.get("usage") if isinstance(content, dict) else None
    if isinstance(usage, dict):
        used = usage.get("prompt_tokens"), usage.get("completion_tokens", 0)
        if all(isinstance(one, int) and 0 <= one < MOST_TOKENS for one in used):
            answer.usage = (int(used[0] or 0), int(used[1] or 0))
    if not 200 <= answer.status < 300:
        answer.problem = f"status {answer.status}"
    elif not isinstance(content, dict):
        answer.problem = "the answer is not JSON, or was cut off"
    elif not isinstance(content.get("choices"), list) or not isinstance(
        next(iter(content["choices"]), 0), dict
    ):
        answer.problem = "the answer holds no choices"


def _begin(transcript: Transcript, asking: Asking) -> None:
    stated = {
        "format": FORMAT,
        "address": asking.address,
        "model": asking.model,
        "prompts": len(asking.prompts),
        "prompts_sha256": asking.prompts_sha256,
        "max_tokens": asking.max_tokens,
        "request": asking.request,
    }
    if not transcript.entries or all(entry["kind"] == "taken up" for entry in transcript.entries):
        transcript.write({"kind": "begun", **stated})
        return
    begun = next(entry for entry in transcript.entries if entry["kind"] == "begun")
    if differing := [name for name, value in stated.items() if begun.get(name) != value]:
        raise AskingInvalid(
            f"The folder holds the transcript of another asking: {differing[0]} differs.",
            remedy="Name another folder.",
        )


def _key(asking: Asking) -> str:
    if not asking.key_variable:
        return ""
    key = os.environ.get(asking.key_variable, "").strip()
    if not key:
        raise AskingInvalid(
            f"The environment variable {asking.key_variable} is empty.",
            remedy=f"Set it in this shell: read -rs {asking.key_variable}; export {asking.key_variable}",
        )
    if not VISIBLE.fullmatch(key):
        raise AskingInvalid(
            f"The environment variable {asking.key_variable} holds no key.",
            remedy="A key is eight or more letters, digits and signs on one line. Where a server needs none, "
            "leave key out of [endpoint].",
        )
    return key


def _silent(done: int, total: int, doing: str) -> None:
    """Nobody wants to know."""
