"""Folders that are damaged, dangerous or large."""

import json
import pickle
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from comparison.evaluation.cosine import cosines
from comparison.weights import manifest
from comparison.weights.errors import ManifestInvalid, PickleRefused, WeightsMissing, WeightsUnreadable
from comparison.weights.folder import open_folder
from comparison.weights.reading import read_manifest
from tests.factories.tiny_models import independent, write

MIB = 2**20


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write(tmp_path / "model", independent(1))


def truncate(file: Path, by: int) -> None:
    file.write_bytes(file.read_bytes()[:-by])


@pytest.mark.parametrize("by", [1, 4096])
def test_a_truncated_file_is_named(model: Path, by: int) -> None:
    truncate(model / "model.safetensors", by)
    with pytest.raises(WeightsUnreadable, match=r"model\.safetensors is truncated") as refusal:
        manifest(model)
    assert "Fetch the file again" in refusal.value.remedy


@pytest.mark.parametrize("content", [b"", b"\x01", b"\xff" * 64, b"{}" * 40])
def test_what_is_no_safetensors_file_is_named(model: Path, content: bytes) -> None:
    (model / "model.safetensors").write_bytes(content)
    with pytest.raises(WeightsUnreadable, match="not a safetensors file"):
        manifest(model)


class Dangerous:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("/tmp/assize-pickle-was-run"),))  # noqa: S108 - must never come to be


@pytest.mark.parametrize("name", ["model.safetensors", "pytorch_model.bin"])
def test_a_pickle_is_refused_and_never_run(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / name).write_bytes(pickle.dumps({"weight": Dangerous()}))
    with pytest.raises(PickleRefused) as refusal:
        manifest(folder)
    assert "safetensors" in refusal.value.remedy
    assert not Path("/tmp/assize-pickle-was-run").exists()  # noqa: S108


def test_a_zip_of_pytorch_under_another_name_is_refused(model: Path) -> None:
    (model / "model.safetensors").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(PickleRefused):
        manifest(model)


def test_missing_things_are_named(tmp_path: Path, model: Path) -> None:
    with pytest.raises(WeightsMissing, match="is not a folder"):
        manifest(tmp_path / "nowhere")
    (model / "model.safetensors").unlink()
    with pytest.raises(WeightsMissing, match=r"no \.safetensors file"):
        manifest(model)
    (model / "config.json").unlink()
    with pytest.raises(WeightsMissing, match=r"config\.json"):
        manifest(model)


def sharded(tmp_path: Path) -> tuple[Path, dict[str, dict[str, str]]]:
    folder = write(tmp_path / "sharded", independent(1), shards=2)
    return folder, json.loads((folder / "model.safetensors.index.json").read_text())


def rewrite(folder: Path, index: dict[str, dict[str, str]]) -> None:
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    folder, _ = sharded(tmp_path)
    (folder / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(WeightsMissing, match="model-00002-of-00002"):
        manifest(folder)


def test_an_index_that_contradicts_the_shards_is_named(tmp_path: Path) -> None:
    folder, index = sharded(tmp_path)
    index["weight_map"]["lm_head.weight"] = "model-00002-of-00002.safetensors"
    index["weight_map"]["absent.weight"] = "model-00001-of-00002.safetensors"
    rewrite(folder, index)
    with pytest.raises(WeightsUnreadable, match="where it is not"):
        manifest(folder)


def test_an_index_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    folder, index = sharded(tmp_path)
    index["weight_map"]["lm_head.weight"] = "../elsewhere.safetensors"
    rewrite(folder, index)
    with pytest.raises(WeightsUnreadable, match="not a file of this folder"):
        manifest(folder)


def test_shards_without_an_index_are_not_guessed_at(tmp_path: Path) -> None:
    folder, _ = sharded(tmp_path)
    (folder / "model.safetensors.index.json").unlink()
    with pytest.raises(WeightsUnreadable, match=r"no model\.safetensors\.index\.json"):
        manifest(folder)


def test_a_manifest_reads_back_as_it_was(model: Path) -> None:
    made = manifest(model)
    back = read_manifest(json.loads(json.dumps(made.as_json())))
    assert back == made
    assert back.sha256 == made.sha256


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("format", "other", "form"),
        ("tensors", [], "lists no tensors"),
        ("parameters", 1, "add up"),
        ("config_sha256", "xyz", "SHA-256"),
        ("config", "text", "not a JSON object"),
        ("config", {"a": "\x00"}, "zero byte"),
        ("files", [{"name": "x", "size": 1, "sha256": "0" * 64}], "not among the files"),
        ("files", [{"name": "x", "size": -1, "sha256": "0" * 64}], "whole number"),
    ],
)
def test_an_altered_manifest_is_refused(model: Path, key: str, value: object, word: str) -> None:
    with pytest.raises(ManifestInvalid, match=word):
        read_manifest({**manifest(model).as_json(), key: value})


def test_two_hundred_mebibytes_are_read_in_a_few(tmp_path: Path) -> None:
    """Measured with tracemalloc, which sees numpy's arrays and every buffer read into."""
    folder = tmp_path / "large"
    write(folder, {"a.weight": np.random.default_rng(1).standard_normal((50, MIB), dtype=np.float32)})
    size = (folder / "model.safetensors").stat().st_size
    assert size > 200 * MIB
    model = open_folder(folder)
    tracemalloc.start()
    try:
        manifest(folder)
        hashing = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        rows = cosines(model, model)
        reading = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows[0].cosine == pytest.approx(1)
    assert hashing < 16 * MIB
    assert reading < 32 * MIB
    assert _peak_of_another_process(folder) < 150 * MIB


def _peak_of_another_process(folder: Path) -> int:
    """Peak resident bytes of a whole interpreter that makes the manifest and the cosines of the folder."""
    code = (
        "import sys; from pathlib import Path; from comparison.weights import manifest\n"
        "from comparison.evaluation.cosine import cosines\n"
        "from comparison.weights.folder import open_folder\n"
        "folder = Path(sys.argv[1]); manifest(folder); model = open_folder(folder); cosines(model, model)\n"
        "status = Path('/proc/self/status').read_text()\n"
        "print(next(line.split()[1] for line in status.splitlines() if line.startswith('VmHWM')))"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=root, capture_output=True, text=True, check=True
    )
    return int(done.stdout) * 1024


def test_the_engine_runs_without_django() -> None:
    code = "import sys, comparison.weights; print({'django', 'torch', 'celery'} & set(sys.modules))"
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
