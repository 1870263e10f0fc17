"""Search over everything a person may see."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from accounts.models import User
from core.errors import InvalidInput, NotFound
from desk.forms import SearchForm, asked
from desk.selectors import search as scoped
from desk.views.request import person
from evidence.access import search_scopes
from search.answers import Answer, find, suggestions
from search.backends.base import Hit

PER_PAGE = 20
LAST_PAGE = 500


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What the query finds, or what is wrong with it and how to write it."""
    user = person(request)
    form = SearchForm(request.GET, user=user)
    wanted = asked(form)
    if "matter" in form.errors:
        raise NotFound("There is no such matter.")
    query = wanted.get("q", "").strip()
    context: dict[str, Any] = {"form": form, "query": query, "waiting": _waiting(scoped.still_indexing(user))}
    if query:
        try:
            context |= _found(user, query, wanted, request.GET.get("page", "1"))
        except InvalidInput as refusal:
            context |= {"refusal": refusal, "caret": _caret(query, getattr(refusal, "position", 0))}
    return render(request, "desk/search.html", context)


def _waiting(number: int) -> str:
    if not number:
        return ""
    things = "1 document is" if number == 1 else f"{number} documents are"
    return f"{things} still being indexed and may be missing below. Search again in a moment."


def _caret(query: str, position: int) -> dict[str, str] | None:
    """The query cut at the place of the error; None where the error has no place in it."""
    if not 1 <= position <= len(query):
        return None
    return {"before": query[: position - 1], "at": query[position - 1], "after": query[position:]}


def _found(user: User, query: str, wanted: dict[str, str], page: str) -> dict[str, Any]:
    number = min(max(int(page), 1), LAST_PAGE) if page.isdecimal() else 1
    matter = wanted.get("matter")
    answer = find(
        query,
        scopes=scoped.scopes(user, UUID(matter) if matter else None),
        kinds=frozenset({wanted["kind"]}) if "kind" in wanted else None,
        limit=PER_PAGE,
        offset=(number - 1) * PER_PAGE,
    )
    return {
        "answer": answer,
        "page": _Pages(answer).get_page(number),
        "rows": [_row(hit, query) for hit in answer.hits],
    }


class _Pages(Paginator):  # type: ignore[type-arg]
    """The engine has cut the page already; this only counts."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.hits, PER_PAGE)
        self.answer = answer

    @cached_property
    def count(self) -> int:
        return min(self.answer.total, PER_PAGE * LAST_PAGE)


def _row(hit: Hit, query: str) -> dict[str, Any]:
    address, _, anchor = hit.url.partition("#")
    href = f"{address}?{urlencode({'q': query})}" + (f"#{anchor}" if anchor else "")
    snippet = mark_safe(hit.snippet)  # noqa: S308 - escaped by the engine, with <mark> as its only element
    return {"hit": hit, "href": href, "snippet": snippet, "kind": hit.kind.capitalize()}


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Ways to go on from what was typed, among what this person may see."""
    typed = request.GET.get("q", "")[:200]
    return JsonResponse({"results": suggestions(typed, scopes=search_scopes(person(request)))})
