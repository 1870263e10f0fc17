"""``manage.py find``: full-text search from the command line."""

import json
from argparse import ArgumentParser
from html import unescape
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.html import strip_tags

from accounts.models import User
from core.errors import NotFound
from evidence.access import search_scopes
from search.answers import Answer, find

PUBLIC = frozenset({"public"})


class Command(BaseCommand):
    """The query is answered in what a person may see, or in public authorities alone."""

    help = "Find exhibits and authorities; without --as, only public authorities."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The query, whose eyes to look through, how many hits, and ``--json``."""
        parser.add_argument("query")
        parser.add_argument("--as", dest="email", metavar="EMAIL", help="search what this person may see")
        parser.add_argument("--limit", type=int, default=20, help="hits to show (20)")
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """The answer is printed; a query that cannot be read ends with exit code 2."""
        scopes = _scopes(options["email"]) if options["email"] else PUBLIC
        answer = find(options["query"], scopes=scopes, limit=options["limit"])
        self.stdout.write(json.dumps(answer.as_json(), indent=2) if options["json"] else _in_words(answer))


def _scopes(email: str) -> frozenset[str]:
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise NotFound(f"Nobody signs in as {email}.", remedy="Give the e-mail address of a user.")
    return search_scopes(user)


def _in_words(answer: Answer) -> str:
    lines = [f"{answer.total} found in {answer.milliseconds:.1f} ms: {answer.tree}"]
    for hit in answer.hits:
        lines += ["", " ".join(filter(None, (hit.title, hit.citation, hit.paragraph))), hit.url]
        lines.append(f"  {unescape(strip_tags(hit.snippet))}")
    return "\n".join(lines)
