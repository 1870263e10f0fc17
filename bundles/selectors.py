"""Reads that more than one caller needs."""

from bundles.models import Build


def unfinished() -> list[int]:
    """The builds that have not come to their end."""
    states = (Build.State.WAITING, Build.State.RUNNING)
    return list(Build.objects.filter(state__in=states).order_by("pk").values_list("pk", flat=True))
