"""One change to a bundle's contents at a time."""

from bundles.models import Bundle


def lock(bundle: Bundle) -> None:
    """No other change to the bundle's contents runs until this transaction ends."""
    Bundle.objects.select_for_update(no_key=True).get(pk=bundle.pk)
