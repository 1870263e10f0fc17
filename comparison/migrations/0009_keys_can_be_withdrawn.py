"""A key can be withdrawn, and the ledger tells of each row's new columns."""

from django.db import migrations, models
from django.db.models import Q

# An event is hashed and signed in one place only, which a migration does not write again.
from ledger.columns import tell_of_columns

COLUMNS = {"withdrawn_at", "withdrawn_by", "withdrawn_because"}


def tell_the_ledger(apps, schema_editor):
    tell_of_columns(
        apps.get_model("comparison", "SignerKey"), COLUMNS, verb="made room for a withdrawal in",
        name=lambda key: key.name, chain=lambda key: f"case:{key.case_id}",
    )


def text(name, length):
    return migrations.AddField("signerkey", name, models.CharField(blank=True, default="", max_length=length))


class Migration(migrations.Migration):
    dependencies = [
        ("comparison", "0008_analyses_can_be_cancelled"),
        ("ledger", "0002_append_only"),
    ]
    operations = [
        migrations.AddField("signerkey", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        text("withdrawn_by", 200),
        text("withdrawn_because", 300),
        migrations.AddConstraint(
            "signerkey",
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_because="")),
                name="signer_key_withdrawn_whole",
            ),
        ),
        migrations.RunPython(tell_the_ledger, migrations.RunPython.noop),
    ]
