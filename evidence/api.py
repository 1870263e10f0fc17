"""Exhibits, their pages and links, and logging filings, through the same actions as the pages."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import URLPattern, path
from drf_spectacular.utils import extend_schema
from rest_framework import generics
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cases.access import get_case, get_case_to_edit
from cases.kinds import FilingKind
from cases.models import Case
from core.actor import Actor
from core.errors import InvalidInput, NotFound
from core.requests import actor
from evidence import access, selectors, serializers
from evidence.actions import exhibits, intake, links
from evidence.actions.filings import Document, Draft, Sent, log
from evidence.files.store import Stored
from evidence.forms.exhibit import DESCRIBED
from evidence.models import ElementLink, Entity, Exhibit, Page


class Exhibits(generics.ListAPIView[Exhibit]):
    """The standing exhibits of a matter, and receiving more."""

    serializer_class = serializers.ExhibitOut
    parser_classes = (MultiPartParser,)
    queryset = Exhibit.objects.none()

    def get_queryset(self) -> Any:
        """Those that the asker may know of."""
        case = get_case(self.request.user, self.kwargs["case_id"])
        return selectors.standing(access.in_case(self.request.user, case)).select_related("intake")

    @extend_schema(request=serializers.FilesIn, responses={201: serializers.ExhibitOut(many=True)})
    def post(self, request: Request, case_id: UUID) -> Response:
        """Every file stands in the matter as an exhibit, and its intake waits; all or none."""
        case = get_case_to_edit(request.user, case_id)
        kept = _kept(_checked(serializers.FilesIn, request)["files"])
        received = _received(actor(request, "api"), case, kept)
        return Response(serializers.ExhibitOut(received, many=True).data, status=201)


class OneExhibit(APIView):
    """One exhibit."""

    @extend_schema(responses=serializers.ExhibitOut)
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """What is known of it."""
        exhibit = access.in_matter(request.user, case_id, exhibit_id)
        return Response(serializers.ExhibitOut(exhibit).data)

    @extend_schema(request=serializers.DescribeIn, responses=serializers.ExhibitOut)
    def patch(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """It is described as given; what is left out stays as it was."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        context = {"case": exhibit.case}
        form = serializers.DescribeIn(exhibit, data=request.data, partial=True, context=context)
        form.is_valid(raise_exception=True)
        said = {name: getattr(exhibit, name) for name in DESCRIBED}
        exhibits.describe(by=actor(request, "api"), exhibit=exhibit, **{**said, **form.validated_data})
        return Response(serializers.ExhibitOut(exhibit).data)


class Withdraw(APIView):
    """Withdrawing an exhibit."""

    @extend_schema(request=serializers.WithdrawIn, responses=serializers.ExhibitOut)
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """It no longer shows in lists and search; its original and its history stay."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        given = _checked(serializers.WithdrawIn, request)
        exhibits.withdraw(by=actor(request, "api"), exhibit=exhibit, because=given["because"])
        return Response(serializers.ExhibitOut(exhibit).data)


class Restore(APIView):
    """Restoring a withdrawn exhibit."""

    @extend_schema(request=None, responses=serializers.ExhibitOut)
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """It stands again."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        exhibits.restore(by=actor(request, "api"), exhibit=exhibit)
        return Response(serializers.ExhibitOut(exhibit).data)


class Unlock(APIView):
    """Unlocking a PDF."""

    @extend_schema(request=serializers.UnlockIn, responses=serializers.ExhibitOut)
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """A copy without its password is taken in; the original stays, and the password is kept nowhere."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        intake.unlock(by=actor(request, "api"), exhibit=exhibit, **_checked(serializers.UnlockIn, request))
        return Response(serializers.ExhibitOut(access.get_exhibit(request.user, exhibit_id)).data)


class Pages(generics.ListAPIView[Page]):
    """The text of an exhibit, page by page."""

    serializer_class = serializers.PageOut
    queryset = Page.objects.none()

    def get_queryset(self) -> Any:
        """Its pages in order."""
        return access.in_matter(
            self.request.user, self.kwargs["case_id"], self.kwargs["exhibit_id"]
        ).pages.all()


class Entities(generics.ListAPIView[Entity]):
    """What the pages of an exhibit name; suggestions that nobody has checked."""

    serializer_class = serializers.EntityOut
    queryset = Entity.objects.none()

    def get_queryset(self) -> Any:
        """In the order of the text."""
        exhibit = access.in_matter(self.request.user, self.kwargs["case_id"], self.kwargs["exhibit_id"])
        return (
            Entity.objects.filter(page__exhibit=exhibit)
            .select_related("page")
            .order_by("page__number", "start")
        )


class Links(APIView):
    """The elements on which pages of an exhibit bear."""

    @extend_schema(responses=serializers.LinkOut(many=True))
    def get(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """Every link of the exhibit."""
        exhibit = access.in_matter(request.user, case_id, exhibit_id)
        return Response(serializers.LinkOut(exhibit.element_links.all(), many=True).data)

    @extend_schema(request=serializers.LinkIn, responses={201: serializers.LinkOut})
    def post(self, request: Request, case_id: UUID, exhibit_id: UUID) -> Response:
        """The page is linked to the element; a link that is there already is weighed anew."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        given = _checked(serializers.LinkIn, request, exhibit.case)
        link = links.link_to_element(by=actor(request, "api"), exhibit=exhibit, **given)
        return Response(serializers.LinkOut(link).data, status=201)


class OneLink(APIView):
    """One link from a page to an element."""

    @extend_schema(responses={204: None})
    def delete(self, request: Request, case_id: UUID, exhibit_id: UUID, link_id: int) -> Response:
        """The link is gone; the ledger keeps that it was there."""
        exhibit = access.in_matter_to_edit(request.user, case_id, exhibit_id)
        link = ElementLink.objects.select_related("claim__case").filter(exhibit=exhibit, pk=link_id).first()
        if link is None:
            raise NotFound("There is no such link.")
        links.unlink_from_element(by=actor(request, "api"), link=link)
        return Response(status=204)


class LogFiling(APIView):
    """Logging files as one filing."""

    parser_classes = (MultiPartParser,)

    @extend_schema(request=serializers.LogIn, responses={201: serializers.LoggedOut})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The files are exhibits and stand in the docket as one filing, the first as its main document."""
        case = get_case_to_edit(request.user, case_id)
        given = _checked(serializers.LogIn, request)
        party = case.parties.filter(pk=given["party"]).first() if "party" in given else None
        if "party" in given and party is None:
            raise InvalidInput("There is no such party in this matter.", field="party")
        by = actor(request, "api")
        kept = _kept(given["files"])
        with transaction.atomic():
            received = _received(by, case, kept)
            draft = Draft(
                kind=FilingKind(given["kind"]),
                title=given["title"],
                documents=[Document(exhibit) for exhibit in received],
                party=party,
                dated=given.get("dated"),
                submitted=_sent(given, "submitted"),
                served=_sent(given, "served"),
                contains_particulars=given["contains_particulars"],
            )
            filing = log(by=by, case=case, draft=draft)
        answer = {"filing": filing, "exhibits": filing.exhibits.select_related("intake").order_by("number")}
        return Response(serializers.LoggedOut(answer).data, status=201)


def _sent(given: dict[str, Any], act: str) -> Sent | None:
    return Sent(given[f"{act}_at"], given[f"{act}_by"]) if f"{act}_at" in given else None


def _kept(files: list[Any]) -> list[tuple[Stored, str]]:
    """Each file's bytes in the store and its name, before any transaction holds the database's lock."""
    try:
        return [(exhibits.keep(file.chunks()), exhibits.plain_name(file.name)) for file in files]
    finally:
        for file in files:
            file.close()


@transaction.atomic
def _received(by: Actor, case: Case, kept: list[tuple[Stored, str]]) -> list[Exhibit]:
    return [exhibits.add_stored(by=by, case=case, stored=stored, name=name) for stored, name in kept]


def _checked(kind: type[Any], request: Request, case: Case | None = None) -> dict[str, Any]:
    form = kind(data=request.data, context={"case": case})
    form.is_valid(raise_exception=True)
    given: dict[str, Any] = form.validated_data
    return given


MATTER = "matters/<uuid:case_id>/"
EXHIBIT = f"{MATTER}exhibits/<uuid:exhibit_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{MATTER}exhibits/", Exhibits.as_view(), name="exhibits"),
    path(EXHIBIT, OneExhibit.as_view(), name="exhibit"),
    path(f"{EXHIBIT}withdraw/", Withdraw.as_view(), name="exhibit-withdraw"),
    path(f"{EXHIBIT}restore/", Restore.as_view(), name="exhibit-restore"),
    path(f"{EXHIBIT}unlock/", Unlock.as_view(), name="exhibit-unlock"),
    path(f"{EXHIBIT}pages/", Pages.as_view(), name="exhibit-pages"),
    path(f"{EXHIBIT}entities/", Entities.as_view(), name="exhibit-entities"),
    path(f"{EXHIBIT}links/", Links.as_view(), name="exhibit-links"),
    path(f"{EXHIBIT}links/<int:link_id>/", OneLink.as_view(), name="exhibit-link"),
    path(f"{MATTER}filings/log/", LogFiling.as_view(), name="log-filing"),
]
