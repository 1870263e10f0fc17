"""A matter and its owner, signed in; a zoo of models, registered."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from cases.models import Case
from core.actor import Actor
from tests.factories import a_case
from tests.integration.comparison import registered_zoo


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def owner(case: Case, client: Client) -> Client:
    client.force_login(case.memberships.get().user)
    return client


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The folders of the models, by name, below one root."""
    return registered_zoo.written(tmp_path_factory.mktemp("zoo"))


@pytest.fixture
def zoo(case: Case, actor: Actor, folders: dict[str, Path]) -> registered_zoo.Zoo:
    """The models and their population in the matter."""
    return registered_zoo.registered(case, actor, folders)


@pytest.fixture
def here(settings: Settings, folders: dict[str, Path]) -> None:
    """The models lie on this machine."""
    settings.MODELS_ROOT = folders["ours"].parent
