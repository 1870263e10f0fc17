"""What an asking has cost, counted so that it can never have cost more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from comparison.blackbox.asking import Asking, Budget

FRAME = 64
"""Tokens that a server may put around a prompt or message, beyond one for each byte."""
FREE = (400, 401, 403, 404, 413, 422, 429)
"""Statuses of refusals that cost nothing."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests, tokens of prompts and tokens of answers."""

    requests: int = 0
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(
            self.requests + other.requests,
            self.tokens_in + other.tokens_in,
            self.tokens_out + other.tokens_out,
        )

    @property
    def tokens(self) -> int:
        """All of them."""
        return self.tokens_in + self.tokens_out

    def money(self, budget: Budget) -> float:
        """What they cost at the prices of the budget."""
        return (self.tokens_in * budget.price_in + self.tokens_out * budget.price_out) / 1e6

    def within(self, budget: Budget) -> bool:
        """Whether the budget allows for it."""
        return (
            self.requests <= budget.requests
            and (budget.tokens is None or self.tokens <= budget.tokens)
            and (budget.money is None or self.money(budget) <= budget.money + 1e-9)
        )


def most(asking: Asking, number: int) -> Cost:
    """The most that one attempt can cost: a token for each byte, and as long an answer as is asked."""
    prompt = asking.prompts[number]
    messages = len(prompt) if isinstance(prompt, list) and isinstance(prompt[0], dict) else 1
    return Cost(1, len(asking.body(number)) + FRAME * messages, asking.max_tokens)


def spent(asking: Asking, entries: Iterable[Mapping[str, Any]]) -> Cost:
    """What the entries of a transcript have cost.

    An answer costs what it says itself; an attempt that came to nothing, or whose answer does not say, costs
    the most that it can; a refusal costs the request.
    """
    costs: dict[tuple[int, int], Cost] = {}
    for entry in entries:
        if entry["kind"] == "sent":
            costs[entry["prompt"], entry["attempt"]] = most(asking, entry["prompt"])
        elif entry["kind"] == "answered":
            costs[entry["prompt"], entry["attempt"]] = actual(asking, entry)
    return sum(costs.values(), start=Cost())


def actual(asking: Asking, entry: Mapping[str, Any]) -> Cost:
    """What one answered attempt has cost."""
    if entry["status"] in FREE:
        return Cost(1)
    usage = entry["usage"]
    return most(asking, entry["prompt"]) if usage is None else Cost(1, usage[0], usage[1])
