"""A key can be withdrawn, and the ledger tells of each row's new columns."""

from django.db import migrations, models
from django.db.models import Q

# An event is hashed and signed in one place only, which a migration does not write again.
from core.actor import machine
from ledger.actions import record
from ledger.hashing import row_digest
from ledger.models import Event

COLUMNS = {"withdrawn_at", "withdrawn_by", "withdrawn_because"}


def tell_the_ledger(apps, schema_editor):
    """A row that somebody altered after its last event gets none now, and stays reported."""
    keys = apps.get_model("comparison", "SignerKey")
    keys.__str__ = lambda key: key.name
    for key in keys.objects.iterator():
        events = Event.objects.filter(thing_type=keys._meta.label_lower, thing_id=str(key.pk))
        last = events.order_by("pk").last()
        if last is not None and last.thing_digest == row_digest(key, without=COLUMNS):
            record(
                chain=f"case:{key.case_id}", by=machine("command", "migration"),
                verb="made room for a withdrawal in", thing=key, facts={"columns": sorted(COLUMNS)},
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
