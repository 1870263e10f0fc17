"""``manage.py load_law``: the courts and causes of action that ship with Assize."""

from typing import Any

from django.core.management.base import BaseCommand

from jurisdictions import actions


class Command(BaseCommand):
    help = "Load the courts, causes of action and elements that ship with Assize."

    def handle(self, *args: Any, **options: Any) -> None:
        """The rows are as the data says."""
        counts = actions.load()
        self.stdout.write(", ".join(f"{count} {name}" for name, count in counts.items()))
