from django.apps import AppConfig


class AuthoritiesConfig(AppConfig):
    name = "authorities"

    def ready(self) -> None:
        """Authorities can be found."""
        from authorities import documents
        from search import registry

        registry.register(documents.SOURCE)
