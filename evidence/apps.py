from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Exhibits, their intake and what they are evidence of."""

    name = "evidence"

    def ready(self) -> None:
        """Exhibits can be found, stand behind their filings, and are proved by ``manage.py verify``."""
        from cases import papers
        from evidence import documents
        from evidence.checks import page_texts, stored_files
        from evidence.papers import FiledExhibits
        from ledger import verification
        from search import registry

        papers.register(FiledExhibits())
        registry.register(documents.SOURCE)
        verification.register("stored files", stored_files)
        verification.register("page texts", page_texts)
