from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The people who sign in."""

    name = "accounts"

    def ready(self) -> None:
        """What happens at the door is written down."""
        import_module("accounts.receivers")
