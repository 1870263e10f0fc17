"""A signed job runs in a bare process: no Django, no settings, no network; and its answer is signed."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import ROOT
from tests.factories import model_zoo as zoo
from tests.factories.tiny_models import write

BARE = """
import importlib.abc, socket, sys
class Refused(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("django", "rest_framework", "celery", "kombu", "config"):
            raise ImportError(f"{name} is not on this machine")
sys.meta_path.insert(0, Refused())
def refuse(self, address):
    raise OSError(f"this machine has no network: {address}")
socket.socket.connect = refuse
"""
NO_NETWORK = ["unshare", "-rn"]
"""A network of its own, without a way out, where this machine allows it."""


class Room:
    """A machine that has the program, the models and a key, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bare").mkdir()
        (folder / "bare" / "sitecustomize.py").write_text(BARE)
        kept = ("PATH", "LANG", "HOME", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TMPDIR")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ}
        self.environment |= {"PYTHONPATH": f"{folder / 'bare'}:{ROOT}", "PYTHONDONTWRITEBYTECODE": "1"}
        allowed = (
            shutil.which("unshare") and subprocess.run([*NO_NETWORK, "true"], check=False).returncode == 0
        )
        self.before = NO_NETWORK if allowed else []

    def call(self, *arguments: str | Path, module: str = "comparison") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.before, sys.executable, "-m", module, *map(str, arguments)],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip

    def answer(self, *arguments: str | Path) -> dict[str, Any]:
        done = self.call(*arguments, "--json")
        assert done.returncode == 0, done.stderr
        read: dict[str, Any] = json.loads(done.stdout)
        return read

    def run(self, job: str, out: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.call("run", job, "--out", out, "--key", "room.pem", *arguments)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Room:
    """Two models below ``weights``, two keys, and a job that the asker has signed."""
    made = Room(tmp_path_factory.mktemp("room"))
    folder, parent = made.folder, zoo.independent(0)
    for name, tensors in (
        ("ours", parent),
        ("theirs", zoo.trained_on(parent)),
        ("other", zoo.independent(1)),
    ):
        write(folder / "weights" / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    np.save(folder / "probe.npy", np.arange(8).reshape(2, 4))
    (folder / "spec.toml").write_text(
        '[comparison]\ntitle = "In the clean room"\nreference = "weights/ours"\nsuspect = "weights/theirs"\n'
        'methods = ["hashes", "huref"]\nseed = 7\nstratum = "same-data"\n[probe]\ntokens = "probe.npy"\n'
        '[[population]]\nmodel = "weights/other"\nlineage = "other"\nstratum = "same-data"\n'
    )
    made.answer("key", "asker.pem")
    made.answer("key", "room.pem")
    made.answer("freeze", "spec.toml", "--out", "job.toml")
    made.answer("sign", "job.toml", "--key", "asker.pem")
    return made


@pytest.fixture(scope="module")
def asker(room: Room) -> str:
    return str(room.answer("key", "asker.pem")["fingerprint"])


@pytest.fixture(scope="module")
def answered(room: Room, asker: str) -> dict[str, Any]:
    return room.answer(
        "run", "job.toml", "--out", "answer", "--key", "room.pem", "--models", "weights", "--signed-by", asker
    )


def test_the_room_has_neither_django_nor_network(room: Room) -> None:
    script = room.folder / "probing.py"
    script.write_text(
        "import socket, sys\n"
        "try:\n    import django\nexcept ImportError as error:\n    print(error)\n"
        "try:\n    socket.create_connection(('127.0.0.1', 80))\nexcept OSError as error:\n    print(error)\n"
    )
    said = room.call(module="probing").stdout
    assert "django is not on this machine" in said
    assert "no network" in said


def test_the_answer_is_signed_by_the_room_and_names_the_job(
    room: Room, asker: str, answered: dict[str, Any]
) -> None:
    key = room.answer("key", "room.pem")
    assert key["public_key"].startswith("ed25519:")
    assert (answered["signed_by"], answered["job_signed_by"]) == (key["fingerprint"], asker)
    assert answered["deviations"] == []
    record = json.loads((room.folder / "answer" / "comparison.json").read_text())
    assert record["result"]["manifest"]["job"]["sha256"] == answered["job_sha256"]
    assert record["job"] == (room.folder / "job.toml").read_text()
    for name, sha256 in answered["files"].items():
        checked = room.answer("verify", f"answer/{name}", "--signed-by", key["fingerprint"])
        assert (checked["outcome"], checked["sha256"]) == ("good", sha256)
    assert {"comparison.json", "result.json"} <= set(answered["files"])
    assert not (room.folder / "answer" / ".work").exists()


@pytest.mark.usefixtures("answered")
def test_an_answer_is_checked_by_whoever_knows_the_key(room: Room, asker: str) -> None:
    unknown = room.call("verify", "answer/result.json", "--signed-by", asker)
    assert (unknown.returncode, "nobody recorded whose key" in unknown.stderr) == (1, True)
    unsigned = room.call("verify", "spec.toml")
    assert (unsigned.returncode, "spec.toml: Not signed." in unsigned.stderr) == (3, True)
    shutil.copytree(room.folder / "answer", room.folder / "altered")
    file = room.folder / "altered" / "result.json"
    file.write_text(file.read_text().replace('"huref"', '"match"', 1))
    altered = room.call("verify", file)
    assert (altered.returncode, "was altered" in altered.stderr) == (7, True)
    (room.folder / "altered" / "result.json.sig").write_text("{}")
    assert room.call("verify", file).returncode == 2


@pytest.mark.usefixtures("answered")
def test_answers_are_kept(room: Room, asker: str) -> None:
    again = room.run("job.toml", "answer", "--models", "weights", "--signed-by", asker)
    assert (again.returncode, "holds a signed answer already" in again.stderr) == (5, True)
    assert room.call("sign", "job.toml", "--key", "asker.pem").returncode == 5
    assert room.call("freeze", "spec.toml", "--out", "job.toml").returncode == 5


def test_jobs_of_others_are_not_run(room: Room, asker: str) -> None:
    nobody = room.run("job.toml", "none", "--models", "weights")
    assert (nobody.returncode, asker in nobody.stderr) == (1, True)
    job = room.folder / "altered.toml"
    job.write_text((room.folder / "job.toml").read_text().replace("seed = 7", "seed = 8"))
    unsigned = room.run("altered.toml", "none", "--models", "weights", "--signed-by", asker)
    assert (unsigned.returncode, "Not signed." in unsigned.stderr) == (3, True)
    shutil.copy(room.folder / "job.toml.sig", room.folder / "altered.toml.sig")
    altered = room.run("altered.toml", "none", "--models", "weights", "--signed-by", asker)
    assert (altered.returncode, "was altered" in altered.stderr) == (7, True)
    assert room.run("missing.toml", "none").returncode == 3
    assert not (room.folder / "none").exists()


def test_models_are_named_by_hand_where_they_lie_elsewhere(room: Room, asker: str) -> None:
    elsewhere = room.folder / "elsewhere"
    for name in ("ours", "theirs", "other"):
        shutil.copytree(room.folder / "weights" / name, elsewhere / f"m-{name}")
    places = room.folder / "places.toml"
    lines = [f'{name} = "elsewhere/m-{name}"' for name in ("ours", "theirs", "other")]
    places.write_text("\n".join(["[models]", *lines]))
    done = room.run("job.toml", "by-hand", "--models", "places.toml", "--signed-by", asker)
    assert done.returncode == 0, done.stderr
    assert " of 4: " in done.stderr
    weights = elsewhere / "m-theirs" / "model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    altered = room.run("job.toml", "by-hand-2", "--models", "places.toml", "--signed-by", asker)
    assert (altered.returncode, "m-theirs does not hold the model" in altered.stderr) == (7, True)
    places.write_text("models = 3")
    assert room.run("job.toml", "by-hand-2", "--models", "places.toml", "--signed-by", asker).returncode == 2


def test_a_run_that_was_stopped_is_taken_up(room: Room, asker: str) -> None:
    spec = (room.folder / "spec.toml").read_text().replace('["hashes", "huref"]', '["all"]')
    (room.folder / "all.toml").write_text(spec)
    room.answer("freeze", "all.toml", "--out", "long.toml")
    room.answer("sign", "long.toml", "--key", "asker.pem")
    command = (
        "run",
        "long.toml",
        "--out",
        "long",
        "--key",
        "room.pem",
        "--signed-by",
        asker,
        "--models",
        "weights",
    )
    process = subprocess.Popen(
        # Whatever ran these tests may have told its children to pass over an interruption.
        ["env", "--default-signal=INT", sys.executable, "-m", "comparison", *command],
        cwd=room.folder, env=room.environment, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stderr is not None
    process.stderr.readline()
    process.send_signal(signal.SIGINT)
    assert "Stopped. What was finished is kept" in process.communicate(timeout=120)[1]
    assert process.returncode == 130
    assert not (room.folder / "long" / "result.json").exists()
    taken_up = room.call(*command)
    assert taken_up.returncode == 0, taken_up.stderr
    whole = room.run("long.toml", "whole", "--signed-by", asker, "--models", "weights")
    assert whole.returncode == 0, whole.stderr
    for name in ("comparison.json", "result.json", "population.json"):
        assert (room.folder / "long" / name).read_bytes() == (room.folder / "whole" / name).read_bytes()


def test_an_open_key_is_refused(room: Room) -> None:
    key = room.folder / "open.pem"
    room.answer("key", key)
    key.chmod(0o640)
    refused = room.call("key", key)
    assert (refused.returncode, "chmod 600" in refused.stderr) == (2, True)
    key.write_text("no key")
    key.chmod(0o600)
    assert "holds no Ed25519 key" in room.call("sign", "spec.toml", "--key", key).stderr
    assert room.call("sign", "spec.toml", "--key", "nowhere.pem").returncode == 3


def test_every_command_says_what_it_takes(room: Room) -> None:
    said = room.call("--help").stdout
    for name in ("run", "key", "freeze", "sign", "verify"):
        assert name in said
    assert room.call("fly").returncode == 2
