"""What a new installation needs before anything can be measured in it."""

from typing import Any

from django.core.management import call_command

from jurisdictions import actions as law


def main() -> dict[str, Any]:
    """The database has its tables and the law that ships with Assize."""
    call_command("migrate", verbosity=0, skip_checks=True)
    law.load()
    return {}
