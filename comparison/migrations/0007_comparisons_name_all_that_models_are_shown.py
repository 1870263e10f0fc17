"""A comparison names all that its models can be shown, and the ledger tells of each row's new columns."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

# An event is hashed and signed in one place only, which a migration does not write again.
from ledger.columns import tell_of_columns

EXHIBITS = ("fresh", "training_order", "reference_texts", "other_texts")
WHOLE = ("max_tokens", "answers", "probe_length")
SHARES = ("temperature", "top_p")
COLUMNS = {*(f"{name}_id" for name in EXHIBITS), *WHOLE, *SHARES}


def refuse_again(apps, schema_editor):
    """SQLite drops columns by making the table anew, without its triggers."""
    if schema_editor.connection.vendor == "sqlite":
        import_module("comparison.migrations.0003_registered_jobs_stay").install(apps, schema_editor)


def tell_the_ledger(apps, schema_editor):
    tell_of_columns(
        apps.get_model("comparison", "ComparisonJob"), COLUMNS, verb="made room for more inputs in",
        name=lambda job: job.title, chain=lambda job: f"case:{job.case_id}",
    )


def number(name, kind):
    return migrations.AddField("comparisonjob", name, kind(blank=True, null=True))


def exhibit(name):
    field = models.ForeignKey(
        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name=f"jobs_as_{name}",
        to="evidence.exhibit",
    )
    return migrations.AddField("comparisonjob", name, field)


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0006_expert_reports"),
        ("evidence", "0004_unlocked_copies_are_renditions"),
        ("ledger", "0002_append_only"),
    ]
    operations = [
        # Columns that may be null are added to the table as it stands; only taking them away makes it anew.
        migrations.RunPython(migrations.RunPython.noop, refuse_again),
        *(exhibit(name) for name in EXHIBITS),
        *(number(name, models.PositiveIntegerField) for name in WHOLE),
        *(number(name, models.FloatField) for name in SHARES),
        migrations.RunPython(tell_the_ledger, migrations.RunPython.noop),
    ]
