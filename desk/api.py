"""The API's endpoints that look across the rooms."""

from django.db.models import QuerySet
from django.urls import URLPattern, path
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from desk.access import get_case_for_ledger
from desk.selectors import search as scoped
from desk.serializers import AnswerSerializer, EventSerializer, SearchQuery, SuggestionsSerializer
from ledger import selectors
from ledger.models import Event
from search.answers import find, suggestions


class Search(APIView):
    """Full-text search over the exhibits and authorities this person may see."""

    @extend_schema(summary="Search", parameters=[SearchQuery], responses=AnswerSerializer)
    def get(self, request: Request) -> Response:
        """What the query finds; 400 with the place of the error where it cannot be read."""
        asked = SearchQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        answer = find(
            wanted["q"],
            scopes=scoped.scopes(request.user, wanted.get("matter")),
            kinds=frozenset({wanted["kind"]}) if "kind" in wanted else None,
            limit=wanted["limit"],
            offset=wanted["offset"],
        )
        return Response(answer.as_json())


class Suggest(APIView):
    """Ways to complete a query."""

    @extend_schema(
        summary="Complete a query",
        parameters=[OpenApiParameter("q", str, required=True)],
        responses=SuggestionsSerializer,
    )
    def get(self, request: Request) -> Response:
        """Each way finds something this person may see."""
        typed = request.query_params.get("q", "")[:200]
        return Response({"results": suggestions(typed, scopes=scoped.scopes(request.user))})


@extend_schema(
    summary="The ledger of a matter, the latest event first",
    parameters=[OpenApiParameter(name, str) for name in ("words", "actor", "thing_type")],
)
class Ledger(ListAPIView[Event]):
    """Who did what when; refused to outside experts."""

    serializer_class = EventSerializer
    queryset = Event.objects.none()

    def get_queryset(self) -> QuerySet[Event]:
        """The events of the matter in the address that fit the filters."""
        if getattr(self, "swagger_fake_view", False):
            return Event.objects.none()
        case = get_case_for_ledger(self.request.user, self.kwargs["case_id"])
        return selectors.listed(case.chain, self.request.GET.dict())


urlpatterns: list[URLPattern] = [
    path("search/", Search.as_view(), name="search"),
    path("search/suggest/", Suggest.as_view(), name="suggest"),
    path("matters/<uuid:case_id>/ledger/", Ledger.as_view(), name="ledger"),
]
