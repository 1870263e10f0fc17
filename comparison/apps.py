from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    """Models in dispute, and what comparing them gave."""

    name = "comparison"

    def ready(self) -> None:
        """Signed records and reports are checked by ``manage.py verify``."""
        from comparison.checks import signatures
        from ledger import verification

        verification.register("comparison signatures", signatures)
