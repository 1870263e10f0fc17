"""Reference populations: who belongs to them, and what they could support."""

from typing import Any

import pytest

from cases.models import Case
from comparison import actions, support
from comparison.models import PopulationMember, Stratum
from core.actor import Actor
from core.errors import Conflict, InvalidInput
from ledger import verification
from tests.factories import a_case, a_user
from tests.integration.comparison.registered_zoo import CHILDREN, STRANGERS, Zoo

pytestmark = pytest.mark.django_db


def test_members_are_in_the_chain_and_stay_there_when_taken_out(case: Case, actor: Actor, zoo: Zoo) -> None:
    member = zoo.population.members.get(artefact__name="stranger-1")
    actions.remove_member(by=actor, member=member)
    assert zoo.population.members.count() == STRANGERS + CHILDREN - 1
    for name in ("ledger chains", "rows"):
        assert list(verification.proofs()[name]()) == []


def test_who_cannot_belong_is_refused(case: Case, actor: Actor, zoo: Zoo) -> None:
    bare = actions.register(by=actor, case=case, vendor="V", name="bare")
    ours = zoo.models["ours"]
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"artefact": bare}, "has no manifest"),
        ({"stratum": "near"}, "no stratum near"),
        ({"lineage": "reference"}, "word for its origin"),
        ({"lineage": " "}, "word for its origin"),
        ({"derived_from": ours}, "made from itself"),
    ]
    for change, words in wrong:
        given: dict[str, Any] = {"artefact": ours, "lineage": "l", "stratum": "same-data", **change}
        with pytest.raises(InvalidInput, match=words):
            actions.add_member(by=actor, population=zoo.population, **given)
    with pytest.raises(Conflict, match="belongs to"):
        actions.add_member(
            by=actor,
            population=zoo.population,
            artefact=zoo.models["child-1"],
            lineage="l",
            stratum="same-data",
        )
    elsewhere = actions.make_population(
        by=actor, case=a_case(a_user("o@example.org"), claim_number="IL-2026-000124"), name="P"
    )
    with pytest.raises(InvalidInput, match="another matter"):
        actions.add_member(by=actor, population=elsewhere, artefact=ours, lineage="l", stratum="same-data")
    with pytest.raises(Conflict, match="already"):
        actions.make_population(by=actor, case=case, name=zoo.population.name)


def of(stratum: str, members: list[PopulationMember]) -> support.Support:
    return next(one for one in support.by_stratum(members) if one.stratum == stratum)


def test_a_stratum_says_what_it_could_support(zoo: Zoo) -> None:
    members = list(zoo.population.members.all())
    full, empty = of("same-data", members), of("same-seed", members)
    assert (full.independent, full.derived, full.best_p) == (STRANGERS, CHILDREN, 1 / (STRANGERS + 1))
    assert full.most is not None
    assert 1 < full.most < 10
    assert full.missing == ()
    assert (empty.best_p, empty.most, empty.missing) == (None, None, (support.EMPTY,))


def test_models_of_one_origin_count_once_and_what_lacks_is_counted(zoo: Zoo) -> None:
    zoo.population.members.filter(derived_from=None).update(lineage="one")
    zoo.population.members.filter(artefact__name="child-1").delete()
    found = of("same-data", list(zoo.population.members.all()))
    assert (found.models, found.independent, found.best_p, found.most) == (STRANGERS, 1, 0.5, None)
    assert found.missing == (
        support.ALL_ONE_LINEAGE,
        "A likelihood ratio needs 3 more independent lineages and 1 more derived lineage.",
    )


def test_an_empty_stratum_and_another_domain_are_warned_of(zoo: Zoo) -> None:
    members = list(zoo.population.members.all())
    assert support.warnings(members, "same-data") == []
    assert support.warnings(members, "same-domain") == [support.EMPTY]
    zoo.population.members.update(stratum="other-domain")
    members = list(zoo.population.members.all())
    assert support.warnings(members, "same-data") == [support.EMPTY, support.OTHER_KIND]
    assert support.warnings(members, "other-domain") == [support.OTHER_KIND]


def test_every_stratum_has_its_meaning() -> None:
    assert set(support.MEANINGS) == set(Stratum)
