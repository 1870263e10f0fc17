"""The environment's addresses decide which database, broker and cache are really used."""

import os

from celery import current_app
from django.core.cache import cache, caches
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from core.cache import SharedFolder

DATABASES = {"sqlite": "sqlite", "postgres": "postgresql"}


def asked(name: str, otherwise: str) -> str:
    """The scheme of the address in this variable."""
    return os.environ.get(name, otherwise).split(":")[0]


def test_the_database_is_the_one_asked_for(db: None) -> None:
    scheme = asked("DATABASE_URL", "sqlite:")
    with connection.cursor() as cursor:
        cursor.execute("SELECT version()" if scheme == "postgres" else "SELECT 'SQLite ' || sqlite_version()")
        (answer,) = cursor.fetchone()
    assert answer.lower().startswith(DATABASES[scheme])
    assert connection.vendor == DATABASES[scheme]


def test_the_broker_is_the_one_asked_for() -> None:
    with current_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
        assert broker.transport.driver_name == asked("BROKER_URL", "filesystem:")
        assert broker.transport.driver_version()


def test_the_cache_is_the_one_asked_for() -> None:
    kinds = {"redis": RedisCache, "file": SharedFolder}
    assert isinstance(caches["default"], kinds[asked("CACHE_URL", "file:")])
    cache.set("asked", "answered", 60)
    assert cache.get("asked") == "answered"
