"""The database itself refuses to change or remove a version's files and its deliveries."""

from django.db import migrations

TABLES = ("bundles_versionfile", "bundles_delivery")


def install(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            for when, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                name = f"{table}_append_only" if each == "ROW" else f"{table}_no_truncate"
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {when} ON {table} "
                    f"FOR EACH {each} EXECUTE FUNCTION assize_append_only()"
                )
        else:
            for act in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
                    params=None,
                )


def remove(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            for name in (f"{table}_append_only", f"{table}_no_truncate"):
                schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
        else:
            for act in ("update", "delete"):
                schema_editor.execute(f"DROP TRIGGER {table}_no_{act}")


class Migration(migrations.Migration):
    dependencies = [("bundles", "0005_court_ready_bundles"), ("ledger", "0002_append_only")]
    operations = [migrations.RunPython(install, remove)]
