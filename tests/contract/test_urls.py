"""Every address of the site is listed with who may reach it, and answers each kind of person so."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.contract.conftest import World
from tests.contract.table import ANYONE, EDITOR, INSIDER, MEMBER, OWNER, SIGNED_IN, TABLE

OF_A_MATTER = (MEMBER, INSIDER, EDITOR, OWNER)
REFUSED_BY_API = (401, 403)
SHOWN = (200, 302)  # a finished build leads on to its version
REFUSED = (403, 404)


def addresses(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            within = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, within)
        else:
            yield f"{space}{pattern.name}", pattern


ALL = dict(addresses(get_resolver().url_patterns))


def parts_of(name: str) -> list[str]:
    resolver: Any = get_resolver()
    *spaces, last = name.split(":")
    for space in spaces:
        resolver = resolver.namespace_dict[space][1]
    parts: list[str] = next(iter(resolver.reverse_dict.getlist(last)))[0][0][1]
    return parts


def address(name: str, values: dict[str, Any]) -> str:
    return reverse(name, kwargs={part: values[part] for part in parts_of(name)})


def ask(client: Client, name: str, world: World) -> Any:
    method = getattr(client, TABLE[name].method)
    answer = method(address(name, world.values), HTTP_ACCEPT="*/*")
    for close in answer._resource_closers:  # a download's file; answer.close() would close the database too
        close()
    return answer


def is_api(name: str) -> bool:
    return name.startswith("api")


def listed(*who: str) -> list[str]:
    return sorted(name for name, entry in TABLE.items() if entry.who in who)


def test_every_address_is_listed() -> None:
    missing = sorted(set(ALL) - set(TABLE))
    assert not missing, "Say in tests/contract/table.py who may reach " + "; ".join(
        f'"{name}" ({ALL[name].pattern}): add "{name}": Who(MEMBER), or whoever it is' for name in missing
    )


def test_nothing_is_listed_that_is_gone() -> None:
    assert sorted(set(TABLE) - set(ALL)) == []


def test_every_address_has_a_name() -> None:
    assert [str(pattern.pattern) for name, pattern in ALL.items() if name.endswith("None")] == []


def test_whatever_names_a_matter_is_for_its_members() -> None:
    parts = ("case_id", "bundle_id")
    loose = [
        name
        for name, pattern in ALL.items()
        if any(part in str(pattern.pattern) for part in parts) and TABLE[name].who not in OF_A_MATTER
    ]
    assert loose == []


def test_nobody_gets_further_than_the_sign_in(world: World) -> None:
    wrong = {}
    for name in listed(SIGNED_IN, *OF_A_MATTER):
        answer = ask(world.client("anonymous"), name, world)
        if is_api(name):
            fine = answer.status_code in REFUSED_BY_API
        else:
            fine = answer.status_code == 302 and "/account/" in answer["Location"]
        if not fine:
            wrong[name] = answer.status_code
    assert wrong == {}


def test_what_is_for_anyone_answers_anyone(world: World) -> None:
    answers = {name: ask(world.client("anonymous"), name, world).status_code for name in listed(ANYONE)}
    assert {name: status for name, status in answers.items() if status not in (200, 302)} == {}


def test_a_stranger_learns_nothing_of_a_matter(world: World) -> None:
    client = world.client("stranger")
    answers = {name: ask(client, name, world).status_code for name in listed(*OF_A_MATTER)}
    assert {name: status for name, status in answers.items() if status != 404} == {}


def test_a_stranger_reaches_what_is_for_everybody(world: World) -> None:
    client = world.client("stranger")
    answers = {name: ask(client, name, world).status_code for name in listed(SIGNED_IN)}
    # Changing a password or the second factor asks for the password again.
    assert {name: status for name, status in answers.items() if status not in _fine(name)} == {}


def _fine(name: str) -> tuple[int, ...]:
    if name in (
        "api:search",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_deactivate_totp",
    ):
        return (302, 400, 404)
    return (200, 302) if name.startswith(("account", "mfa")) else (200,)


@pytest.mark.parametrize("person", ["reader", "expert"])
def test_a_reader_reads_and_changes_nothing(world: World, person: str) -> None:
    client = world.client(person)
    reads = (MEMBER, INSIDER) if person == "reader" else (MEMBER,)
    wrong = {}
    for name in listed(*OF_A_MATTER):
        status = ask(client, name, world).status_code
        if status not in (SHOWN if TABLE[name].who in reads else REFUSED):
            wrong[name] = status
    assert wrong == {}


def test_the_owner_is_refused_nothing(world: World) -> None:
    client = world.client("owner")
    refused = {}
    # What removes something is asked last, so that the rest still finds it.
    for name in sorted(listed(*OF_A_MATTER), key=lambda name: TABLE[name].method != "get"):
        status = ask(client, name, world).status_code
        if status in (401, 403) or status >= 500 or (status == 404 and TABLE[name].method == "get"):
            refused[name] = status
    assert refused == {}
