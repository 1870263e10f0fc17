"""The bundles of a matter, and one as it stands."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bundles import actions, arrangement
from bundles.access import bundles as access
from bundles.api import base
from bundles.models import Bundle
from bundles.serializers.bundles import (
    ArrangeSerializer,
    BeginBundleSerializer,
    BundleSerializer,
    EntrySerializer,
    NewBundleSerializer,
    WholeBundleSerializer,
)
from cases.access import get_case, get_case_to_edit


def _whole(bundle: Bundle) -> dict[str, Any]:
    now = arrangement.of(bundle)
    sections = [
        {
            "id": part.section.pk,
            "title": part.section.title,
            "order": part.section.order,
            "entries": EntrySerializer([row.entry for row in part.rows], many=True).data,
        }
        for part in now.parts
    ]
    return {
        "bundle": BundleSerializer(bundle).data,
        "sections": sections,
        "pages": now.pages,
        "size": now.size,
        "seen": now.mark,
    }


class Bundles(generics.GenericAPIView[Bundle]):
    """The bundles of a matter."""

    serializer_class = BundleSerializer

    @extend_schema(responses=BundleSerializer(many=True))
    def get(self, request: Request, case_id: UUID) -> Response:
        """The bundles of the matter that the asker may see."""
        case = get_case(request.user, case_id)
        page = self.paginate_queryset(access.in_case(request.user, case).order_by("title", "pk"))
        return self.get_paginated_response(BundleSerializer(page or [], many=True).data)

    @extend_schema(request=BeginBundleSerializer, responses={201: WholeBundleSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """A bundle is begun."""
        case = get_case_to_edit(request.user, case_id)
        said = base.said(BeginBundleSerializer, request)
        said |= base.named(request.user, case, said)
        bundle = actions.create(by=base.by(request), case=case, **said)
        return Response(_whole(bundle), status=status.HTTP_201_CREATED)


class OneBundle(APIView):
    """A bundle with its sections and entries."""

    @extend_schema(responses=WholeBundleSerializer)
    def get(self, request: Request, bundle_id: UUID) -> Response:
        """The bundle as it stands."""
        return Response(_whole(access.get_bundle(request.user, bundle_id)))

    @extend_schema(request=NewBundleSerializer, responses=WholeBundleSerializer)
    def put(self, request: Request, bundle_id: UUID) -> Response:
        """The bundle's settings are as given; those not given stay as they are."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(NewBundleSerializer, request)
        said |= base.named(request.user, bundle.case, said)
        said["profile"] = said["profile"] or bundle.profile
        return Response(_whole(actions.change(by=base.by(request), bundle=bundle, **said)))


class Order(APIView):
    """The order of a bundle."""

    @extend_schema(request=ArrangeSerializer, responses=WholeBundleSerializer)
    def put(self, request: Request, bundle_id: UUID) -> Response:
        """Sections and entries stand in the order given; 409 where the bundle changed meanwhile."""
        bundle = access.get_bundle_to_edit(request.user, bundle_id)
        said = base.said(ArrangeSerializer, request)
        order = [(part["section"], part["entries"]) for part in said["order"]]
        actions.arrange_as(by=base.by(request), bundle=bundle, order=order, seen=said["seen"])
        return Response(_whole(bundle))
