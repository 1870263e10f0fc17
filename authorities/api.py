"""The API's endpoints for authorities."""

import re

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView, RetrieveAPIView

from authorities import selectors
from authorities.models import Authority
from authorities.serializers import AuthoritySerializer, WholeAuthoritySerializer

FILTERS = ("words", "kind", "court", "year", "topic", "checked")
YEAR = re.compile("[1-9][0-9]{0,3}")


@extend_schema(
    summary="Authorities, newest first",
    parameters=[OpenApiParameter(name, str) for name in (*FILTERS, "sort")],
)
class Authorities(ListAPIView[Authority]):
    """The authorities that fit every filter given."""

    serializer_class = AuthoritySerializer
    queryset = Authority.objects.none()

    def get_queryset(self) -> QuerySet[Authority]:
        """Those asked for."""
        asked = {name: self.request.GET[name] for name in FILTERS if self.request.GET.get(name)}
        # No database that Assize runs on holds a NUL in text; PostgreSQL fails when asked for one.
        if not YEAR.fullmatch(asked.get("year", "1")) or "\0" in "".join(asked.values()):
            return Authority.objects.none()
        return selectors.listed(asked, self.request.GET.get("sort", selectors.NEWEST_FIRST))


@extend_schema(summary="One authority with its paragraphs")
class AuthorityDetail(RetrieveAPIView[Authority]):
    """The authority, or 404."""

    serializer_class = WholeAuthoritySerializer
    queryset = Authority.objects.prefetch_related("paragraphs")


urlpatterns: list[URLPattern] = [
    path("authorities/", Authorities.as_view(), name="authorities"),
    path("authorities/<int:pk>/", AuthorityDetail.as_view(), name="authority"),
]
