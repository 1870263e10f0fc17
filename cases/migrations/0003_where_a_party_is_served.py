"""A party's place of service instead of a mere yes or no to service out of the jurisdiction."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def name_the_place(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """What was in stays in England and Wales; what was out is abroad, in a place that nobody has said yet."""
    parties = apps.get_model("cases", "Party").objects
    parties.filter(served_out_of_jurisdiction=False).update(place_of_service="england-and-wales")
    parties.filter(served_out_of_jurisdiction=True).update(place_of_service="elsewhere")


def say_in_or_out(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Every place but England and Wales is out; an unknown one was not said to be."""
    parties = apps.get_model("cases", "Party").objects
    parties.exclude(place_of_service__in=["", "england-and-wales"]).update(served_out_of_jurisdiction=True)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_read_service_in_order")]

    operations = [
        migrations.AddField(
            model_name="party",
            name="place_of_service",
            field=models.CharField(
                blank=True,
                choices=[
                    ("england-and-wales", "England and Wales"),
                    ("scotland", "Scotland"),
                    ("northern-ireland", "Northern Ireland"),
                    ("china", "China (mainland)"),
                    ("hong kong", "Hong Kong"),
                    ("singapore", "Singapore"),
                    ("united states", "United States"),
                    ("elsewhere", "Elsewhere abroad"),
                ],
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_place, say_in_or_out),
        migrations.RemoveField(model_name="party", name="served_out_of_jurisdiction"),
    ]
