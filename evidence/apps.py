from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Exhibits, their intake and what they are evidence of."""

    name = "evidence"

    def ready(self) -> None:
        """Exhibits can be found, and their stored files are proved by ``manage.py verify``."""
        from evidence import documents
        from evidence.checks import stored_files
        from ledger import verification
        from search import registry

        registry.register(documents.SOURCE)
        verification.register("stored files", stored_files)
