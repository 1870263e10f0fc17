from pathlib import Path

import pytest

from evidence.entities import Entity, EntityKind, Source, read

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
PARTIES = ["Aurelia Laboratories", "Baiyun Cloud (Singapore)"]


def by_rule(text: str, kind: EntityKind) -> list[tuple[str, str]]:
    found = read(text, model_limit=0, known_parties=PARTIES)
    return [(entity.text, entity.normal) for entity in found if entity.kind is kind]


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("signed on 3 September 2026.", "2026-09-03"),
        ("Dated this 1st day of September 2026", "2026-09-01"),
        ("DATED 14 SEPTEMBER 2026", "2026-09-14"),
        ("on September 3, 2026", "2026-09-03"),
        ("Mon, 14 Sep 2026 10:22:31", "2026-09-14"),
        ("released in December 2023", "2023-12"),
        ("expected by 2030,", "2030"),
        ("received 25/12/2026", "2026-12-25"),
        ("received 03/04/2026", "2026-04-03"),
        ("logged 2026-05-06 at noon", "2026-05-06"),
        ("on 14\nSeptember 2026", "2026-09-14"),
    ],
)
def test_dates_are_iso_as_precise_as_written(text: str, normal: str) -> None:
    assert [found for _, found in by_rule(text, EntityKind.DATE)] == [normal]


@pytest.mark.parametrize(
    "text", ["on 31 June 2026", "in 29/02/2025", "12.3.45", "[2013] EWHC 1482 (Ch)", "may 2026 bring"]
)
def test_what_is_no_date_is_left_out(text: str) -> None:
    assert by_rule(text, EntityKind.DATE) == []


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("worth £80 billion by", "GBP 80000000000"),
        ("£1,250,000.50", "GBP 1250000.50"),
        ("US$5m", "USD 5000000"),
        ("5 million pounds", "GBP 5000000"),
        ("EUR 20,000", "EUR 20000"),
        ("RMB 3.5 million", "CNY 3500000"),
    ],
)
def test_money_has_currency_and_plain_amount(text: str, normal: str) -> None:
    assert [found for _, found in by_rule(text, EntityKind.MONEY)] == [normal]


@pytest.mark.parametrize(
    ("text", "normal"), [("a 98.7% match", "98.7"), ("5 per cent", "5"), ("12.50 percent", "12.5")]
)
def test_percentages(text: str, normal: str) -> None:
    assert [found for _, found in by_rule(text, EntityKind.PERCENTAGE)] == [normal]


def test_percentage_points_are_not_a_percentage() -> None:
    assert by_rule("a gap of 3 percent points", EntityKind.PERCENTAGE) == []


@pytest.mark.parametrize(
    ("text", "name", "normal"),
    [
        ("the Qwen2.5 series", "Qwen2.5", "Alibaba Qwen 2.5"),
        ("used Qwen for", "Qwen", "Alibaba Qwen"),
        ("Claude 3.5 Sonnet said", "Claude 3.5 Sonnet", "Anthropic Claude 3.5 Sonnet"),
        ("GPT-4o.", "GPT-4o", "OpenAI GPT 4o"),
        ("Llama-3.1-70B ran", "Llama-3.1-70B", "Meta Llama 3.1 70B"),
        ("Mixtral 8x7B", "Mixtral 8x7B", "Mistral AI Mixtral 8x7B"),
        ("Claude's outputs", "Claude", "Anthropic Claude"),
        ("the Lumen 2 weights", "Lumen 2", "Lumen 2"),
        ("a model called “Lumen 2”", "Lumen 2", "Lumen 2"),
        ("Nimbus-7B-Instruct", "Nimbus-7B-Instruct", "Nimbus 7B Instruct"),
    ],
)
def test_models_have_vendor_name_and_version(text: str, name: str, normal: str) -> None:
    assert by_rule(text, EntityKind.MODEL) == [(name, normal)]


@pytest.mark.parametrize(
    "text",
    [
        "Claude Monet painted",
        "Mr Claude Dupont",
        "the Gemini twins",
        "a falcon 2 miles off",
        "Section 2 models",
        "the llama",
        "Table 3 models",
    ],
)
def test_what_only_looks_like_a_model_is_left_out(text: str) -> None:
    assert by_rule(text, EntityKind.MODEL) == []


def test_a_family_once_called_a_model_is_known_in_its_other_versions() -> None:
    text = "Lumen 1 came first. The Lumen 2 model followed."
    assert by_rule(text, EntityKind.MODEL) == [("Lumen 1", "Lumen 1"), ("Lumen 2", "Lumen 2")]


@pytest.mark.parametrize(
    ("text", "name", "normal"),
    [
        ("said Dr. Helena Park, the officer", "Dr. Helena Park", "Dr Helena Park"),
        ("Professor James Ratcliffe, a", "Professor James Ratcliffe", "Professor James Ratcliffe"),
        ("Before MR JUSTICE MEADE", "MR JUSTICE MEADE", "Mr Justice Meade"),
        ("Ms Jane O'Neill-Smith told", "Ms Jane O'Neill-Smith", "Ms Jane O'Neill-Smith"),
        ("Dr Helena Park\nClaimant", "Dr Helena Park", "Dr Helena Park"),
        ("Mr Smith\nExhibit JS1", "Mr Smith", "Mr Smith"),
        (
            "the statement that was given to the court in London by Dr Helena\nPark on",
            "Dr Helena\nPark",
            "Dr Helena Park",
        ),
    ],
)
def test_people_with_titles(text: str, name: str, normal: str) -> None:
    assert by_rule(text, EntityKind.PERSON) == [(name, normal)]


def test_known_parties_are_parties_with_their_legal_form_in_any_case_or_line() -> None:
    text = "AURELIA LABORATORIES LIMITED and Baiyun\nCloud (Singapore) Pte Ltd and Aurelia Laboratories’ API"
    assert by_rule(text, EntityKind.PARTY) == [
        ("AURELIA LABORATORIES LIMITED", "Aurelia Laboratories"),
        ("Baiyun\nCloud (Singapore) Pte Ltd", "Baiyun Cloud (Singapore)"),
        ("Aurelia Laboratories", "Aurelia Laboratories"),
    ]


def test_companies_and_courts() -> None:
    text = "In the High Court of Justice, Northgate Compute Ltd was joined; see LG München I."
    assert by_rule(text, EntityKind.ORGANISATION) == [("Northgate Compute Ltd", "Northgate Compute Ltd")]
    assert [normal for _, normal in by_rule(text, EntityKind.COURT)] == [
        "High Court of Justice",
        "LG München I",
    ]


def test_the_statistical_model_is_marked_and_reads_inside_no_citation() -> None:
    text = "Yesterday Margaret Whitfield left. See [2025] EWHC 2863 (Ch) at [45]. The Claimant agrees."
    found = read(text)
    assert [(entity.text, entity.kind, entity.source) for entity in found] == [
        ("Margaret Whitfield", EntityKind.PERSON, Source.MODEL),
        ("[2025] EWHC 2863 (Ch)", EntityKind.CITATION, Source.RULE),
    ]
    assert [entity.kind for entity in read(text, model_limit=0)] == [EntityKind.CITATION]


def test_long_text_goes_by_chunks_and_the_limit_bounds_the_model() -> None:
    filler = "The parties spoke about the weather and nothing else of note. " * 400
    text = f"{filler}Margaret Whitfield lives in Leeds. {filler}Margaret Whitfield lives in Leeds."
    assert len(filler) > 20_000
    starts = [entity.start for entity in read(text) if entity.text == "Margaret Whitfield"]
    assert starts == [text.index("Margaret"), text.rindex("Margaret")]
    limited = read(text, model_limit=len(filler) + 100)
    assert [entity.start for entity in limited if entity.text == "Margaret Whitfield"] == starts[:1]


def test_neutral_citations_are_found_in_any_usual_spelling_and_nothing_else_inside_them() -> None:
    text = "Getty Images v Stability AI [2025] EWHC 2863 (Ch), and 2025 EWHC 38\n(Ch) of 14 January 2025."
    assert by_rule(text, EntityKind.CITATION) == [
        ("[2025] EWHC 2863 (Ch)", "[2025] EWHC 2863 (Ch)"),
        ("2025 EWHC 38\n(Ch)", "[2025] EWHC 38 (Ch)"),
    ]
    assert by_rule(text, EntityKind.DATE) == [("14 January 2025", "2025-01-14")]


def _seed(first_words: str) -> tuple[Entity, ...]:
    if not SEEDS.is_dir():
        pytest.skip("the shared press reports are not beside this checkout")
    texts = [path.read_text() for path in SEEDS.glob("*.txt")]
    text = next(text for text in texts if text.startswith(first_words))
    found = read(text)
    assert all(text[entity.start : entity.end] == entity.text for entity in found)
    return found


def test_first_press_report() -> None:
    named = {(entity.kind, entity.normal) for entity in _seed("In a move")}
    assert {
        (EntityKind.MODEL, "Alibaba Qwen 2.5"),
        (EntityKind.MODEL, "Anthropic Claude"),
        (EntityKind.ORGANISATION, "Anthropic"),
        (EntityKind.ORGANISATION, "Alibaba"),
        (EntityKind.ORGANISATION, "Intellectual Property Office"),
    } <= named


def test_second_press_report() -> None:
    named = {(entity.kind, entity.normal) for entity in _seed("A dramatic")}
    assert {
        (EntityKind.MODEL, "Alibaba Qwen"),
        (EntityKind.DATE, "2023-12"),
        (EntityKind.PERCENTAGE, "98.7"),
        (EntityKind.MONEY, "GBP 80000000000"),
        (EntityKind.PERSON, "Dr Helena Park"),
        (EntityKind.PERSON, "Professor James Ratcliffe"),
        (EntityKind.COURT, "Royal Courts of Justice"),
        (EntityKind.ORGANISATION, "Anthropic"),
        (EntityKind.ORGANISATION, "Alibaba"),
    } <= named
