"""A matter with real documents, received and converted, and a bundle of them."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from bundles import actions, pipeline
from bundles.models import Build, Bundle
from cases.models import Case, Membership
from tests.factories import ACTOR, a_case, a_member, a_user, an_exhibit

DOCUMENTS = settings.BASE_DIR / "demo" / "documents"
PARTICULARS = DOCUMENTS / "02-particulars-of-claim.pdf"
SCAN = DOCUMENTS / "22-letter-baiyun-uk-2026-07-20.png"
WORD = DOCUMENTS / "08-witness-statement-teo-1.docx"
MAIL = DOCUMENTS / "23-email-lindqvist-2026-04-24.eml"


@pytest.fixture
def owner(db: None) -> User:
    return a_user()


@pytest.fixture
def case(owner: User) -> Case:
    return a_case(owner, title="Aurelia Laboratories Ltd v Baiyun Cloud (UK) Ltd")


@pytest.fixture
def bundle(case: Case) -> Bundle:
    """Two sections; A holds three short texts, B nothing."""
    made = actions.create(
        by=ACTOR, case=case, title="Hearing bundle", sections=["A. Statements of case", "B. Other"]
    )
    texts = [an_exhibit(case, f"Note {word}.\n".encode(), f"{word}.txt") for word in ("one", "two", "three")]
    actions.add_exhibits(by=ACTOR, section=made.sections.get(title="A. Statements of case"), exhibits=texts)
    return made


@pytest.fixture
def editor(owner: User, client: Client) -> Client:
    client.force_login(owner)
    return client


@pytest.fixture
def signed_in(case: Case) -> Callable[[str], Client]:
    """A browser in which somebody with this role is signed in; "stranger" has none."""

    def sign_in(role: str) -> Client:
        email = f"{role}@example.org"
        user = (
            a_user(email, role.title())
            if role == "stranger"
            else a_member(case, Membership.Role(role), email)
        )
        browser = Client()
        browser.force_login(user)
        return browser

    return sign_in


@pytest.fixture
def built() -> Callable[..., Build]:
    """Asks for a build and runs it to its end."""

    def run(bundle: Bundle, **choices: object) -> Build:
        asked = actions.ask_for_build(by=ACTOR, bundle=bundle, **choices)  # type: ignore[arg-type]
        pipeline.run(asked.pk, by=ACTOR)
        return Build.objects.get(pk=asked.pk)

    return run
