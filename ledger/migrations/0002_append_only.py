"""The database itself refuses to change or remove an event."""

from django.db import migrations

SQLITE = [
    f"CREATE TRIGGER ledger_event_no_{act.lower()} BEFORE {act} ON ledger_event "
    "BEGIN SELECT RAISE(ABORT, 'ledger_event is append-only'); END"
    for act in ("UPDATE", "DELETE")
]
SQLITE_BACK = ["DROP TRIGGER ledger_event_no_update", "DROP TRIGGER ledger_event_no_delete"]
POSTGRESQL = [
    "CREATE FUNCTION assize_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    "CREATE TRIGGER ledger_event_append_only BEFORE UPDATE OR DELETE ON ledger_event "
    "FOR EACH ROW EXECUTE FUNCTION assize_append_only()",
    "CREATE TRIGGER ledger_event_no_truncate BEFORE TRUNCATE ON ledger_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION assize_append_only()",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER ledger_event_append_only ON ledger_event",
    "DROP TRIGGER ledger_event_no_truncate ON ledger_event",
    "DROP FUNCTION assize_append_only()",
]


def install(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def remove(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_first")]
    operations = [migrations.RunPython(install, remove)]
