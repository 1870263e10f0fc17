"""``manage.py rebuild_index``: the index made anew from the database."""

from typing import Any

from django.core.management.base import BaseCommand

from search import actions


class Command(BaseCommand):
    help = "Empty the search index and fill it again from the database."

    def handle(self, *args: Any, **options: Any) -> None:
        """The index holds what the database holds."""
        self.stdout.write(f"{actions.rebuild()} sources indexed")
