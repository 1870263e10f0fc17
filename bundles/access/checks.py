"""Who may see a file that was put in to be checked: the person who put it in, and nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import User
from bundles.access.bundles import Visitor
from bundles.models import FileCheck
from bundles.models.checks import KEPT
from core import clock
from core.errors import NotFound


def checks_of(user: Visitor) -> QuerySet[FileCheck]:
    """What this person has put in within the last day, the latest first."""
    if not isinstance(user, User):
        return FileCheck.objects.none()
    return FileCheck.objects.filter(owner=user, asked_at__gte=clock.now() - KEPT)


def get_check(user: Visitor, check_id: UUID) -> FileCheck:
    """The file's check; NotFound for anybody but who asked for it, and after a day."""
    check = checks_of(user).filter(pk=check_id).first()
    if check is None:
        raise NotFound(
            "There is no such file.",
            remedy="Files put in to be checked are deleted after a day; put it in again.",
        )
    return check
