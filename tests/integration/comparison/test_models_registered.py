"""Models registered through actions, command, pages and API."""

import json
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from cases.models import Case, Membership
from comparison import actions
from comparison.evaluation.methods import AVAILABLE
from comparison.models import Comparison, ModelArtefact
from comparison.weights import manifest
from core.actor import Actor
from core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from evidence.actions import exhibits
from evidence.models import Exhibit
from ledger import verification
from ledger.models import Event
from tests.factories import a_case, a_member, a_party, a_user, an_exhibit
from tests.factories.tiny_models import fine_tuned, independent, write

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    root = tmp_path_factory.mktemp("models")
    parent = independent(1)
    return {
        "lumen": write(root / "lumen", parent),
        "songtao": write(root / "songtao", fine_tuned(parent)),
        "other": write(root / "other", independent(2)),
    }


def registered(
    case: Case, actor: Actor, name: str, folder: Path | None, access: str = "weights"
) -> ModelArtefact:
    made = manifest(folder) if folder else None
    return actions.register(by=actor, case=case, vendor="Vendor Ltd", name=name, access=access, manifest=made)


def compared(case: Case, actor: Actor, folders: dict[str, Path], suspect: str = "songtao") -> Comparison:
    return actions.compare(
        by=actor,
        reference=registered(case, actor, "Lumen", folders["lumen"]),
        suspect=registered(case, actor, "Songtao", folders[suspect]),
    )


def room(case: Case, rest: str = "") -> str:
    return f"/matters/{case.pk}/comparison/{rest}"


def test_registering_and_comparing_are_in_the_chain_and_prove(
    case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    made = compared(case, actor, folders)
    verbs = list(Event.objects.filter(chain__key=case.chain).values_list("verb", flat=True))
    assert verbs[-3:] == ["registered", "took the manifest of", "compared"]
    for name in ("ledger chains", "rows"):
        assert list(verification.proofs()[name]()) == []
    Comparison.objects.filter(pk=made.pk).update(result={"findings": []})
    assert [problem.what for problem in verification.proofs()["rows"]()] == [
        f"comparison.comparison {made.pk} ({made})"
    ]


def test_the_stored_result_has_the_shape_of_the_command(
    case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    result = compared(case, actor, folders).result
    assert set(result) == {"findings", "propositions", "manifest", "files"}
    (finding,) = result["findings"]
    assert finding["method"] == "hashes"
    assert 0.4 < finding["value"] < 0.6
    assert [finding[key] for key in ("null", "p", "lr", "lr_bound", "verbal")] == [None] * 5
    assert result["manifest"]["models"]["reference"]["manifest_sha256"] == manifest(folders["lumen"]).sha256


def test_what_cannot_be_registered_is_refused(case: Case, actor: Actor, folders: dict[str, Path]) -> None:
    with pytest.raises(InvalidInput, match="weights are not held"):
        registered(case, actor, "Answerer", folders["lumen"], access="text")
    assert not ModelArtefact.objects.exists()
    lumen = registered(case, actor, "Lumen", folders["lumen"])
    with pytest.raises(Conflict, match="registered already"):
        registered(case, actor, "Lumen", None)
    with pytest.raises(Conflict, match="has a manifest already"):
        actions.attach_manifest(by=actor, artefact=lumen, manifest=manifest(folders["other"]))
    for vendor, name, access in ((" ", "N", "text"), ("V", "", "text"), ("V", "N", "telepathy")):
        with pytest.raises(InvalidInput):
            actions.register(by=actor, case=case, vendor=vendor, name=name, access=access)
    elsewhere = a_party(a_case(a_user("o@example.org"), claim_number="IL-2026-000124"))
    with pytest.raises(InvalidInput, match="another matter"):
        actions.register(by=actor, case=case, vendor="V", name="N", holder=elsewhere)


def test_what_cannot_be_compared_is_refused(case: Case, actor: Actor, folders: dict[str, Path]) -> None:
    lumen = registered(case, actor, "Lumen", folders["lumen"])
    bare = registered(case, actor, "Bare", None)
    with pytest.raises(InvalidInput, match="with itself"):
        actions.compare(by=actor, reference=lumen, suspect=lumen)
    with pytest.raises(InvalidInput, match="has no manifest"):
        actions.compare(by=actor, reference=lumen, suspect=bare)
    other = a_case(a_user("o@example.org"), claim_number="IL-2026-000124")
    with pytest.raises(InvalidInput, match="different matters"):
        actions.compare(by=actor, reference=lumen, suspect=registered(other, actor, "S", folders["other"]))


def run(name: str, *args: object) -> Any:
    out = StringIO()
    call_command(name, *map(str, args), stdout=out)
    return json.loads(out.getvalue())


def test_the_command_registers_a_folder(case: Case, folders: dict[str, Path]) -> None:
    options = ["--vendor", "Aurelia", "--name", "Lumen", "--version", "3", "--json"]
    answer = run("register_model", case.claim_number, folders["lumen"], *options)
    artefact = ModelArtefact.objects.get(pk=answer["id"])
    assert (artefact.vendor, artefact.label, artefact.tensors) == ("Aurelia", "Lumen 3", answer["tensors"])
    assert answer["manifest_sha256"] == artefact.manifest_sha256 == manifest(folders["lumen"]).sha256
    assert artefact.read_manifest() == manifest(folders["lumen"])


def test_the_command_registers_as_the_member_named(case: Case) -> None:
    options = ["--vendor", "B", "--name", "S", "--access", "text", "--json", "--as"]
    for email, refusal in ((a_user("o@example.org").email, NotFound), (a_member(case).email, NotAllowed)):
        with pytest.raises(refusal):
            run("register_model", case.claim_number, *options, email)
    assert not ModelArtefact.objects.exists()
    owner = case.memberships.get(role=Membership.Role.OWNER).user
    run("register_model", case.claim_number, *options, owner.email)
    event = Event.objects.get(chain__key=case.chain, verb="registered")
    assert (event.actor_user_id, event.origin) == (owner.pk, "command")


def test_the_command_says_why_a_text_model_has_no_manifest(case: Case, folders: dict[str, Path]) -> None:
    out = StringIO()
    options = ["--vendor", "B", "--name", "S", "--access", "text"]
    call_command("register_model", str(case.pk), *options, stdout=out)
    assert "weights are not within reach" in out.getvalue()
    with pytest.raises(InvalidInput, match="text only"):
        call_command("register_model", str(case.pk), str(folders["lumen"]), *options)
    with pytest.raises(NotFound, match="no matter"):
        call_command("register_model", str(uuid4()), "--vendor", "B", "--name", "S")


def test_compare_and_manifest_commands_need_no_database(
    folders: dict[str, Path], tmp_path: Path, django_assert_num_queries: Any
) -> None:
    spec = tmp_path / "spec.toml"
    spec.write_text(
        f'[comparison]\ntitle = "t"\nreference = "{folders["lumen"]}"\nsuspect = "{folders["songtao"]}"\n'
    )
    with django_assert_num_queries(0):
        answer = run("compare", spec, "--out", tmp_path / "out", "--json")
        assert run("model_manifest", folders["lumen"]) == manifest(folders["lumen"]).as_json()
    assert [finding["method"] for finding in answer["findings"]] == [method.name for method in AVAILABLE]
    out = StringIO()
    call_command("compare", str(spec), "--out", str(tmp_path / "again"), stdout=out)
    assert "H3: The two models were trained independently" in out.getvalue()


def upload(folder: Path) -> SimpleUploadedFile:
    return SimpleUploadedFile("manifest.json", manifest(folder).text.encode(), "application/json")


def test_pages_register_compare_and_show(owner: Client, case: Case, folders: dict[str, Path]) -> None:
    assert "No model is registered yet" in owner.get(room(case)).text
    for name in ("lumen", "songtao"):
        form = {"vendor": "Vendor", "name": name, "access": "weights", "manifest": upload(folders[name])}
        answer = owner.post(room(case, "models/new/"), form, follow=True)
        assert answer.status_code == 200
        assert "model.layers.0.mlp.up_proj.weight" in answer.text
    ours, theirs = ModelArtefact.objects.order_by("name")
    listing = owner.get(room(case)).text
    assert "Compare by hashes" in listing
    answer = owner.post(room(case, "compare/"), {"reference": ours.pk, "suspect": theirs.pk}, follow=True)
    assert answer.status_code == 200
    for words in (
        "No strength of evidence is stated", "A reference population is needed",
        "byte for byte in the reference",
        "What was not tested", "palimpsest", "share a public ancestor", '<rect class="share"',
    ):  # fmt: skip
        assert words in answer.text
    made = Comparison.objects.get()
    differing = owner.get(room(case, f"{made.pk}/"), {"only": "differs", "sort": "-elements"}).text
    assert "lm_head.weight" in differing
    assert "model.layers.0.mlp.up_proj.weight" not in differing.split('id="tensors"')[1]
    file = owner.get(room(case, f"{made.pk}/file/"))
    assert json.loads(file.content)["findings"] == made.result["findings"]
    assert file["Content-Disposition"].startswith("attachment")


def test_the_manifest_downloads_byte_for_byte(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    artefact = registered(case, actor, "Lumen", folders["lumen"])
    file = owner.get(room(case, f"models/{artefact.pk}/manifest/"))
    assert file.content.decode() == manifest(folders["lumen"]).text
    assert file["X-Content-Type-Options"] == "nosniff"
    bare = registered(case, actor, "Bare", None)
    assert owner.get(room(case, f"models/{bare.pk}/manifest/")).status_code == 404


def test_a_refused_form_keeps_what_was_typed(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    registered(case, actor, "Lumen", None)
    form = {"vendor": "Vendor Ltd", "name": "Lumen", "access": "weights", "licence": "Apache-2.0"}
    answer = owner.post(room(case, "models/new/"), form)
    assert answer.status_code == 422
    assert "registered already" in answer.text
    assert "Apache-2.0" in answer.text
    broken = SimpleUploadedFile("manifest.json", b'{"format": "x"}', "application/json")
    answer = owner.post(room(case, "models/new/"), {**form, "name": "Other", "manifest": broken})
    assert answer.status_code == 422
    assert "not a manifest of the form" in answer.text
    text = {**form, "name": "Other", "access": "text", "manifest": upload(folders["lumen"])}
    assert "weights are not held" in owner.post(room(case, "models/new/"), text).text
    assert ModelArtefact.objects.count() == 1


def test_a_manifest_can_follow_later(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    bare = registered(case, actor, "Bare", None)
    page = room(case, f"models/{bare.pk}/")
    assert "No manifest of the weights has been taken yet" in owner.get(page).text
    assert owner.post(f"{page}attach/", {}).status_code == 422
    assert owner.post(f"{page}attach/", {"manifest": upload(folders["other"])}).status_code == 302
    bare.refresh_from_db()
    assert bare.manifest_sha256 == manifest(folders["other"]).sha256
    assert owner.post(f"{page}attach/", {"manifest": upload(folders["other"])}).status_code == 422


def test_comparing_a_model_with_itself_is_said_in_the_form(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    lumen = registered(case, actor, "Lumen", folders["lumen"])
    answer = owner.post(room(case, "compare/"), {"reference": lumen.pk, "suspect": lumen.pk})
    assert answer.status_code == 422
    assert "cannot be compared with itself" in answer.text


def addresses(case: Case, made: Comparison) -> list[str]:
    model = made.reference_id
    return [
        room(case), room(case, "models/new/"),
        room(case, f"models/{model}/"), room(case, f"models/{model}/manifest/"),
        room(case, f"{made.pk}/"), room(case, f"{made.pk}/file/"),
        f"/api/matters/{case.pk}/models/", f"/api/matters/{case.pk}/models/{model}/",
        f"/api/matters/{case.pk}/models/{model}/manifest/",
        f"/api/matters/{case.pk}/comparisons/", f"/api/matters/{case.pk}/comparisons/{made.pk}/",
    ]  # fmt: skip


def writes(case: Case, made: Comparison) -> list[str]:
    model = made.reference_id
    return [
        room(case, "models/new/"), room(case, "compare/"), room(case, f"models/{model}/attach/"),
        f"/api/matters/{case.pk}/models/", f"/api/matters/{case.pk}/models/{model}/manifest/",
        f"/api/matters/{case.pk}/comparisons/",
    ]  # fmt: skip


def test_strangers_find_nothing(client: Client, case: Case, actor: Actor, folders: dict[str, Path]) -> None:
    made = compared(case, actor, folders)
    client.force_login(a_user("stranger@example.org"))
    assert {client.get(page).status_code for page in addresses(case, made)} == {404}
    assert {client.post(page).status_code for page in writes(case, made)} == {404}


def test_a_member_of_two_matters_reaches_nothing_through_the_wrong_one(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path]
) -> None:
    made = compared(case, actor, folders)
    other = a_case(case.memberships.get().user, claim_number="IL-2026-000124")
    wrong = [
        page for page in addresses(other, made) if str(made.pk) in page or str(made.reference_id) in page
    ]
    assert {owner.get(page).status_code for page in wrong} == {404}


@pytest.mark.parametrize("role", [Membership.Role.READER, Membership.Role.EXPERT])
def test_readers_and_experts_read_and_cannot_write(
    client: Client, case: Case, actor: Actor, folders: dict[str, Path], role: str
) -> None:
    made = compared(case, actor, folders)
    client.force_login(a_member(case, role=role))
    readable = [page for page in addresses(case, made) if not page.endswith("new/")]
    assert {client.get(page).status_code for page in readable} == {200}
    assert {client.post(page).status_code for page in writes(case, made)} == {403}
    for words in ("Register a model", "Compare by hashes"):
        assert words not in client.get(room(case)).text


def test_an_expert_is_not_told_of_a_privileged_exhibit(client: Client, case: Case, actor: Actor) -> None:
    exhibit = an_exhibit(case, name="checkpoint-card.txt")
    exhibits.describe(
        by=actor, exhibit=exhibit, title="Checkpoint card", privilege=Exhibit.Privilege.LITIGATION
    )
    artefact = actions.register(by=actor, case=case, vendor="V", name="N", exhibit=exhibit)
    page = room(case, f"models/{artefact.pk}/")
    client.force_login(a_member(case))
    assert "Checkpoint card" in client.get(page).text
    client.force_login(a_member(case, role=Membership.Role.EXPERT, email="expert@example.org"))
    assert "Checkpoint card" not in client.get(page).text


def test_the_api_registers_and_compares(owner: Client, case: Case, folders: dict[str, Path]) -> None:
    def post(path: str, body: object) -> Any:
        return owner.post(f"/api/matters/{case.pk}/{path}", json.dumps(body), content_type="application/json")

    ids = []
    for name in ("lumen", "songtao"):
        body = {
            "vendor": "V",
            "name": name,
            "access": "weights",
            "manifest": manifest(folders[name]).as_json(),
        }
        answer = post("models/", body)
        assert answer.status_code == 201, answer.text
        ids.append(answer.json()["id"])
    made = post("comparisons/", {"reference": ids[0], "suspect": ids[1]})
    assert made.status_code == 201, made.text
    assert made.json()["result"]["findings"][0]["lr"] is None
    assert made.json()["detail"]["config"] == {}
    assert owner.get(f"/api/matters/{case.pk}/comparisons/").json()["count"] == 1
    same = post("comparisons/", {"reference": ids[0], "suspect": ids[0]})
    assert (same.status_code, same.json()["field"]) == (400, "suspect")
    assert post("comparisons/", {"reference": ids[0], "suspect": str(uuid4())}).status_code == 404
    assert post("models/", {"vendor": "V", "name": "lumen", "access": "text"}).status_code == 409
    assert post("models/", {"vendor": "V", "name": "x", "access": "text", "manifest": {}}).status_code == 400
    again = post(f"models/{ids[0]}/manifest/", {"manifest": manifest(folders["other"]).as_json()})
    assert again.status_code == 409


def test_the_list_asks_the_database_no_more_for_many_models(
    owner: Client, case: Case, actor: Actor, folders: dict[str, Path], django_assert_max_num_queries: Any
) -> None:
    lumen = registered(case, actor, "Lumen", folders["lumen"])
    for number in range(12):
        other = registered(case, actor, f"Other {number}", folders["other"])
        actions.compare(by=actor, reference=lumen, suspect=other)
    with django_assert_max_num_queries(25):
        owner.get(room(case))
