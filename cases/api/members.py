"""The people who may see a matter; only its owner changes who they are."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from cases import access
from cases.actions import matters
from cases.api.base import MatterView, by, given, listed, shown
from cases.models import Case
from cases.serializers import MemberSerializer, RoleSerializer


class OwnedMatterView(MatterView):
    """An endpoint whose writes are the owner's alone."""

    def case(self, request: Request, case_id: UUID) -> Case:
        """The matter: for any member to read, for its owner to write."""
        case = access.get_case(request.user, case_id)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            access.check_can_manage_members(request.user, case)
        return case


class Members(OwnedMatterView):
    """The members of a matter."""

    @extend_schema(responses=MemberSerializer(many=True), operation_id="members_list")
    def get(self, request: Request, case_id: UUID) -> Response:
        """The members by name."""
        case = self.case(request, case_id)
        return listed(MemberSerializer, case.memberships.select_related("user"), request, self, case)

    @extend_schema(request=MemberSerializer, responses={201: MemberSerializer})
    def post(self, request: Request, case_id: UUID) -> Response:
        """The person with this e-mail address is a member."""
        case = self.case(request, case_id)
        values = given(MemberSerializer, request, case)
        member = matters.admit(by=by(request), case=case, email=values["user"]["email"], role=values["role"])
        return shown(MemberSerializer, member, case, 201)


class OneMember(OwnedMatterView):
    """One member."""

    @extend_schema(request=RoleSerializer, responses=MemberSerializer)
    def patch(self, request: Request, case_id: UUID, membership_id: int) -> Response:
        """The member has another role."""
        case = self.case(request, case_id)
        member = access.one_of(case.memberships.select_related("user"), membership_id)
        role = given(RoleSerializer, request, case)["role"]
        changed = matters.add_member(by=by(request), case=case, user=member.user, role=role)
        return shown(MemberSerializer, changed, case)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, case_id: UUID, membership_id: int) -> Response:
        """The member no longer sees the matter."""
        case = self.case(request, case_id)
        member = access.one_of(case.memberships.select_related("user"), membership_id)
        matters.remove_member(by=by(request), case=case, membership=member)
        return Response(status=204)
