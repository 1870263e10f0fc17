"""Whatever stands in a file that another party sends: it is read, or refused with the reason."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comparison.evaluation.errors import ObservationInvalid, RecordInvalid, SpecInvalid
from comparison.evaluation.inputs import read_inputs
from comparison.evaluation.job import Job, JobModel
from comparison.evaluation.measures import Measured
from comparison.evaluation.model import Model
from comparison.evaluation.observations import FORMAT, read
from comparison.evaluation.record import read_record
from comparison.evaluation.staging import found_below
from comparison.weights.errors import ManifestInvalid, WeightsUnreadable
from comparison.weights.folder import open_folder
from comparison.weights.manifest import manifest
from comparison.weights.reading import read_manifest
from comparison.weights.vocabulary import vocabulary
from tests.factories import comparison_records as records
from tests.factories.tiny_models import CONFIG, independent, write

META = np.frombuffer(json.dumps({"format": FORMAT}).encode(), dtype=np.uint8)


def observation(folder: Path, **held: Any) -> Path:
    np.savez(folder / "seen.npz", **{"served": np.array([-1.0]), "meta": META, **held})
    return folder / "seen.npz"


def with_entry(folder: Path, name: str, content: bytes) -> Path:
    file = observation(folder)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, content)
    return file


def of_any_size() -> bytes:
    head = io.BytesIO()
    shape = {"descr": "<f8", "fortran_order": False, "shape": (10**15, 2)}
    np.lib.format.write_array_header_1_0(head, shape)
    return head.getvalue()


def flagged(folder: Path, central: int, local: int, value: int) -> Path:
    """An archive whose entries say that they are encrypted, or packed in an unknown way."""
    file = observation(folder)
    content = bytearray(file.read_bytes())
    content[content.find(b"PK\x01\x02") + central] |= value
    content[local] |= value
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda folder: with_entry(folder, "logprobs", b"abc"), "no array"),
        (lambda folder: with_entry(folder, "logprobs.npy", of_any_size()), "cannot be read"),
        (lambda folder: flagged(folder, 8, 6, 1), "cannot be read"),
        (lambda folder: flagged(folder, 10, 8, 99), "cannot be read"),
        (lambda folder: observation(folder, top_tokens=np.zeros((2, 20, 0), int)), "top_tokens has the form"),
        (
            lambda folder: observation(
                folder, meta=np.frombuffer(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", dtype=np.uint8)
            ),
            "cannot be read",
        ),
    ],
    ids=["no array", "huge", "encrypted", "packed", "empty", "deep"],
)
def test_an_observation_is_refused(tmp_path: Path, made: Callable[[Path], Path], words: str) -> None:
    with pytest.raises(ObservationInvalid, match=words):
        read(made(tmp_path))


@pytest.mark.parametrize(
    "entry",
    [
        {"method": "huref", "value": 10**400, "log10_p": None, "caveats": []},
        {"method": "huref", "value": 1e200, "log10_p": None, "caveats": []},
        {"method": ["huref"], "value": 1, "log10_p": None, "caveats": []},
    ],
    ids=["long", "great", "list"],
)
def test_a_record_is_refused(entry: dict[str, Any]) -> None:
    content = json.loads(records.record({"huref": Measured(0.5)}))
    with pytest.raises(RecordInvalid):
        read_record({**content, "measured": [entry]})
    content["result"]["findings"][0]["value"] = 10**400
    with pytest.raises(RecordInvalid, match="does not follow"):
        read_record(content).findings()


def test_a_configuration_nested_without_end_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path / "model", independent(1))
    sent = manifest(folder).as_json()
    (folder / "config.json").write_text('{"a":' + "[" * 600 + "]" * 600 + "}")
    with pytest.raises(WeightsUnreadable, match="nested over 64 deep"):
        open_folder(folder)
    nested: list[Any] = []
    for _ in range(600):
        nested = [nested]
    with pytest.raises(ManifestInvalid, match="nested over 64 deep"):
        read_manifest({**sent, "config": {"a": nested}})
    assert read_manifest({**sent, "config": CONFIG}).config == CONFIG


def test_a_vocabulary_that_is_none_gives_none(tmp_path: Path) -> None:
    for number, content in enumerate(
        ({"model": {"vocab": [[[1], 2]]}}, {"added_tokens": [{"content": [1], "id": 3}]})
    ):
        folder = write(tmp_path / str(number), independent(1), tokenizer=json.dumps(content))
        assert vocabulary(open_folder(folder)) is None
    (folder / "tokenizer.json").unlink()
    (folder / "vocab.txt").write_bytes(b"a\xff\nb")
    with pytest.raises(WeightsUnreadable, match="not UTF-8"):
        vocabulary(open_folder(folder))


def test_a_text_with_separators_of_unicode_is_one_line(tmp_path: Path) -> None:
    prompt = "a\u2028b\x85c"
    (tmp_path / "served.jsonl").write_text(
        json.dumps({"prompt": prompt, "output": "x"}, ensure_ascii=False) + "\r\n", encoding="utf-8"
    )
    logs = read_inputs({"logs": {"served": "served.jsonl"}}, tmp_path).logs
    assert logs is not None
    assert logs.served[0].prompt == prompt


@pytest.mark.parametrize(
    "tables",
    [
        {"logs": {"served": "long.jsonl"}},
        {"probe": {"text": "long.jsonl", "length": float("inf")}},
        {"probe": {"tokens": "huge.npy"}},
        {"training": {"order": "late.jsonl"}},
    ],
)
def test_numbers_beyond_all_use_are_refused(tmp_path: Path, tables: dict[str, Any]) -> None:
    (tmp_path / "long.jsonl").write_text(json.dumps({"prompt": [10**30], "output": "x"}))
    (tmp_path / "late.jsonl").write_text('{"text": "a", "step": 1' + "0" * 400 + "}")
    (tmp_path / "huge.npy").write_bytes(of_any_size().replace(b"<f8", b"<i8"))
    with pytest.raises(SpecInvalid):
        read_inputs(tables, tmp_path)


@pytest.mark.parametrize("name", ["answers [1].jsonl", "**.jsonl"])
def test_a_file_of_any_name_is_found(tmp_path: Path, name: str) -> None:
    file = tmp_path / "below" / name
    file.parent.mkdir()
    file.write_text('{"sequence": 0, "reply": "Yes"}\n')
    model = JobModel.of(Model.at(file).manifest)
    job = Job(
        title="t", reference="one", suspect="other", methods=("agreement",), seed=0,
        models={"one": model, "other": model},
    )  # fmt: skip
    assert found_below(job, tmp_path, {}) == {"one": file, "other": file}
