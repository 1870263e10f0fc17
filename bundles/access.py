"""Who may reach a bundle: the members of its matter."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from bundles.models import Bundle
from cases import access
from core.errors import NotFound


def get_bundle(user: User | AnonymousUser, bundle_id: UUID) -> Bundle:
    """The bundle, for reading; NotFound where its matter is not this person's."""
    bundle = (
        Bundle.objects.select_related("case__court", "hearing")
        .filter(pk=bundle_id, case__in=access.visible(user))
        .first()
    )
    if bundle is None:
        raise NotFound("There is no such bundle.")
    return bundle


def get_bundle_to_edit(user: User | AnonymousUser, bundle_id: UUID) -> Bundle:
    """The bundle, for writing; NotAllowed where the person may only read it."""
    bundle = get_bundle(user, bundle_id)
    access.check_can_edit_case(user, bundle.case)
    return bundle
