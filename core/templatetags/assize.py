"""Small tags of the look: icons, status marks, sort heads, drawings, links that may not exist yet."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from core import clock, drawings

register = template.Library()

MARKS = ("due", "doubtful", "done", "neutral", "waiting")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """The named symbol; silent to a screen reader unless it has a label."""
    href = f"{static('icons/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', href)


@register.simple_tag
def status(word: object, kind: str = "neutral") -> SafeString:
    """A glyph and a word; ``kind`` is one of due, doubtful, done, neutral, waiting."""
    kind = kind if kind in MARKS else "neutral"
    return format_html('<span class="status {}">{} {}</span>', kind, icon(kind), word)


@register.filter
def lookup(mapping: Mapping[str, object] | None, key: str) -> object:
    """What the mapping holds under ``key``, or nothing."""
    return mapping.get(key) if mapping else None


@register.filter
def units(number: float, offset: float = 0) -> str:
    """A drawing length with a full stop for its decimal, whatever the reader's language."""
    return f"{float(number) + offset:.6g}"


@register.simple_tag(takes_context=True)
def sort_head(context: Context, key: str, word: str, css: str = "") -> SafeString:
    """A table head that sorts by ``key``: one press ascending, the next descending, in the address."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else None
    current = context.get("sort") or (query.get("sort", "") if query is not None else "")
    ascending, descending = current == key, current == f"-{key}"
    address = "?"
    if query is not None:
        query.pop("page", None)
        query["sort"] = f"-{key}" if ascending else key
        address = f"?{query.urlencode()}"
    order = " aria-sort=ascending" if ascending else " aria-sort=descending" if descending else ""
    return format_html(
        '<th scope="col" class="{}"{}><a class="sort" href="{}">{} {}</a></th>',
        css, order, address, word, icon("down" if descending else "up"),
    )  # fmt: skip


@register.simple_tag
def matter_url(name: str, case: object) -> str:
    """The address of a page of this matter, or nothing when no such page is installed."""
    for key in (getattr(case, "slug", None), getattr(case, "pk", None)):
        if key:
            try:
                return reverse(name, args=[key])
            except NoReverseMatch:
                continue
    return ""


@register.simple_tag(takes_context=True)
def current(context: Context, href: str, exact: bool = False) -> SafeString:
    """``aria-current`` for a link to this page ("page") or to a page above it ("true")."""
    request: HttpRequest | None = context.get("request")
    if request is None or not href:
        return SafeString("")
    if request.path == href:
        return SafeString('aria-current="page"')
    return SafeString('aria-current="true"' if not exact and request.path.startswith(href) else "")


@register.inclusion_tag("components/timeline.html")
def timeline(events: Sequence[Mapping[str, Any]], title: str = "Chronology") -> dict[str, object]:
    """A drawing of dated events with the table of them behind it."""
    today = clock.today()
    return {"drawing": drawings.timeline(events, today), "events": events, "title": title, "today": today}


@register.inclusion_tag("components/week_strip.html")
def week_strip(
    items: Sequence[Mapping[str, Any]],
    start: date | None = None,
    days: int = 14,
    closed: Collection[date] = (),
) -> dict[str, object]:
    """What is due, day by day, from the Monday of this week."""
    return {"days": drawings.weeks(items, start or clock.today(), days, closed)}
