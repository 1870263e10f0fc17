import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from authorities import actions
from authorities.checks import authority_texts
from authorities.dates import partial_date
from authorities.models import Authority
from core.actor import Actor
from core.errors import CheckFailed, InvalidInput
from ledger.models import Event
from search.models import OutboxEntry
from tests import factories

JUDGMENT = """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
  xmlns:uk="https://caselaw.nationalarchives.gov.uk/akn"><judgment name="judgment"><meta><identification>
  <FRBRWork><FRBRname value="Getty Images v Stability AI"/>
  <FRBRdate date="2025-11-04" name="judgment"/></FRBRWork>
  </identification><proprietary><uk:cite>[2025] EWHC 2863 (Ch)</uk:cite></proprietary></meta>
  <judgmentBody><decision><paragraph eId="para_1"><num>1.</num><content><p>{text}</p></content></paragraph>
  </decision></judgmentBody></judgment></akomaNtoso>"""


@pytest.fixture
def judgment(tmp_path: Path) -> Path:
    path = tmp_path / "getty.xml"
    path.write_text(JUDGMENT.format(text="The weights hold no copy."), encoding="utf-8")
    return path


@pytest.fixture
def reader(db: None) -> Client:
    client = Client()
    client.force_login(factories.a_user())
    return client


@pytest.mark.parametrize(
    ("text", "first", "words"),
    [
        ("2025", date(2025, 1, 1), "2025"),
        ("2025-12", date(2025, 12, 1), "December 2025"),
        ("2025-12-16", date(2025, 12, 16), "16 December 2025"),
        ("", None, ""),
    ],
)
def test_a_date_is_no_more_exact_than_it_is_known(text: str, first: date | None, words: str) -> None:
    given = partial_date(text)
    assert (given.first_day, given.words) == (first, words)


@pytest.mark.parametrize("text", ["soon", "2025-13", "2025-02-30", "2025-1-1-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        partial_date(text)


@pytest.mark.django_db
def test_a_judgment_is_imported_once_and_its_new_text_replaces_the_old(judgment: Path, actor: Actor) -> None:
    first, changed = actions.import_judgment(by=actor, path=judgment)
    assert changed
    assert OutboxEntry.objects.filter(kind="authority", source_id=str(first.pk)).count() == 1
    again, changed = actions.import_judgment(by=actor, path=judgment)
    assert (again.pk, changed) == (first.pk, False)
    judgment.write_text(JUDGMENT.format(text="Corrected."), encoding="utf-8")
    corrected, changed = actions.import_judgment(by=actor, path=judgment)
    assert (corrected.pk, changed) == (first.pk, True)
    assert [paragraph.text for paragraph in corrected.paragraphs.all()] == ["Corrected."]
    verbs = Event.objects.filter(chain__key="site", thing_type="authorities.authority").values_list(
        "verb", flat=True
    )
    assert list(verbs.order_by("sequence")) == ["imported", "imported again"]


@pytest.mark.django_db
def test_an_authority_whose_text_was_changed_past_the_ledger_is_named(judgment: Path, actor: Actor) -> None:
    actions.load_summaries(by=actor)
    actions.import_judgment(by=actor, path=judgment)
    judgment.write_text(JUDGMENT.format(text="Corrected."), encoding="utf-8")
    authority, _ = actions.import_judgment(by=actor, path=judgment)
    assert not list(authority_texts())
    authority.paragraphs.update(text="The weights hold every copy.")
    assert [problem.what for problem in authority_texts()] == [f"text of {authority}"]
    authority.paragraphs.update(text="Corrected.", number="2.")
    assert [problem.what for problem in authority_texts()] == [f"text of {authority}"]


@pytest.mark.django_db
def test_loading_the_summaries_again_changes_nothing(actor: Actor) -> None:
    first = actions.load_summaries(by=actor)
    assert first["summaries"] == first["changed"] == Authority.objects.count()
    events = Event.objects.count()
    assert actions.load_summaries(by=actor)["changed"] == 0
    assert Event.objects.count() == events


@pytest.mark.django_db
def test_a_broken_file_is_named_and_the_others_are_imported(
    judgment: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (judgment.parent / "broken.xml").write_text("<akomaNtoso")
    out, err = StringIO(), StringIO()
    with pytest.raises(CheckFailed):
        call_command("import_authorities", str(judgment.parent), "--json", stdout=out, stderr=err)
    answer = json.loads(out.getvalue())
    assert [Path(failure["file"]).name for failure in answer["failed"]] == ["broken.xml"]
    assert "broken.xml" in err.getvalue()
    assert [found["citation"] for found in answer["imported"]] == ["[2025] EWHC 2863 (Ch)"]


@pytest.mark.django_db
def test_real_judgments_import(shared: Path) -> None:
    out = StringIO()
    call_command("import_authorities", str(shared / "corpus" / "judgments"), "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert len(answer["imported"]) == len(list((shared / "corpus" / "judgments").glob("*.xml")))


def test_summary_and_full_text_lead_to_each_other(reader: Client, judgment: Path, actor: Actor) -> None:
    actions.load_summaries(by=actor)
    full, _ = actions.import_judgment(by=actor, path=judgment)
    summary = Authority.objects.get(key="summary:getty-2025")
    assert summary.get_absolute_url() in reader.get(full.get_absolute_url()).content.decode()
    page = reader.get(summary.get_absolute_url()).content.decode()
    assert full.get_absolute_url() in page
    assert "This is our own summary" in page
    assert 'id="para-1"' in reader.get(full.get_absolute_url()).content.decode()


def test_what_nobody_checked_says_so(reader: Client, actor: Actor) -> None:
    actions.load_summaries(by=actor)
    unchecked = Authority.objects.filter(verified=False).first()
    assert unchecked is not None
    assert "Not checked by anybody yet" in reader.get(unchecked.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"words": "getty 2863"}, "[2025] EWHC 2863 (Ch)", "[2025] EWHC 3419 (Ch)"),
        ({"year": "2023"}, "[2023] EWHC 3090 (Ch)", "[2025] EWHC 2863 (Ch)"),
        ({"checked": "no"}, "[2023] EWHC 3090 (Ch)", "[2025] EWHC 2863 (Ch)"),
        ({"topic": "costs"}, "[2025] EWHC 3419 (Ch)", "[2025] EWHC 2863 (Ch)"),
    ],
)
def test_the_list_is_narrowed_by_what_is_asked(
    reader: Client, actor: Actor, query: dict[str, str], shown: str, hidden: str
) -> None:
    actions.load_summaries(by=actor)
    page = reader.get("/authorities/", query).content.decode()
    assert shown in page
    assert hidden not in page
    found = reader.get("/api/authorities/", {**query, "limit": "100"}).json()["results"]
    assert any(shown in row["citation"] for row in found)
    assert not any(hidden in row["citation"] for row in found)


def test_the_api_gives_the_paragraphs(reader: Client, judgment: Path, actor: Actor) -> None:
    full, _ = actions.import_judgment(by=actor, path=judgment)
    body = reader.get(f"/api/authorities/{full.pk}/").json()
    assert [paragraph["anchor"] for paragraph in body["paragraphs"]] == ["para-1"]
    assert reader.get("/api/authorities/999999/").status_code == 404
    assert reader.get("/authorities/999999/").status_code == 404
