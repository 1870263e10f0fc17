from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The matters."""

    name = "cases"
