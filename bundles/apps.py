from django.apps import AppConfig


class BundlesConfig(AppConfig):
    """Bundles of exhibits for hearings."""

    name = "bundles"

    def ready(self) -> None:
        """Built bundles are proved by ``manage.py verify`` too."""
        from bundles.checks import stored_versions
        from ledger import verification

        verification.register("bundle versions", stored_versions)
