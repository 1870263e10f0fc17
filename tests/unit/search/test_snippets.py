from search.backends.snippets import LENGTH, marked_by, snippet
from search.query import parse


def _snippet(text: str, query: str) -> str:
    return snippet(text, marked_by(parse(query)))


def test_every_form_of_a_word_is_marked() -> None:
    assert (
        _snippet("Training a trained model", "train") == "<mark>Training</mark> a <mark>trained</mark> model"
    )


def test_a_phrase_is_marked_only_where_it_stands_whole() -> None:
    shown = _snippet("Faith. Bad faith, not bad.", '"bad faith"')
    assert shown == "Faith. <mark>Bad faith</mark>, not bad."


def test_a_prefix_marks_the_words_that_begin_so() -> None:
    assert _snippet("An injunction is not unjust", "injunct*") == "An <mark>injunction</mark> is not unjust"


def test_what_is_excluded_is_not_marked() -> None:
    assert _snippet("costs of the appeal", "costs -appeal") == "<mark>costs</mark> of the appeal"


def test_markup_in_the_text_is_escaped() -> None:
    shown = _snippet("<script>alert('costs')</script> <mark>", "costs")
    assert shown == "&lt;script&gt;alert(&#x27;<mark>costs</mark>&#x27;)&lt;/script&gt; &lt;mark&gt;"


def test_a_long_text_is_cut_around_the_densest_matches() -> None:
    text = "filler " * 200 + "costs follow the event and costs are costs " + "filler " * 200 + "costs"
    shown = _snippet(text, "costs")
    assert shown.count("<mark>costs</mark>") == 3
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 60


def test_possessives_section_signs_and_docket_numbers() -> None:
    assert _snippet("the claimant’s case", "claimant's") == "the <mark>claimant</mark>’s case"
    assert _snippet("under § 247 of it", "§247") == "under <mark>§ 247</mark> of it"
    assert _snippet("No. 23-1732, filed", "No. 23-1732") == "No. <mark>23-1732</mark>, filed"
