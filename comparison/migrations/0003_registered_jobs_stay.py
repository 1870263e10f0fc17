"""The database itself refuses to change or remove a registered job."""

from django.db import migrations

TABLE = "comparison_comparisonjob"


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_registered BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW "
            "WHEN (OLD.sha256 <> '') EXECUTE FUNCTION assize_append_only()"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
            "FOR EACH STATEMENT EXECUTE FUNCTION assize_append_only()"
        )
        return
    for act in ("UPDATE", "DELETE"):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{act.lower()} BEFORE {act} ON {TABLE} WHEN OLD.sha256 <> '' "
            "BEGIN SELECT RAISE(ABORT, 'a registered job is never changed'); END",
            params=None,
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in ("registered", "no_truncate"):
            schema_editor.execute(f"DROP TRIGGER {TABLE}_{name} ON {TABLE}")
        return
    for act in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_{act}")


class Migration(migrations.Migration):
    dependencies = [("comparison", "0002_populations_and_registered_jobs"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
