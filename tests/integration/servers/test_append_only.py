"""Events and built versions can be neither changed nor removed in the database itself."""

import pytest
from django.db import DatabaseError, connection, transaction

from bundles import actions, pipeline
from bundles.models import Version
from ledger.models import Event
from tests.factories import ACTOR, a_case, an_exhibit

ACTS = ["UPDATE {table} SET id = id", "DELETE FROM {table}"]
if connection.vendor == "postgresql":  # SQLite knows no TRUNCATE
    ACTS.append("TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("act", ACTS)
def test_the_database_refuses(db: None, act: str) -> None:
    case = a_case()
    bundle = actions.create(by=ACTOR, case=case, title="Hearing bundle", sections=["A. Letters"])
    letter = an_exhibit(case, ready=True)
    actions.add_exhibits(by=ACTOR, section=bundle.sections.get(), exhibits=[letter])
    pipeline.run(actions.ask_for_build(by=ACTOR, bundle=bundle).pk, by=ACTOR)
    for model in (Event, Version):
        table, kept = model._meta.db_table, list(model._default_manager.order_by("pk").values())
        assert kept
        connection.check_constraints()  # PostgreSQL empties no table while checks on its rows wait
        with (
            pytest.raises(DatabaseError, match=f"{table} is append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(act.format(table=table))
        assert list(model._default_manager.order_by("pk").values()) == kept
