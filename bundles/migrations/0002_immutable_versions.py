"""The database itself refuses to change or remove a built version."""

from django.db import migrations

SQLITE = [
    f"CREATE TRIGGER bundles_version_no_{act.lower()} BEFORE {act} ON bundles_version "
    "BEGIN SELECT RAISE(ABORT, 'bundles_version is append-only'); END"
    for act in ("UPDATE", "DELETE")
]
SQLITE_BACK = ["DROP TRIGGER bundles_version_no_update", "DROP TRIGGER bundles_version_no_delete"]
POSTGRESQL = [
    "CREATE TRIGGER bundles_version_append_only BEFORE UPDATE OR DELETE ON bundles_version "
    "FOR EACH ROW EXECUTE FUNCTION assize_append_only()",
]
POSTGRESQL_BACK = ["DROP TRIGGER bundles_version_append_only ON bundles_version"]


def install(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def remove(apps, schema_editor):
    _run(schema_editor, SQLITE_BACK, POSTGRESQL_BACK)


def _run(schema_editor, sqlite, postgresql):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("bundles", "0001_first"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
