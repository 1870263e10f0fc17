import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.test import RequestFactory

from core.styleguide import styleguide

ROOT = Path(__file__).resolve().parents[3]
PAGES = sorted((ROOT / "templates").rglob("*.html"))


def rendered(source: str, address: str = "/", **context: object) -> str:
    request = RequestFactory().get(address)
    return Template("{% load assize %}" + source).render(Context({"request": request, **context}))


@pytest.fixture
def sheet() -> str:
    request = RequestFactory().get("/styleguide/")
    request.user = AnonymousUser()
    return styleguide(request).content.decode()


def test_the_style_sheet_obeys_the_content_security_policy(sheet: str) -> None:
    assert not re.search(r"\sstyle\s*=", sheet)
    assert not re.search(r"\son[a-z]+\s*=", sheet)
    assert not re.search(r"<script(?![^>]*\bsrc=)", sheet)


def test_every_control_of_the_style_sheet_has_a_label(sheet: str) -> None:
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*\bid=\"(id_[^\"]+)\"", sheet)
    assert controls
    assert [name for name in controls if f'for="{name}"' not in sheet] == []


def test_every_description_points_at_something_on_the_page(sheet: str) -> None:
    named = set(re.findall(r'\bid="([^"]+)"', sheet))
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', sheet) for name in names.split()}
    assert described
    assert described <= named


def test_every_symbol_in_use_is_drawn(sheet: str) -> None:
    drawn = set(re.findall(r'id="(\w+)"', (ROOT / "static/icons/icons.svg").read_text()))
    assert set(re.findall(r"icons\.svg#(\w+)", sheet)) <= drawn


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_no_template_carries_inline_style_or_script(page: Path) -> None:
    words = page.read_text()
    assert not re.search(r"\sstyle\s*=\s*[\"']", words)
    assert not re.search(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))", words)


@pytest.mark.parametrize(
    ("address", "state", "link"),
    [
        ("/", "", "?sort=date"),
        ("/?sort=date&page=4", "ascending", "?sort=-date"),
        ("/?sort=-date&kind=order", "descending", "?sort=date&amp;kind=order"),
    ],
)
def test_a_sort_head_turns_round_and_returns_to_the_first_page(address: str, state: str, link: str) -> None:
    head = rendered('{% sort_head "date" "Date" %}', address)
    assert f'href="{link}"' in head
    assert (f"aria-sort={state}" in head) if state else ("aria-sort" not in head)


def test_a_page_that_is_not_installed_has_no_address() -> None:
    assert rendered('{% matter_url "nowhere:page" case %}', case=SimpleNamespace(pk=1)) == ""


def test_words_of_others_are_escaped() -> None:
    assert "<b>" not in rendered('{% status word "due" %}', word="<b>late</b>")
    assert "<b>" not in rendered(
        '{% include "components/note.html" with title=word text=word %}', word="<b>late</b>"
    )


@pytest.mark.parametrize("page", ["400.html", "403.html", "404.html", "500.html", "errors/error.html"])
def test_an_error_page_needs_no_request(page: str) -> None:
    shown = Template(f'{{% include "{page}" %}}').render(Context({}))
    assert "<h1>" in shown
    assert 'href="/"' in shown
