"""The 37 suspended accounts and the calls of 16 March 2026, invented to agree with the pleadings."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

ACCOUNTS, FROM_SINGAPORE, BY_CARD, SAME_PROMPT = 37, 31, 29, 34
CALLS, DIALOGUES, PENCE = 1_284_907, 412_316, 31_844_217
EXTRACT_CALLS = 200
UNDERTAKINGS = (
    "Alder Peak Data",
    "Brightwater Labelling",
    "Cobalt Lane Research",
    "Dunmere Analytics",
    "Eastgate Corpora",
    "Fallow Field AI",
    "Greywether Systems",
    "Hollin Bank Digital",
    "Ingleby Text",
    "Juniper Row Media",
    "Kestrel Yard Software",
)
SINGAPORE = "AS 64496 Baiyun Cloud (Singapore) Pte. Ltd."
OTHER_NETWORKS = ("AS 64500 Polder Hosting", "AS 64501 Northlight VPS", "AS 64502 Calle Verde Servers")
ENDPOINTS = ("/v1/chat", "/v1/chat", "/v1/chat", "/v1/label", "/v1/label", "/v1/logprobs")


@dataclass(frozen=True)
class Account:
    """One suspended account; ``pence`` is what was paid on it, 0 where free credit was used."""

    number: str
    undertaking: str
    opened: date
    network: str
    pence: int
    calls: int
    dialogues: int
    same_prompt: bool


@dataclass(frozen=True)
class Call:
    """One call to the API; ``tokens_in`` and ``tokens_out`` are counts."""

    at: datetime
    account: Account
    endpoint: str
    tokens_in: int
    tokens_out: int


def _shares(total: int, parts: int, rng: random.Random) -> list[int]:
    weights = [rng.uniform(0.6, 1.4) for _ in range(parts)]
    shares = [int(total * weight / sum(weights)) for weight in weights]
    shares[-1] += total - sum(shares)
    return shares


def accounts() -> list[Account]:
    """Returns the accounts in the order of opening; their figures add up to the pleaded totals."""
    rng = random.Random(25)  # noqa: S311 - invented figures, not secrets
    calls, dialogues = _shares(CALLS, ACCOUNTS, rng), _shares(DIALOGUES, ACCOUNTS, rng)
    paid = _shares(PENCE, BY_CARD, rng) + [0] * (ACCOUNTS - BY_CARD)
    networks = [SINGAPORE] * FROM_SINGAPORE + [
        OTHER_NETWORKS[i % 3] for i in range(ACCOUNTS - FROM_SINGAPORE)
    ]
    prompts = [True] * SAME_PROMPT + [False] * (ACCOUNTS - SAME_PROMPT)
    for column in (paid, networks, prompts):
        rng.shuffle(column)
    days = [0, *sorted(rng.randrange(1, 76) for _ in range(ACCOUNTS - 2)), 76]
    return [
        Account(
            f"AMS-{410_277 + 613 * i}",
            UNDERTAKINGS[i % len(UNDERTAKINGS)],
            date(2026, 2, 2) + timedelta(days=days[i]),
            networks[i],
            paid[i],
            calls[i],
            dialogues[i],
            prompts[i],
        )
        for i in range(ACCOUNTS)
    ]


def calls_of_16_march() -> list[Call]:
    """Returns 200 calls of 16 March 2026 by accounts open on that day, in order of time."""
    rng = random.Random(16)  # noqa: S311 - invented figures, not secrets
    start = datetime(2026, 3, 16, 1, 2, 11, tzinfo=UTC)
    open_accounts = [account for account in accounts() if account.opened < start.date()]
    seconds = sorted(rng.randrange(0, 21 * 3600) for _ in range(EXTRACT_CALLS))
    return [
        Call(
            start + timedelta(seconds=second),
            rng.choice(open_accounts),
            rng.choice(ENDPOINTS),
            rng.randrange(180, 2_400),
            rng.randrange(90, 3_900),
        )
        for second in seconds
    ]
