from importlib import import_module

from django.apps import AppConfig


class Installation(AppConfig):
    """The settings themselves, which have checks of their own."""

    name = "config"

    def ready(self) -> None:
        """``check --deploy`` asks about this installation too."""
        import_module("config.checks")
