"""A comparison repeated from its record gives the same, or says exactly what differs."""

import json
import shutil
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries, Settings

from comparison.evaluation import compare
from comparison.repeating import repeat
from comparison.signing import sign_file
from core.errors import AssizeError, CheckFailed, InvalidInput, NotFound
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Models below ``models``, and ``kept`` with the result of comparing them."""
    folder, parent = tmp_path_factory.mktemp("run"), zoo.independent(0)
    made = {
        "ours": parent,
        "theirs": zoo.trained_on(parent),
        "one": zoo.independent(1),
        "two": zoo.independent(2),
    }
    for name, tensors in made.items():
        write(folder / "models" / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    np.save(folder / "models" / "probe.npy", np.arange(8).reshape(2, 4))
    population = "".join(
        f'[[population]]\nmodel = "models/{name}"\nlineage = "{name}"\nstratum = "same-data"\n'
        for name in ("one", "two")
    )
    (folder / "spec.toml").write_text(
        '[comparison]\ntitle = "t"\nreference = "models/ours"\nsuspect = "models/theirs"\nseed = 7\n'
        f'methods = ["hashes", "match", "huref"]\nstratum = "same-data"\n'
        f'[probe]\ntokens = "models/probe.npy"\n{population}'
    )
    compare(folder / "spec.toml", folder / "kept", folder / "values")
    return folder


def altered(run: Path, into: Path, *path: str | int, to: Any) -> Path:
    """The record with one value changed."""
    content = json.loads((run / "kept" / "comparison.json").read_text())
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to(place[path[-1]])
    file = into / "comparison.json"
    file.write_text(json.dumps(content))
    return file


def test_the_same_comes_out_and_the_command_needs_no_database(
    run: Path, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    out = StringIO()
    settings.MODELS_ROOT = run / "models"
    with django_assert_num_queries(0):
        call_command("compare", "--rerun", str(run / "kept"), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert (answer["same"], answer["differences"]) == (True, [])
    assert answer["compared"] > 100
    out = StringIO()
    call_command("compare", "--rerun", str(run / "kept" / "comparison.json"), stdout=out)
    assert out.getvalue().strip() == f"{answer['compared']} values were compared."


def test_a_value_beyond_tolerance_is_named_and_one_within_is_not(run: Path, tmp_path: Path) -> None:
    far = altered(run, tmp_path, "result", "findings", 2, "value", to=lambda value: value * 1.01)
    found = repeat(far, run / "models")
    assert [one.path for one in found.differences] == ["finding, huref, value"]
    assert " in the record, " in found.differences[0].words
    near = altered(run, tmp_path, "result", "findings", 2, "value", to=lambda value: value * (1 + 1e-7))
    assert not repeat(near, run / "models").differences


@pytest.mark.parametrize(
    ("path", "to", "what"),
    [
        (("result", "manifest", "code", "sha256"), "0" * 64, "manifest, code, sha256"),
        (("result", "manifest", "environment", "numpy"), "1.0", "manifest, environment, numpy"),
        (("result", "manifest", "device"), "cuda", "manifest, device"),
        (("population", 1, "value"), 0.5, "population, one by match, value"),
        (("result", "propositions", 0, "undecided"), ["none"], "proposition, H1, undecided"),
    ],
)
def test_each_kind_of_difference_is_named(
    run: Path, tmp_path: Path, path: tuple[str | int, ...], to: Any, what: str
) -> None:
    file = altered(run, tmp_path, *path, to=lambda _: to)
    out = StringIO()
    with pytest.raises(CheckFailed, match="1 thing differs"):
        call_command("compare", "--rerun", str(file), "--models", str(run / "models"), "--json", stdout=out)
    (only,) = json.loads(out.getvalue())["differences"]
    assert (only["what"], only["kept"]) == (what, to)


def test_another_model_of_the_same_name_is_a_difference(run: Path, tmp_path: Path) -> None:
    models = shutil.copytree(run / "models", tmp_path / "models")
    shutil.rmtree(models / "theirs")
    write(models / "theirs", zoo.independent(5), config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    found = repeat(run / "kept", models)
    assert found.differences[0].path == "model theirs"
    named = {one.path for one in found.differences}
    assert {
        "manifest, models, suspect, manifest_sha256",
        "finding, huref, value",
        "measured, match, log10_p",
    } <= named
    assert not [path for path in named if path.startswith("population")]
    shutil.rmtree(models / "theirs")
    with pytest.raises(NotFound, match="holds theirs, neither by its hash nor by its name"):
        repeat(run / "kept", models)


def test_a_broken_signature_is_a_difference(run: Path, tmp_path: Path) -> None:
    kept = Path(shutil.copytree(run / "kept", tmp_path / "kept"))
    signature = sign_file(kept / "comparison.json", Ed25519PrivateKey.generate())
    assert not repeat(kept, run / "models").differences
    signature.write_text(signature.read_text().replace('"public_key": "', '"public_key": "0'))
    assert [one.words for one in repeat(kept, run / "models").differences] == [
        'signature: "signed" in the record, "unreadable" now'
    ]


def test_what_cannot_be_repeated_says_why(run: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Name the folder of a result"):
        repeat(tmp_path, run / "models")
    with pytest.raises(AssizeError, match="made before records did"):
        repeat(altered(run, tmp_path, "job", to=lambda _: None), run / "models")
    for options in ([], ["spec.toml"], ["--models", "m"], ["--rerun", "r"], ["spec.toml", "--rerun", "r"]):
        with pytest.raises(InvalidInput):
            call_command("compare", *options)


@pytest.mark.parametrize("part", ["findings", "measured"])
def test_a_caveat_that_was_taken_out_is_named(run: Path, tmp_path: Path, part: str) -> None:
    place = ("result", "findings", 1, "caveats") if part == "findings" else ("measured", 1, "caveats")
    found = repeat(altered(run, tmp_path, *place, to=lambda caveats: caveats[:-1]), run / "models")
    (difference,) = found.differences
    assert difference.path == f"{'finding' if part == 'findings' else 'measured'}, match, caveats"
