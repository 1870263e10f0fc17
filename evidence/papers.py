"""The documents behind the filings, told to the docket: standing exhibits that the person may know of."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from cases.models import Filing
from cases.papers import Paper
from evidence import access
from evidence.selectors import intake_words, standing


class FiledExhibits:
    """Answers ``cases.papers`` from the exhibits, less what is privileged for an outside expert."""

    def counts(self, user: User | AnonymousUser, filings: Collection[UUID]) -> Mapping[UUID, int]:
        """How many exhibits each of these filings has; attachments count with their parent."""
        rows = standing(access.visible(user)).filter(filing__in=filings, parent=None)
        return dict(rows.order_by().values_list("filing").annotate(Count("pk")))

    def of(self, user: User | AnonymousUser, filing: Filing) -> Sequence[Paper]:
        """The exhibits of one filing, as they were numbered."""
        rows = standing(access.in_case(user, filing.case)).filter(filing=filing, parent=None)
        return [
            Paper(
                title=str(exhibit),
                href=reverse("evidence:exhibit", args=[exhibit.case_id, exhibit.pk]),
                state=intake_words(exhibit.intake),
            )
            for exhibit in rows.select_related("intake").order_by("number")
        ]
