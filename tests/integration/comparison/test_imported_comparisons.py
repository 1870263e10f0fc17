"""A comparison run from the command line stands in the matter, its figures worked out again."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from cases.models import Case
from comparison import actions
from comparison.evaluation import compare, refusals
from comparison.evaluation.errors import RecordInvalid
from comparison.evaluation.judging import judged
from comparison.evaluation.measures import Measured
from comparison.evaluation.record import read_record
from comparison.evaluation.words import NO_VALUE_THERE
from comparison.models import Comparison
from comparison.weights import manifest
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger.models import Event
from tests.factories import model_zoo as zoo
from tests.factories.comparison_records import member
from tests.factories.comparison_records import record as as_record
from tests.factories.tiny_models import write

pytestmark = pytest.mark.django_db
METHODS = ("hashes", "match", "huref", "raw-norm")


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run, beside the folders of its two models."""
    folder, parent = tmp_path_factory.mktemp("run"), zoo.independent(0)
    made = {"ours": parent, "theirs": zoo.permuted(zoo.trained_on(parent)), "other": zoo.independent(40)}
    made |= {f"stranger-{n}": zoo.independent(n) for n in range(1, 8)}
    made |= {f"child-{n}": zoo.trained_on(parent, n, 0.1 * n) for n in range(1, 5)}
    for name, tensors in made.items():
        write(folder / name, tensors, config=zoo.CONFIG, tokenizer=zoo.tokenizer())
    population = "".join(
        f'[[population]]\nmodel = "{name}"\nlineage = "{name}"\nstratum = "same-data"\n'
        + ('derived_from = "reference"\n' if name.startswith("child") else "")
        for name in made
        if name.startswith(("stranger", "child"))
    )
    (folder / "spec.toml").write_text(
        f'[comparison]\ntitle = "t"\nreference = "ours"\nsuspect = "theirs"\nseed = 7\n'
        f'methods = {json.dumps(METHODS)}\nstratum = "same-data"\n{population}'
    )
    compare(folder / "spec.toml", folder / "out")
    return folder


@pytest.fixture
def models(case: Case, actor: Actor, run: Path) -> None:
    for name in ("ours", "theirs"):
        actions.register(by=actor, case=case, vendor="V", name=name, manifest=manifest(run / name))


def record(run: Path) -> bytes:
    return (run / "out" / "comparison.json").read_bytes()


def stated(run: Path) -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads((run / "out" / "result.json").read_text())["findings"]
    return findings


@pytest.mark.usefixtures("models")
def test_the_imported_findings_are_those_of_the_run(case: Case, actor: Actor, run: Path) -> None:
    made = actions.import_record(by=actor, case=case, content=record(run))
    for here, there in zip(made.findings, stated(run), strict=True):
        assert {**here, "caveats": None} == {**there, "caveats": None}
    assert made.findings[1]["caveats"][0].startswith("Every layer was compared")
    event = Event.objects.filter(chain__key=case.chain).last()
    assert event is not None
    assert (event.verb, json.loads(event.facts)["methods"]) == ("imported", list(METHODS))
    with pytest.raises(Conflict, match="imported already"):
        actions.import_record(by=actor, case=case, content=record(run))


def test_models_that_are_not_registered_are_named(case: Case, actor: Actor, run: Path) -> None:
    with pytest.raises(InvalidInput, match="manifest of the reference") as refusal:
        actions.import_record(by=actor, case=case, content=record(run))
    assert "reference.manifest.json" in refusal.value.remedy


def changed(run: Path, *path: str | int, to: object) -> bytes:
    content = json.loads(record(run))
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(content).encode()


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize(
    ("path", "to", "words"),
    [
        (("result", "findings", 1, "p"), 1e-9, "p of match does not follow"),
        (("result", "findings", 2, "lr"), 900.0, "lr of huref does not follow"),
        (("measured", 2, "value"), 0.1, "of huref does not follow"),
        (("population", 2, "value"), 0.99, "does not follow"),
        (("measured", 0, "value"), 0.5, "of hashes does not follow"),
        (("measured", 0, "method"), "telepathy", "method is not known"),
        (("measured", 3, "log10_p"), -40.0, "has no place"),
        (("measured", 1, "map", "suspect"), ["one"], "does not fit"),
        (("population", 0, "stratum"), "near", "stratum of the population"),
        (("result", "manifest", "models"), [], "not a JSON object"),
        (("format",), "else", "not a comparison of the form"),
    ],
)
def test_figures_that_do_not_follow_are_refused(
    case: Case, actor: Actor, run: Path, path: tuple[str | int, ...], to: object, words: str
) -> None:
    with pytest.raises(RecordInvalid, match=words):
        actions.import_record(by=actor, case=case, content=changed(run, *path, to=to))
    assert not Comparison.objects.exists()


@pytest.mark.usefixtures("models")
def test_identical_shares_are_those_of_the_registered_manifests(case: Case, actor: Actor, run: Path) -> None:
    content = json.loads(record(run))
    content["measured"][0]["value"] = 0.75
    run_of = read_record(content)
    content["result"]["findings"] = judged(run_of.measured, run_of.population, run_of.stratum).findings
    with pytest.raises(RecordInvalid, match="registered manifests"):
        actions.import_record(by=actor, case=case, content=json.dumps(content).encode())


@pytest.mark.usefixtures("models")
def test_sentences_of_the_file_are_not_taken_over(case: Case, actor: Actor, run: Path) -> None:
    content = changed(run, "measured", 1, "caveats", to=["The suspect was stolen.", "Believe me."])
    made = actions.import_record(by=actor, case=case, content=content)
    assert "stolen" not in json.dumps(made.result)
    assert "stolen" not in json.dumps(made.detail)


@pytest.mark.usefixtures("models")
def test_a_method_without_a_value_says_why_on_the_page(owner: Client, case: Case, run: Path) -> None:
    reason = refusals.because(refusals.NO_GATE.format(model=refusals.Called.SUSPECT))
    content = json.loads(record(run))
    for place, caveats in ((1, [reason, "Ask those who stole it."]), (2, ["Believe me."])):
        content["measured"][place] |= {"value": None, "log10_p": None, "map": {}, "caveats": caveats}
    found = read_record(content)
    content["result"]["findings"] = judged(found.measured, found.population, found.stratum).findings
    file = SimpleUploadedFile("comparison.json", json.dumps(content).encode())
    page = owner.post(f"/matters/{case.pk}/comparison/import/", {"record": file}, follow=True)
    assert page.status_code == 200
    for said in (reason, NO_VALUE_THERE):
        assert page.text.count(said) == 2, "beside the method, and among what is to be read"
    assert "stole" not in page.text
    assert "Believe" not in page.text


@pytest.mark.usefixtures("models")
def test_the_page_shows_each_value_on_its_null(owner: Client, case: Case, run: Path) -> None:
    file = SimpleUploadedFile("comparison.json", record(run), content_type="application/json")
    page = owner.post(f"/matters/{case.pk}/comparison/import/", {"record": file}, follow=True)
    assert page.status_code == 200
    for words in (
        "Imported from a run elsewhere", "What each method gave", 'class="value"', "among 7 lineages", "of-4",
        "10⁻⁵⁰", "proposition over the other", "Matched-neuron independence test",
        "nothing was fixed beforehand",
        "shared public ancestor or seed gives as small", "Controls: models whose relation was known",
        "Tested: common data and architecture", "Above all 7", "cost (Cllr)", 'class="independent"',
        "found something beyond the threshold", "Not beyond the threshold", 'class="known"',
    ):  # fmt: skip
        assert words in page.text, words
    assert "No strength of evidence is stated" not in page.text
    one = owner.get(page.redirect_chain[-1][0], {"proposition": "H1"}).text
    assert "H1 against H3" in one
    assert "No method that ran tells these two apart" in one
    assert "not independent of each other" in one
    assert "style=" not in page.text
    again = owner.post(f"/matters/{case.pk}/comparison/import/", {"record": SimpleUploadedFile("x", b"{")})
    assert again.status_code == 422
    assert "not JSON" in again.text


@pytest.mark.usefixtures("models")
def test_the_api_imports_it_once(owner: Client, case: Case, run: Path) -> None:
    address = f"/api/matters/{case.pk}/comparisons/import/"
    body = json.dumps({"record": json.loads(record(run))})
    made = owner.post(address, body, content_type="application/json")
    assert made.status_code == 201, made.text
    assert [found["method"] for found in made.json()["result"]["findings"]] == list(METHODS)
    assert owner.post(address, body, content_type="application/json").status_code == 409


@pytest.mark.usefixtures("models")
@pytest.mark.parametrize("population", ["none", "of another stratum"])
def test_values_without_a_strength_stand_on_the_page_with_their_caveats(
    case: Case, actor: Actor, owner: Client, run: Path, population: str
) -> None:
    rows = [] if population == "none" else [member("huref", "far", 0.25, stratum="other-domain")]
    content = json.loads(as_record({"huref": Measured(0.4321, None, ())}, rows, "same-data"))
    for side, name in (("reference", "ours"), ("suspect", "theirs")):
        content["result"]["manifest"]["models"][side]["manifest_sha256"] = manifest(run / name).sha256
    made = actions.import_record(by=actor, case=case, content=json.dumps(content).encode())
    assert not made.tested
    page = owner.get(f"/matters/{case.pk}/comparison/{made.pk}/").text
    assert "0.4321" in page
    assert all(escape(caveat) in page for caveat in made.findings[0]["caveats"])
    assert "The words for a ratio" not in page
    assert ("no reference population" in page.lower()) == (population == "none")
