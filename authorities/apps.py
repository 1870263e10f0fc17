from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "authorities"

    def ready(self) -> None:
        """Authorities can be found, and their texts are proved by ``manage.py verify``."""
        from authorities import documents
        from authorities.checks import authority_texts
        from ledger import verification
        from search import registry

        registry.register(documents.SOURCE)
        verification.register("authority texts", authority_texts)
