from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """``manage.py verify`` also compares the index with the database."""
        from ledger import verification
        from search.checks import index_matches_database

        verification.register("search index", index_matches_database)
