"""Made API logs: ordinary use of every kind, and a labelling campaign when asked for.

The campaign is modelled on the dispute: dialogues put one after the other to the claimant's model for a label
and its reasons, from several accounts that share their templates, steadily and around the clock. Ordinary use
holds what looks like it in part: applications with one template each, batches that run through the night,
firms with several keys, a public framework's template, prompts that many people copy.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DAYS = 30
START = 1_767_225_600
"""1 January 2026, in seconds."""
_SYLLABLES = [
    first + rest
    for first in "bcdfghklmnprstvw"
    for rest in ("a", "e", "i", "o", "u", "an", "er", "in", "ol", "um")
]
_COMMON = (
    "I would like to know whether it is possible to", "please let me know if you have any other questions",
    "what is the best way to go about", "could you explain to me in simple terms how",
    "at the end of the day what matters is", "I have been trying to find out why", "as far as I can tell "
    "from",
    "thank you very much in advance for your help with", "on the one hand and on the other hand it",
    "is there anything else that I should be aware of",
)  # fmt: skip
LABELS = (
    "You are an experienced annotator of conversations. Read the dialogue between a user and an assistant and"
    " decide which of the two answers is more helpful.\n\nDialogue:\n{}\n\nAnswer A:\n{}\n\nAnswer B:\n{}\n\n"
    "Reply with the letter of the better answer and give your reasons in two sentences.",
    "Below is one turn of a conversation. Rate how well the assistant followed the instruction on a scale "
    "from"
    " one to five.\n\nInstruction: {}\n\nAssistant: {}\n\nGive only the number first, then explain the rating"
    " step by step so that another annotator could repeat it.",
    "{}\n\nThe text above is a conversation that a user had. Write the reply that an ideal assistant would "
    "have"
    " given, and before it the reasoning by which such an assistant would have come to it.",
)


@dataclass
class _Use:
    """Exchanges of one account with one kind of prompt."""

    account: str
    times: NDArray[np.float64]
    template: str = "{}"
    words: tuple[int, int] = (8, 60)
    label: bool = False


@dataclass
class Made:
    """What was written.

    Args:
        exchanges: how many.
        campaign: the accounts of the campaign.
        labelled: outputs of the campaign, of which the published samples are made.
        ordinary: some outputs of ordinary use.
    """

    exchanges: int = 0
    campaign: list[str] = field(default_factory=list)
    labelled: list[str] = field(default_factory=list)
    ordinary: list[str] = field(default_factory=list)


def write_logs(path: Path, exchanges: int, seed: int, *, campaign: float = 0.0) -> Made:
    """A JSONL file of about ``exchanges`` exchanges in order of time.

    Args:
        path: of the file.
        exchanges: roughly how many.
        seed: of everything drawn.
        campaign: share (0 to 1) of the exchanges that a campaign makes; 0 for ordinary use only.
    """
    rng = np.random.default_rng(seed)
    text = _Text(rng)
    uses = list(_ordinary(rng, round(exchanges * (1 - campaign)), text))
    made = Made()
    if campaign:
        bought = list(_campaign(rng, round(exchanges * campaign)))
        made.campaign = sorted({use.account for use in bought})
        uses += bought
    numbers = np.concatenate([np.full(len(use.times), number) for number, use in enumerate(uses)])
    times = np.concatenate([use.times for use in uses])
    with path.open("w", encoding="utf-8") as file:
        for which in np.argsort(times, kind="stable"):
            use = uses[numbers[which]]
            prompt = use.template.format(*(text.free(use.words) for _ in range(use.template.count("{}"))))
            output = text.free((20, 80) if use.label else (5, 80))
            row = {
                "account": use.account,
                "time": round(START + times[which], 3),
                "prompt": prompt,
                "output": output,
            }
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            made.exchanges += 1
            if use.label:
                made.labelled.append(output)
            elif len(made.ordinary) < 20_000:
                made.ordinary.append(output)
    return made


def write_samples(path: Path, made: Made, count: int, seed: int, *, taken: float) -> list[int]:
    """Training samples as published; returns the lines (from 1) whose text was taken from the campaign.

    Args:
        path: of the JSONL file.
        made: the logs.
        count: of the samples.
        seed: of everything drawn.
        taken: share of samples that are outputs of the campaign with a few words changed.
    """
    rng = np.random.default_rng([seed, 1])
    text = _Text(rng)
    lines = []
    with path.open("w", encoding="utf-8") as file:
        for line in range(1, count + 1):
            if rng.random() < taken:
                words = made.labelled[rng.integers(len(made.labelled))].split()
                for place in rng.integers(len(words), size=len(words) // 40):
                    words[place] = "altered"
                sample = " ".join(words)
                lines.append(line)
            else:
                sample = text.free((20, 80))
            file.write(json.dumps({"output": sample}, ensure_ascii=False) + "\n")
    return lines


class _Text:
    """Free text whose words are as unevenly common as in language, with set phrases here and there."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        words = rng.permutation(
            [a + b + c for a in _SYLLABLES for b in _SYLLABLES[::9] for c in ("", "s", "ed")]
        )
        share = 1 / (np.arange(len(words)) + 2.7)
        self.words = words
        self.bounds = np.cumsum(share / share.sum())
        self.drawn: list[str] = []
        self.at = 0

    def free(self, length: tuple[int, int]) -> str:
        """Text of so many words, from least to most."""
        count = length[0] + int(self.rng.random() * (length[1] - length[0]))
        if self.at + count > len(self.drawn):
            chosen = np.searchsorted(self.bounds, self.rng.random(200_000))
            self.drawn = self.words[np.minimum(chosen, len(self.words) - 1)].tolist()
            self.at = 0
        words = self.drawn[self.at : self.at + count]
        self.at += count
        if self.rng.random() < 0.1:
            words.insert(int(self.rng.random() * count), _COMMON[int(self.rng.random() * len(_COMMON))])
        return " ".join(words)


def _ordinary(rng: np.random.Generator, exchanges: int, text: _Text) -> Iterator[_Use]:
    """People and applications until there are enough exchanges."""
    public = [
        f"Act as {text.free((10, 16))} and answer every question in that role. My first is: {{}}"
        for _ in range(30)
    ]
    framework = (
        "Answer the following questions as best you can. You have access to these tools:\n{}\nBegin!\n"
        "Question: {}"
    )
    people = max(40, exchanges // 400)
    left = exchanges
    for number in range(people * 3):
        if left <= 0:
            return
        kind, name = rng.random(), f"account-{number:06}"
        if kind < 0.90:
            count = min(int(rng.lognormal(3.6, 1.3)) + 1, 3000)
            template = public[rng.integers(len(public))] if rng.random() < 0.15 else "{}"
            made = [_Use(name, _day_times(rng, count, weekends=0.4, zone=int(rng.integers(24))), template)]
        elif kind < 0.96:
            made = [_application(rng, name, text, exchanges // 60)]
        elif kind < 0.975:
            made = [_batch(rng, name, text, exchanges // 60)]
        elif kind < 0.985:
            made = [_application(rng, name, text, exchanges // 80, framework)]
        else:
            one = _application(rng, name, text, exchanges // 40)
            keys = rng.integers(rng.integers(2, 5), size=len(one.times))
            made = [
                _Use(f"{name}-key-{key}", one.times[keys == key], one.template) for key in set(keys.tolist())
            ]
        left -= sum(len(use.times) for use in made)
        yield from made


def _own(text: _Text) -> str:
    return f"{text.free((12, 40))}\n{{}}\n{text.free((8, 20))}"


def _application(rng: np.random.Generator, name: str, text: _Text, most: int, template: str = "") -> _Use:
    """An application: the day and the week of its users, who in one of seven live in every time zone."""
    count = int(rng.uniform(0.2, 1.0) * max(most, 400))
    night = rng.uniform(0.4, 0.8) if rng.random() < 1 / 7 else rng.uniform(0.02, 0.25)
    times = _day_times(
        rng, count, weekends=rng.uniform(0.2, 0.9), zone=int(rng.integers(24)), night=night, evenness=25.0
    )
    return _Use(name, times, template or _own(text))


def _batch(rng: np.random.Generator, name: str, text: _Text, most: int) -> _Use:
    """A job that runs on a few days, day and night until it is done."""
    count = int(rng.uniform(0.2, 1.0) * max(most, 400))
    starts = rng.uniform(0, DAYS - 2, size=rng.integers(1, 5))
    times = rng.choice(starts, size=count) + rng.uniform(0, 1.5, size=count)
    return _Use(name, times * 86400, _own(text))


def _day_times(
    rng: np.random.Generator,
    count: int,
    *,
    weekends: float,
    zone: int,
    night: float = 0.0,
    evenness: float = 3.0,
) -> NDArray[np.float64]:
    """Seconds from the start: in sittings, by day and mostly on weekdays, within the account's own span."""
    first = rng.uniform(0, DAYS - 3) if rng.random() < 0.5 else 0.0
    weights = np.where(np.arange(DAYS) % 7 < 5, 1.0, weekends) * rng.gamma(evenness, size=DAYS)
    weights[: int(first)] = 0
    days = rng.choice(DAYS, size=count, p=weights / weights.sum())
    hours = np.where(rng.random(count) < night, rng.uniform(0, 24, count), rng.normal(14, 2.8, count))
    return (days + ((hours - zone) % 24) / 24) * 86400


def _campaign(rng: np.random.Generator, exchanges: int) -> Iterator[_Use]:
    """Some twenty accounts; one that is closed is followed by the next."""
    spans: list[tuple[str, float, float]] = []
    for lane in range(int(rng.integers(5, 9))):
        begin = rng.uniform(0, 3)
        while begin < DAYS - 6:
            end = min(begin + rng.uniform(7, 16), DAYS)
            spans.append((f"account-9{lane}{len(spans):03}", begin, end))
            begin = end + rng.uniform(0.1, 1.0)
    total = sum(end - begin for _, begin, end in spans)
    for name, begin, end in spans:
        count = round(exchanges * (end - begin) / total)
        shares = rng.dirichlet(np.full(len(LABELS), 2.0))
        for template, share in zip(LABELS, shares, strict=True):
            drawn = rng.uniform(begin, end, size=round(count * share))
            slower = (np.sin(drawn * 2 * np.pi) < 0) & (rng.random(len(drawn)) < 0.2)
            yield _Use(name, drawn[~slower] * 86400, template, (10, 50), label=True)
