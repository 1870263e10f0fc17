import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from core.errors import NotFound
from evidence.actions import exhibits
from evidence.models import Exhibit
from search import actions
from search.query import QueryError
from tests.factories import ACTOR
from tests.integration.desk.conftest import Matters


def found(client: Client, query: str, **more: str) -> dict[str, Any]:
    answer = client.get("/api/search/", {"q": query, **more})
    assert answer.status_code == 200
    body: dict[str, Any] = answer.json()
    return body


def test_only_what_i_may_see_is_found_counted_and_suggested(
    matters: Matters, client_of_owner: Client
) -> None:
    answer = found(client_of_owner, "marmalade")
    assert answer["total"] == 2
    assert found(client_of_owner, "zanzibarium")["total"] == 0
    assert client_of_owner.get("/search/suggest/", {"q": "zanzi"}).json() == {"results": []}
    assert client_of_owner.get("/api/search/suggest/", {"q": "zanzi"}).json() == {"results": []}
    page = client_of_owner.get("/search/", {"q": "zanzibar*"}).content.decode()
    assert "zanzibarium" not in page
    assert "Boreal" not in page
    assert client_of_owner.get("/search/suggest/", {"q": "marmal"}).json()["results"]


def test_an_expert_finds_nothing_privileged(expert: Client) -> None:
    assert found(expert, "marmalade")["total"] == 1
    assert found(expert, "counsel")["total"] == 0


def test_what_became_privileged_or_was_withdrawn_is_not_found_while_the_index_is_behind(
    matters: Matters, client_of_owner: Client, expert: Client
) -> None:
    assert found(expert, "marmalade")["total"] == 1
    legal = Exhibit.Privilege.LEGAL_ADVICE
    exhibits.describe(by=ACTOR, exhibit=matters.note, title="marmalade memorandum", privilege=legal)
    assert found(expert, "marmalade")["total"] == 0
    assert expert.get("/search/suggest/", {"q": "marma"}).json() == {"results": []}
    exhibits.withdraw(by=ACTOR, exhibit=matters.privileged, because="Wrong matter")
    assert found(client_of_owner, "marmalade")["total"] == 0
    actions.drain()
    assert found(client_of_owner, "marmalade")["total"] == 1
    assert found(expert, "marmalade")["total"] == 0


def test_what_waits_for_the_index_is_said_only_of_my_own(matters: Matters, client_of_owner: Client) -> None:
    actions.mark_changed("exhibit", matters.secret.pk)
    assert "still being indexed" not in client_of_owner.get("/search/").content.decode()
    actions.mark_changed("exhibit", matters.note.pk)
    assert "1 document is still being indexed" in client_of_owner.get("/search/").content.decode()


def test_a_hit_opens_its_page_with_the_query_and_shows_why(matters: Matters, client_of_owner: Client) -> None:
    page = client_of_owner.get("/search/", {"q": "ledger"}).content.decode()
    assert f"/matters/{matters.mine.pk}/exhibits/{matters.note.pk}/pages/1/?q=ledger" in page
    assert "<mark>ledger</mark>" in page
    assert "Understood as: ledger" in page


def test_a_query_that_cannot_be_read_is_explained_in_place(client_of_owner: Client) -> None:
    page = client_of_owner.get("/search/", {"q": "(weights AND copied"}).content.decode()
    assert "A parenthesis is not closed" in page
    assert "<mark>(</mark>weights AND copied" in page
    answer = client_of_owner.get("/api/search/", {"q": "(weights"})
    assert answer.status_code == 400
    assert answer.json()["field"] == "query"


@pytest.mark.parametrize("query", ["<script>alert(1)</script>", '"><b>', "a" * 3000, "\x00"])
def test_whatever_is_typed_is_answered_and_escaped(client_of_owner: Client, query: str) -> None:
    answer = client_of_owner.get("/search/", {"q": query})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_kinds_and_matters_narrow(matters: Matters, client_of_owner: Client, summaries: None) -> None:
    assert found(client_of_owner, "Getty", kind="authority")["total"] > 0
    assert found(client_of_owner, "Getty", kind="authority", matter=str(matters.mine.pk))["total"] == 0
    assert (
        client_of_owner.get("/api/search/", {"q": "x", "matter": str(matters.theirs.pk)}).status_code == 404
    )
    assert client_of_owner.get("/search/", {"q": "x", "matter": str(matters.theirs.pk)}).status_code == 404


def test_the_command_answers_in_the_agreed_shape(matters: Matters, summaries: None) -> None:
    out = StringIO()
    call_command("find", "marmalade", "--as", matters.owner.email, "--json", stdout=out)
    answer = json.loads(out.getvalue())
    assert list(answer) == ["query", "tree", "engine", "milliseconds", "total", "partial", "hits"]
    assert (answer["engine"], answer["partial"], answer["total"]) == ("embedded", False, 2)
    assert list(answer["hits"][0]) == [
        "id", "kind", "title", "citation", "paragraph", "score", "snippet", "url",
    ]  # fmt: skip
    out = StringIO()
    call_command("find", "marmalade", stdout=out)
    assert out.getvalue().startswith("0 found")
    with pytest.raises(NotFound):
        call_command("find", "x", "--as", "nobody@example.org")
    with pytest.raises(QueryError):
        call_command("find", "AND")
