"""The API's schema is generated without a warning, is valid OpenAPI, and names every address."""

import re
from typing import Any

import pytest
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from config.api import urlpatterns


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    GENERATOR_STATS.reset()
    with GENERATOR_STATS.silence():
        # drf-spectacular says that it is typed, but leaves these functions without annotations.
        generator = SchemaGenerator()  # type: ignore[no-untyped-call]
        made: dict[str, Any] = generator.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


def test_it_is_made_without_a_warning(schema: dict[str, Any]) -> None:
    told = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    assert told == []


def test_it_is_valid_openapi(schema: dict[str, Any]) -> None:
    validate_schema(schema)  # type: ignore[no-untyped-call]


def test_it_names_every_address_of_the_api(schema: dict[str, Any]) -> None:
    addresses = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/api/{pattern.pattern}") for pattern in urlpatterns}
    # The generator calls a primary key "id".
    addresses = {address.replace("{pk}", "{id}") for address in addresses}
    assert addresses - set(schema["paths"]) == set()
    assert len(addresses) > 20


def test_every_operation_says_what_it_is_for(schema: dict[str, Any]) -> None:
    silent = [
        f"{method} {path}"
        for path, operations in schema["paths"].items()
        for method, operation in operations.items()
        if isinstance(operation, dict) and not (operation.get("summary") or operation.get("description"))
    ]
    assert silent == []
