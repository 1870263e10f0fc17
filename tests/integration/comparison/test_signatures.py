"""Signed jobs leave a matter, signed answers come back, and what is kept is proved."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from cases.models import Case
from comparison import actions, checks, cleanroom, pipeline, signed
from comparison.evaluation.errors import RecordInvalid
from comparison.models import Comparison, ComparisonJob, SignedFile, SignerKey
from comparison.signing import PREFIX, Outcome, check, sign
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from core.keys import fingerprint
from evidence.models import Exhibit
from evidence.storage import store
from ledger.models import Event
from tests.factories import an_exhibit
from tests.integration.comparison import registered_zoo

pytestmark = pytest.mark.django_db
ROOM = Ed25519PrivateKey.from_private_bytes(b"\x03" * 32)
LINE = PREFIX + ROOM.public_key().public_bytes_raw().hex()


@pytest.fixture
def job(case: Case, actor: Actor, zoo: registered_zoo.Zoo) -> ComparisonJob:
    return actions.register_job(by=actor, job=registered_zoo.a_job(case, actor, zoo))


@pytest.fixture
def room_key(case: Case, actor: Actor) -> SignerKey:
    return actions.record_key(
        by=actor, case=case, public_key=f"{LINE}\n", name="Clean room of Dr Okafor",
        obtained_how="Read out on the telephone and compared, 12 November",
    )  # fmt: skip


@pytest.fixture(scope="session")
def answers() -> dict[str, Path]:
    """Answers by the hash of their job: a run takes seconds."""
    return {}


@pytest.fixture
def answer(
    job: ComparisonJob,
    actor: Actor,
    folders: dict[str, Path],
    tmp_path_factory: pytest.TempPathFactory,
    answers: dict[str, Path],
) -> Path:
    """The folder of a clean room's answer to the job, which left the matter signed."""
    if job.sha256 not in answers:
        place = tmp_path_factory.mktemp("room")
        signature = actions.export_job(by=actor, job=job)
        (place / "job.toml").write_text(job.content)
        (place / "job.toml.sig").write_text(signature.text)
        asked_by = [signature.fingerprint]
        cleanroom.run(place / "job.toml", place / "out", ROOM, asked_by, folders["ours"].parent)
        answers[job.sha256] = place / "out"
    return answers[job.sha256]


def read(answer: Path, name: str) -> bytes:
    return (answer / name).read_bytes()


def came_back(case: Case, actor: Actor, answer: Path, **files: bytes) -> Comparison:
    sent = {
        "content": read(answer, "comparison.json"),
        "signature": read(answer, "comparison.json.sig"),
    } | files
    return actions.import_answer(by=actor, case=case, **sent)  # type: ignore[arg-type]


def last_event(case: Case, verb: str) -> dict[str, object]:
    event = Event.objects.filter(chain__key=case.chain, verb=verb).order_by("pk").last()
    assert event is not None
    return event.read_facts


def test_a_job_leaves_signed_by_this_installation(case: Case, actor: Actor, job: ComparisonJob) -> None:
    made = actions.export_job(by=actor, job=job)
    assert check(job.sha256, made.text.encode(), signed.known(case)).outcome is Outcome.GOOD
    assert last_event(case, "exported the comparison")["fingerprint"] == made.fingerprint
    own = case.signer_keys.get()
    assert (own.name, own.fingerprint) == ("This installation", made.fingerprint)
    actions.export_job(by=actor, job=job)
    assert case.signer_keys.count() == 1
    assert (settings.KEYS_ROOT / "comparison.pem").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Conflict, match="Only a registered comparison"):
        actions.export_job(by=actor, job=actions.set_up_anew(by=actor, job=job))


@pytest.mark.usefixtures("room_key")
def test_a_signed_answer_is_kept_with_custody_and_shown_as_signed(
    case: Case, actor: Actor, job: ComparisonJob, answer: Path
) -> None:
    made = came_back(case, actor, answer, report=b"%PDF-1.7\n", job=job)  # type: ignore[arg-type]
    record, report = made.signed_files.order_by("kind")
    assert store().path(record.exhibit.sha256).read_bytes() == read(answer, "comparison.json")
    assert record.signature.encode() == read(answer, "comparison.json.sig")
    assert record.fingerprint == fingerprint(ROOM.public_key())
    received = Event.objects.filter(thing_type="evidence.exhibit", thing_id=str(record.exhibit.pk))
    assert [event.verb for event in received] == ["received"]
    assert last_event(case, "kept")["sha256"] in (record.exhibit.sha256, report.exhibit.sha256)
    first, second = signed.standings(made)
    assert (first.outcome, first.key and first.key.name) == (Outcome.GOOD, "Clean room of Dr Okafor")
    assert "unaltered since" in first.words
    assert (second.outcome, second.words) == (Outcome.UNSIGNED, "Not signed: checked by nobody.")
    assert signed.job_of(made) == job
    assert not list(checks.signatures())


def test_an_unknown_key_is_shown_as_unknown_until_it_is_recorded(
    case: Case, actor: Actor, answer: Path
) -> None:
    made = came_back(case, actor, answer)
    (standing,) = signed.standings(made)
    assert (standing.outcome, standing.key) == (Outcome.UNKNOWN_KEY, None)
    assert "nobody recorded whose key that is" in standing.words
    actions.record_key(by=actor, case=case, public_key=LINE, name="Late", obtained_how="By letter")
    (standing,) = signed.standings(made)
    assert standing.outcome is Outcome.GOOD
    assert standing.words.endswith("The key was recorded only after the file had come.")


def test_an_unsigned_answer_is_shown_as_checked_by_nobody(case: Case, actor: Actor, answer: Path) -> None:
    made = came_back(case, actor, answer, signature=b"")
    assert [one.words for one in signed.standings(made)] == ["Not signed: checked by nobody."]
    assert not list(checks.signatures())


@pytest.mark.parametrize("what", ["record", "signature", "swapped", "report"])
def test_what_does_not_belong_together_is_refused_and_nothing_is_kept(
    case: Case, actor: Actor, answer: Path, room_key: SignerKey, what: str
) -> None:
    files: dict[str, dict[str, bytes]] = {
        "record": {"content": read(answer, "comparison.json").replace(b"huref", b"awm  ", 1)},
        "signature": {"signature": read(answer, "comparison.json.sig")[:-5]},
        "swapped": {"signature": read(answer, "result.json.sig")},
        "report": {"report": b"%PDF-1.7\n", "report_signature": read(answer, "result.json.sig")},
    }
    exhibits = Exhibit.objects.count()
    with pytest.raises(InvalidInput, match=r"altered|cannot be read"):
        came_back(case, actor, answer, **files[what])
    with pytest.raises(InvalidInput, match="signature of a report came without it"):
        came_back(case, actor, answer, report_signature=b"{}")
    assert not Comparison.objects.exists()
    assert Exhibit.objects.count() == exhibits


def test_the_answer_to_another_job_is_refused(
    case: Case, actor: Actor, zoo: registered_zoo.Zoo, answer: Path, job: ComparisonJob
) -> None:
    other = actions.register_job(by=actor, job=registered_zoo.a_job(case, actor, zoo, title="Another"))
    with pytest.raises(RecordInvalid, match="not the answer to Another"):
        came_back(case, actor, answer, job=other)  # type: ignore[arg-type]
    content = json.loads(read(answer, "comparison.json"))
    content["job"] = other.content
    forged = json.dumps(content).encode()
    with pytest.raises(RecordInvalid, match="not the answer to the job that stands in it"):
        came_back(case, actor, answer, content=forged, signature=b"", job=other)  # type: ignore[arg-type]


def test_keys_are_recorded_once_and_with_their_source(case: Case, actor: Actor, room_key: SignerKey) -> None:
    assert last_event(case, "recorded the key of")["obtained_how"] == room_key.obtained_how
    with pytest.raises(Conflict, match="recorded already"):
        actions.record_key(by=actor, case=case, public_key=LINE, name="X", obtained_how="Y")
    with pytest.raises(InvalidInput, match="how you know"):
        actions.record_key(by=actor, case=case, public_key=LINE, name="X", obtained_how=" ")
    with pytest.raises(InvalidInput, match="no public key"):
        actions.record_key(by=actor, case=case, public_key=room_key.fingerprint, name="X", obtained_how="Y")


@pytest.mark.usefixtures("here")
def test_the_worker_signs_what_it_measured(
    case: Case, actor: Actor, job: ComparisonJob, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    run = actions.ask_to_run(by=actor, job=job)
    pipeline.run(run.pk, by=actor)
    run.refresh_from_db()
    assert run.comparison is not None, run.message
    (standing,) = signed.standings(run.comparison)
    assert standing.key is not None
    assert (standing.outcome, standing.key.name) == (Outcome.GOOD, "This installation")
    assert signed.job_of(run.comparison) == job
    assert not list(checks.signatures())
    SignedFile.objects.all().delete()
    assert [problem.detail for problem in checks.signatures()] == [
        "is unsigned: no signed file of this run is kept"
    ]


@pytest.mark.usefixtures("room_key")
def test_verify_names_what_was_altered_or_lost_its_signature(case: Case, actor: Actor, answer: Path) -> None:
    came_back(case, actor, answer)
    kept = SignedFile.objects.get()

    def found() -> list[str]:
        return [f"{problem.what}: {problem.detail}" for problem in checks.signatures()]

    assert not found()
    other = sign(kept.exhibit.sha256, ROOM).text.replace('"signature": "', '"signature": "0', 1)
    SignedFile.objects.update(signature=other)
    assert found() == [f"{kept}: the file or its signature is unreadable"]
    SignedFile.objects.update(signature=sign("0" * 64, ROOM).text)
    assert found() == [f"{kept}: the file or its signature is altered"]
    SignedFile.objects.update(signature="", fingerprint="")
    assert found() == [
        f"{kept}: is unsigned, and was kept signed by the key {fingerprint(ROOM.public_key())}"
    ]
    SignedFile.objects.update(signature=kept.signature, fingerprint=kept.fingerprint)
    path = store().path(kept.exhibit.sha256)
    path.chmod(0o644)
    content = path.read_bytes()
    path.write_bytes(content[:-2] + b"]\n")
    try:
        assert found() == [f"{kept}: the file or its signature is altered"]
        with pytest.raises(Exception, match="not as they were left"):
            call_command("verify")
    finally:
        path.write_bytes(content)


def room(case: Case, rest: str) -> str:
    return f"/matters/{case.pk}/comparison/{rest}"


def sent(answer: Path, *names: str) -> dict[str, SimpleUploadedFile]:
    fields = {"comparison.json": "record", "comparison.json.sig": "signature"}
    return {fields[name]: SimpleUploadedFile(name, read(answer, name)) for name in names}


def test_the_pages_lead_from_export_to_a_signed_answer(
    owner: Client, case: Case, job: ComparisonJob, answer: Path
) -> None:
    assert "Export it, signed" in owner.get(room(case, f"set-up/{job.pk}/")).text
    exported = owner.post(room(case, f"set-up/{job.pk}/export/"))
    with zipfile.ZipFile(io.BytesIO(b"".join(exported.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert archive.namelist() == ["job.toml", "job.toml.sig"]
        assert archive.read("job.toml").decode() == job.content
        assert check(job.sha256, archive.read("job.toml.sig"), signed.known(case)).outcome is Outcome.GOOD
    form = {"name": "Dr Okafor", "public_key": LINE, "obtained_how": "In person"}
    page = owner.post(room(case, "keys/"), form, follow=True)
    assert fingerprint(ROOM.public_key()) in page.text
    assert "recorded already" in owner.post(room(case, "keys/"), form).text
    where = room(case, f"set-up/{job.pk}/answer/")
    assert "Dr Okafor" in owner.get(where).text
    refused = owner.post(
        where, sent(answer, "comparison.json") | {"signature": SimpleUploadedFile("s", b"{}")}
    )
    assert (refused.status_code, "cannot be read" in refused.text) == (422, True)
    page = owner.post(where, sent(answer, "comparison.json", "comparison.json.sig"), follow=True)
    for words in ("Registered as Dr Okafor", "unaltered since", "In person", job.title, job.sha256[:12]):
        assert words in page.text, words
    kept = SignedFile.objects.get()
    found = owner.get(room(case, f"{kept.comparison_id}/signatures/{kept.pk}/"))
    assert found.content == read(answer, "comparison.json.sig")


def test_an_unsigned_import_says_so_on_its_page(owner: Client, case: Case, answer: Path) -> None:
    page = owner.post(room(case, "import/"), sent(answer, "comparison.json"), follow=True)
    assert "Not signed: checked by nobody." in page.text


def test_the_api_takes_the_same_way(owner: Client, case: Case, job: ComparisonJob, answer: Path) -> None:
    api = f"/api/matters/{case.pk}/"
    exported = owner.post(f"{api}comparison-jobs/{job.pk}/export/").json()
    assert check(job.sha256, exported["signature"].encode(), signed.known(case)).outcome is Outcome.GOOD
    key = {"name": "Dr Okafor", "public_key": LINE, "obtained_how": "In person"}
    assert owner.post(f"{api}signer-keys/", key, "application/json").status_code == 201
    assert [one["name"] for one in owner.get(f"{api}signer-keys/").json()["results"]] == [
        signed.OWN,
        "Dr Okafor",
    ]
    file, signature = (read(answer, name).decode() for name in ("comparison.json", "comparison.json.sig"))
    place = f"{api}comparisons/import/"
    for wrong in ({"file": file, "record": {}}, {}, {"record": {}, "signature": signature}):
        assert owner.post(place, wrong, "application/json").status_code == 400
    whole = {"file": file, "signature": signature, "job": str(job.pk)}
    assert owner.post(place, whole, "application/json").status_code == 201
    (standing,) = signed.standings(Comparison.objects.get())
    assert standing.outcome is Outcome.GOOD


def test_nothing_is_exported_where_a_file_is_missing_from_the_store(
    owner: Client, case: Case, actor: Actor, zoo: registered_zoo.Zoo
) -> None:
    probe = an_exhibit(case, b"a probe that the store will lose\n", name="probe.txt")
    draft = registered_zoo.a_job(case, actor, zoo)
    actions.change(by=actor, job=draft, title="t", methods=["hashes"], probe=probe)
    job = actions.register_job(by=actor, job=draft)
    store().path(probe.sha256).unlink()
    answer = owner.post(room(case, f"set-up/{job.pk}/export/"))
    assert (answer.status_code, "latest backup" in answer.text) == (500, True)
    assert owner.post(f"/api/matters/{case.pk}/comparison-jobs/{job.pk}/export/").status_code == 500
    assert not Event.objects.filter(verb__startswith="exported").exists()
