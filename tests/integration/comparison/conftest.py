"""A matter and its owner, signed in."""

import pytest
from django.test import Client

from cases.models import Case
from tests.factories import a_case


@pytest.fixture
def case() -> Case:
    return a_case()


@pytest.fixture
def owner(case: Case, client: Client) -> Client:
    client.force_login(case.memberships.get().user)
    return client
