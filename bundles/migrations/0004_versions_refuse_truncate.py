"""PostgreSQL itself refuses to empty the table of built versions at one stroke; SQLite has no such stroke."""

from django.db import migrations


def install(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE TRIGGER bundles_version_no_truncate BEFORE TRUNCATE ON bundles_version "
            "FOR EACH STATEMENT EXECUTE FUNCTION assize_append_only()"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER bundles_version_no_truncate ON bundles_version")


class Migration(migrations.Migration):
    dependencies = [("bundles", "0003_builds_keep_their_choices_and_documents")]
    operations = [migrations.RunPython(install, remove)]
