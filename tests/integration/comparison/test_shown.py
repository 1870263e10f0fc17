"""What a draft says of what its models are shown: refused at its field, or written as the engine reads it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cases.models import Case
from comparison import actions, guide
from comparison.evaluation.inputs import read_inputs
from comparison.evaluation.job import read_job, versions_here
from comparison.evaluation.staging import stage
from comparison.models import ComparisonJob
from comparison.selectors import drafted
from core.actor import Actor
from core.errors import InvalidInput
from evidence.models import Exhibit
from evidence.storage import store
from tests.factories import a_case, a_user, an_exhibit
from tests.integration.comparison.registered_zoo import Zoo, a_job

pytestmark = pytest.mark.django_db
SERVED = b'{"prompt": "a", "output": "b"}\n'
FRESH = b'{"outputs": ["c"]}\n'
TEXTS = b'{"text": "a b"}\n{"text": "c d"}\n'
NUMBERS = {"temperature": 0.7, "top_p": 0.95, "max_tokens": 64, "answers": 39, "probe_length": 128}
BEFORE = """\
format = "assize-comparison-job-1"

[comparison]
title = "t"
reference = "ours"
suspect = "theirs"
methods = ["hashes"]
seed = 7

[logs]
served = "served.jsonl"

[probe]
text = "probe.txt"

[models.ours]
folder = "ours"
manifest_sha256 = "{ours.sha256}"
content_sha256 = "{ours.content_sha256}"

[models.theirs]
folder = "theirs"
manifest_sha256 = "{theirs.sha256}"
content_sha256 = "{theirs.content_sha256}"

[files]
"probe.txt" = "{probe.sha256}"
"served.jsonl" = "{served.sha256}"

[versions]
{versions}
"""


@pytest.fixture
def exhibits(case: Case) -> dict[str, Exhibit]:
    """One for each field of a draft."""
    return {
        "probe": an_exhibit(case, b"one line of words\n", "probe.txt"),
        "served": an_exhibit(case, SERVED, "served.jsonl"),
        "fresh": an_exhibit(case, FRESH, "drawn in May.jsonl"),
        "training_order": an_exhibit(case, TEXTS, "order.JSONL"),
        "reference_texts": an_exhibit(case, TEXTS, "ours.json"),
        "other_texts": an_exhibit(case, TEXTS[16:], "theirs.jsonl"),
    }


def changed(actor: Actor, job: ComparisonJob, **shown: Any) -> ComparisonJob:
    return actions.change(by=actor, job=job, title="t", methods=["hashes"], **shown)


def test_what_nobody_says_is_not_written(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit]
) -> None:
    """So that what was registered before these fields came has the same text and hash as ever."""
    shown = {name: exhibits[name] for name in ("probe", "served")}
    job = actions.register_job(by=actor, job=changed(actor, a_job(case, actor, zoo), **shown))
    ours, theirs = (zoo.models[name].read_manifest() for name in ("ours", "theirs"))
    versions = "\n".join(f'{name} = "{version}"' for name, version in sorted(versions_here().items()))
    assert job.content == BEFORE.format(ours=ours, theirs=theirs, versions=versions, **shown)


def test_what_is_said_stands_as_the_engine_reads_it(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit], folders: dict[str, Path], tmp_path: Path
) -> None:
    draft = changed(actor, a_job(case, actor, zoo), **exhibits, **NUMBERS)
    job = read_job(actions.register_job(by=actor, job=draft).content.encode())
    assert job.inputs == {
        "probe": {"text": "probe.txt", "length": 128},
        "logs": {
            "served": "served.jsonl", "fresh": "fresh.jsonl", "temperature": 0.7, "top_p": 0.95,
            "max_tokens": 64, "answers": 39,
        },
        "authors": {"reference": "reference_texts.json", "other": "other_texts.jsonl"},
        "training": {"order": "training_order.jsonl"},
    }  # fmt: skip
    files = {name: store().path(sha256) for name, sha256 in job.files.items()}
    spec = stage(job, {name: folders[name] for name in job.models}, files, tmp_path)
    read = read_inputs(tomllib.loads(spec.read_text()), tmp_path)
    assert read.probe
    assert (read.probe.lines, read.probe.length) == (("one line of words",), 128)
    assert read.logs
    assert (read.logs.served[0].output, read.logs.fresh) == ("b", (("c",),))
    said = (read.logs.temperature, read.logs.top_p, read.logs.max_tokens, read.logs.answers)
    assert said == (0.7, 0.95, 64, 39)
    assert {name: len(texts.exchanges) for name, texts in read.authors.items()} == {
        "reference": 2,
        "other": 1,
    }
    assert read.training
    assert [one.output for one in read.training.exchanges] == ["a b", "c d"]


def test_setting_up_anew_carries_all_of_it_over(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit]
) -> None:
    methods = ["hashes", "cka", "cross-likelihood", "logged-output", "palimpsest"]
    shown: Any = {**exhibits, **NUMBERS}
    job = actions.change(by=actor, job=a_job(case, actor, zoo), title="t", methods=methods, **shown)
    job = actions.register_job(by=actor, job=job)
    again = actions.set_up_anew(by=actor, job=job)
    assert drafted(again) == drafted(job)
    assert again.methods == methods


@pytest.mark.parametrize(
    ("names", "numbers", "field", "words"),
    [
        (["fresh"], {}, "fresh", "nothing without the logs of what was served. Choose that exhibit as well"),
        ([], {"temperature": 0.7}, "temperature", "without the logs of what was served"),
        ([], {"answers": 19}, "answers", "without the logs of what was served"),
        ([], {"probe_length": 9}, "probe_length", "without the probe"),
        (["reference_texts"], {}, "reference_texts", "without the texts by others"),
        (["other_texts"], {}, "other_texts", "without the texts by the reference"),
        (["served"], {"temperature": 0}, "temperature", "not from 0.01 to 2,147,483,647. Correct it"),
        (["served"], {"temperature": float("nan")}, "temperature", "not from 0.01"),
        (["served"], {"top_p": 1.01}, "top_p", "not from 0.01 to 1"),
        (["served"], {"max_tokens": 0}, "max_tokens", "not from 1 to"),
        (["served"], {"answers": 18}, "answers", "not from 19 to"),
        (["probe"], {"probe_length": 1}, "probe_length", "not from 2 to"),
        (["probe"], {"probe_length": 2**31}, "probe_length", "not from 2 to"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit],
    names: list[str], numbers: dict[str, float], field: str, words: str,
) -> None:  # fmt: skip
    job = a_job(case, actor, zoo)
    before = drafted(job)
    with pytest.raises(InvalidInput, match=words) as refused:
        changed(actor, job, **{name: exhibits[name] for name in names}, **numbers)
    assert refused.value.field == field
    job.refresh_from_db()
    assert drafted(job) == before


def test_numbered_tokens_are_not_cut(case: Case, actor: Actor, zoo: Zoo) -> None:
    tokens = an_exhibit(case, b"numbers", "probe.npy")
    job = a_job(case, actor, zoo)
    with pytest.raises(InvalidInput, match="never cut") as refused:
        changed(actor, job, probe=tokens, probe_length=64)
    assert refused.value.field == "probe_length"
    changed(actor, job, probe=tokens)
    assert read_job(actions.register_job(by=actor, job=job).content.encode()).inputs == {
        "probe": {"tokens": "probe.npy"}
    }


def test_exhibits_of_another_matter_are_refused(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit]
) -> None:
    elsewhere = an_exhibit(a_case(a_user("o@example.org"), claim_number="IL-2026-000124"))
    for name in exhibits:
        with pytest.raises(InvalidInput, match="another matter") as refused:
            changed(actor, a_job(case, actor, zoo), **{**exhibits, name: elsewhere})
        assert refused.value.field == name


def test_each_method_says_what_the_draft_lacks_for_it(
    case: Case, actor: Actor, zoo: Zoo, exhibits: dict[str, Exhibit]
) -> None:
    lacks = {offer.method.name: offer.lacks for offer in guide.offers(a_job(case, actor, zoo))}
    assert {name: lacks[name] for name in ("hashes", "cka", "logged-output")} == {
        "hashes": "",
        "cka": "probe",
        "logged-output": "logs of what was served",
    }
    for method, words, named in (
        ("palimpsest", "order of training", ["training_order"]),
        ("cross-likelihood", "probe or texts by the reference", ["reference_texts", "other_texts"]),
    ):
        job = a_job(case, actor, zoo)
        assert lacks[method] == words
        assert method not in guide.proposed(job)
        actions.change(by=actor, job=job, title=method, methods=[method])
        with pytest.raises(InvalidInput, match=f"{method} would give no value: the draft names no {words}"):
            actions.register_job(by=actor, job=job)
        shown: Any = {name: exhibits[name] for name in named}
        job = actions.change(by=actor, job=job, title=method, methods=[method], **shown)
        assert method in guide.proposed(job)
        assert actions.register_job(by=actor, job=job).registered
